import { Injectable } from '@nestjs/common';
import { isAccessMail, isBookMail } from '@balcao/contracts';
import { RateLimiter } from '@balcao/platform-state';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';

const DAY_SECONDS = 24 * 60 * 60;
/** Mails in a day about one signup, account, invoice or the like to an address that nobody has shown to read. */
const OF_A_SUBJECT = 5;
/** Counted where they are asked for, so that whoever asks for too many hears of it. */
const INVITATIONS = ['invitation', 'staff-invitation'];
/**
 * What anybody has sent to any address, by signing up with it; and to the address of a person, without signing in. Those of
 * signups are counted wherever they go: whoever signs up is told of it, and would learn which addresses are somebody's.
 */
const OF_SIGNUPS = ['signup-received', 'signup-refused', 'signup-approved'];
const OF_RECOVERY = ['password-reset', 'account-locked'];
/** Of a signup where it names one; otherwise it was asked for where people sign in, which goes to those alone who have an account. */
const CONFIRMS = 'email-verification';

/**
 * Mails of a kind in a day to one address, and to all of an organization's, that nobody has shown to read, or about signups:
 * of these so many that a few networks cannot use them up, of which each has its share (`SignupLimits`), and some thousand
 * companies sign up. What stands in the books goes to all customers on one day, and to accountants for all of theirs: how much that
 * is, is bounded by what may be written.
 */
const LIMITS = {
  signup: { recipient: 20, organization: 4_000 },
  confirmation: { recipient: 20, organization: 1_000 },
  recovery: { recipient: 20, organization: 1_000 },
  access: { recipient: 20, organization: 2_000 },
  books: { recipient: 500, organization: 100_000 },
  other: { recipient: 20, organization: 2_000 },
} as const;

type Kind = keyof typeof LIMITS;

/** As much of a mail as is asked about. */
export interface CountedMail {
  template: string;
  email: string;
  ids: Readonly<Record<string, string | null | undefined>>;
}

/**
 * Bounds what an organization sends to mailboxes of which nobody has followed a link, and about signups to any: anybody's
 * address can be typed.
 * Each kind is counted apart, so that what strangers have sent keeps nobody else from a link; and each signup and account
 * within its kind, so that a stranger's does not use up what the owner of the address waits for.
 */
@Injectable()
export class UnprovedRecipients {
  constructor(
    private readonly database: Database,
    private readonly limiter: RateLimiter,
  ) {}

  /** Whether a mail may go; counts it where the address is unproved, or the mail about a signup. */
  async admit(context: OrganizationContext, mail: CountedMail): Promise<boolean> {
    if (INVITATIONS.includes(mail.template)) return true;
    if (kindOf(mail) !== 'signup' && (await this.isProved(context, mail.email))) return true;
    return (await this.limiter.consumeEach(limitsOf(context, mail), DAY_SECONDS, 1)).allowed;
  }

  /** Until when a mail about a signup would be kept back, whoever reads there; null where it may go. Counts nothing. */
  async heldUntil(context: OrganizationContext, mail: CountedMail): Promise<Date | null> {
    const checks = Object.entries(limitsOf(context, mail)).map(([key, limit]) =>
      this.limiter.check(key, { limit, windowSeconds: DAY_SECONDS, blockSeconds: 0 }),
    );
    const seconds = Math.max(...(await Promise.all(checks)).map(({ retryAfterSeconds }) => retryAfterSeconds));
    return seconds === 0 ? null : new Date(Date.now() + seconds * 1_000);
  }

  private async isProved(context: OrganizationContext, email: string): Promise<boolean> {
    const row = await this.database.read(context, (db) =>
      db.first(sql`select 1 from proved_addresses p where ${db.tenant('p')} and p.email = ${email} limit 1`),
    );
    return row !== undefined;
  }
}

function limitsOf({ organizationId }: OrganizationContext, mail: CountedMail) {
  const { email, ids } = mail;
  const kind = kindOf(mail);
  const { recipient, organization } = LIMITS[kind];
  const all = `unproved|${organizationId}|${kind}`;
  // A signup that has become an account has another five: its first are those by which it was waited for.
  const known = ids['userId'] ?? ids['signupId'] ?? ids['staffId'];
  const subject = (kind === 'books' ? (ids['invoiceId'] ?? ids['subscriptionId']) : known) ?? '';
  return { [`${all}|${email}|${subject}`]: OF_A_SUBJECT, [`${all}|${email}`]: recipient, [all]: organization };
}

function kindOf({ template, ids }: CountedMail): Kind {
  if (OF_SIGNUPS.includes(template)) return 'signup';
  if (template === CONFIRMS) return ids['signupId'] ? 'signup' : 'confirmation';
  if (OF_RECOVERY.includes(template)) return 'recovery';
  if (isBookMail(template)) return 'books';
  return isAccessMail(template) ? 'access' : 'other';
}
