import type { AppConfig } from '@balcao/platform-config';
import type { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
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
export interface DomainFactsOfClaim extends Pick<
  DomainClaimEntity,
  'domain' | 'verifiedAt' | 'checkedAt' | 'nextCheckAt' | 'finding' | 'found' | 'targetFinding' | 'targetFound'
> {
  status: DomainStatus;
  registeredDomain: string;
  endsAt: Date | null;
  proof: RecordToWrite;
  target: RecordToWrite;
}

export function factsOfClaim(claim: DomainClaimEntity, config: AppConfig): DomainFactsOfClaim {
  const { domain, verifiedAt, checkedAt, nextCheckAt, finding, found, targetFinding, targetFound } = claim;
  const registered = registeredDomain(domain);
  const record = (type: RecordToWrite['type'], name: string, value: string) => ({
    type,
    name,
    relativeName: name === registered ? '@' : name.slice(0, -registered.length - 1),
    value,
  });
  return {
    ...{ domain, verifiedAt, checkedAt, nextCheckAt, finding, found, targetFinding, targetFound },
    status: domainStatus(claim),
    registeredDomain: registered,
    endsAt: endOf(claim),
    proof: record('TXT', `${PROOF_LABEL}.${domain}`, claim.proof),
    target: record('CNAME', domain, config.domainTarget),
  };
}
