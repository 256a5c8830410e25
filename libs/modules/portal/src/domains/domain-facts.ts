import type { AppConfig } from '@balcao/platform-config';
import type { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import { dkimRecord, dkimSelector, type MailAdvice } from './mail-advice.js';
import { addressOf, sends, signs } from './own-sender.js';
import { domainStatus, endOf, type DomainStatus } from './check-outcome.js';
import { PROOF_LABEL, registeredDomain } from './domain-name.js';

/** A record that the domain's owner writes, as the different providers ask for it. */
export interface RecordToWrite {
  type: 'TXT' | 'CNAME';
  /** In full, as some want it. */
  name: string;
  /** Without the registered domain, as others want it; `@` for that domain itself. */
  relativeName: string;
  value: string;
}

/** How a claim stands, and what to do about it. */
export interface ClaimFacts extends Pick<
  DomainClaimEntity,
  'domain' | 'verifiedAt' | 'checkedAt' | 'nextCheckAt' | 'finding' | 'found'
> {
  status: DomainStatus;
  registeredDomain: string;
  endsAt: Date | null;
  proof: RecordToWrite;
}

/** The same of a portal's domain. */
export interface DomainFactsOfClaim extends ClaimFacts, Pick<DomainClaimEntity, 'targetFinding' | 'targetFound'> {
  target: RecordToWrite;
}

/** A record about mails: how it stands, and what to write where it should say something else. */
export interface AdvisedRecord<State extends string = string> {
  state: State | null;
  found: string[];
  stale: boolean;
  record: RecordToWrite | null;
}

/** The same of the sender of an organization's mails. */
export interface SenderFacts extends ClaimFacts {
  address: string;
  sends: boolean;
  signs: boolean;
  spf: AdvisedRecord<MailAdvice['spf']['state']>;
  dkim: AdvisedRecord<MailAdvice['dkim']['state']>;
  dmarc: AdvisedRecord<MailAdvice['dmarc']['state']>;
}

export function factsOfClaim(claim: DomainClaimEntity, config: AppConfig): DomainFactsOfClaim {
  const { domain, targetFinding, targetFound } = claim;
  const target = recordAt(domain, 'CNAME', domain, config.domainTarget);
  return { ...claimFacts(claim), targetFinding, targetFound, target };
}

export function factsOfSender(claim: DomainClaimEntity): SenderFacts {
  const { domain, advice } = claim;
  const advised = <State extends string>(
    name: string,
    part?: { state: State; found: string[]; value: string | null; stale?: true },
  ): AdvisedRecord<State> => ({
    state: part?.state ?? null,
    found: part?.found ?? [],
    stale: part?.stale ?? false,
    record: part?.value ? recordAt(domain, 'TXT', name, part.value) : null,
  });
  return {
    ...claimFacts(claim),
    address: addressOf(claim),
    sends: sends(claim),
    signs: sends(claim) && signs(claim),
    spf: advised(domain, advice?.spf),
    // The key is ours to tell before anybody looked for it.
    dkim: advised(
      `${dkimSelector(claim.id)}._domainkey.${domain}`,
      advice?.dkim ?? { state: 'missing', found: [], value: dkimRecord(claim.dkimPublicKey!) },
    ),
    dmarc: advised(`_dmarc.${domain}`, advice?.dmarc),
  };
}

function claimFacts(claim: DomainClaimEntity): ClaimFacts {
  const { domain, verifiedAt, checkedAt, nextCheckAt, finding, found } = claim;
  return {
    ...{ domain, verifiedAt, checkedAt, nextCheckAt, finding, found },
    status: domainStatus(claim),
    registeredDomain: registeredDomain(domain),
    endsAt: endOf(claim),
    proof: recordAt(domain, 'TXT', `${PROOF_LABEL}.${domain}`, claim.proof),
  };
}

function recordAt(domain: string, type: RecordToWrite['type'], name: string, value: string): RecordToWrite {
  const registered = registeredDomain(domain);
  return { type, name, relativeName: name === registered ? '@' : name.slice(0, -registered.length - 1), value };
}
