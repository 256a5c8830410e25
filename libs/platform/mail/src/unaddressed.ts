import type { MailProblem } from '@balcao/contracts';

/** How a mail fails whose recipient has no address that a server would take. */
export const UNADDRESSED = {
  permanent: true,
  problem: 'recipient_refused' satisfies MailProblem,
  description: 'The recipient has no valid e-mail address',
} as const;
