import type { Secrets } from '@balcao/platform-config';
import type { MailSender } from '@balcao/platform-mail';
import type { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import { dkimSelector, isWelcome } from './mail-advice.js';
import { openSigningKey } from './signing-key.js';

/** The address that a claim is for. */
export const addressOf = ({ mailbox, domain }: DomainClaimEntity): string => `${mailbox}@${domain}`;

/** Whether mails leave with the address of a claim: its domain is proved, and receivers would take them. */
export const sends = ({ verifiedAt, advice }: DomainClaimEntity): boolean => verifiedAt !== null && isWelcome(advice);

/** Whether they are signed: receivers find the key. */
export const signs = ({ advice }: DomainClaimEntity): boolean => advice?.dkim.state === 'right';

/** Whom mails come from by a claim; undefined where it does not count. */
export function ownSender(claim: DomainClaimEntity, secrets: Secrets): MailSender | undefined {
  const privateKey = signs(claim) ? openSigningKey(secrets, claim) : undefined;
  const { domain, advice } = claim;
  // A key that nobody can open any more signs nothing.
  const isSigned = privateKey !== undefined;
  const known = advice && !isSigned ? { ...advice, dkim: { ...advice.dkim, state: 'missing' as const } } : advice;
  if (!sends({ ...claim, advice: known })) return undefined;
  return {
    address: addressOf(claim),
    takesReturns: advice?.spf.state === 'right',
    dkim: isSigned ? { domainName: domain, keySelector: dkimSelector(claim.id), privateKey } : undefined,
  };
}
