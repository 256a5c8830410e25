import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import { DnsClient, type DnsAnswer } from '@balcao/platform-dns';
import type { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import type { Finding, TargetFinding } from './check-outcome.js';
import { PROOF_LABEL } from './domain-name.js';
import type { MailAdvice } from './mail-advice.js';
import { MailRecords } from './mail-records.js';

/** What the name servers say of a claim. */
export interface DomainFacts {
  finding: Finding;
  /** Every text at the proof's name. */
  texts: readonly string[];
  targetFinding: TargetFinding | null;
  targetFound: readonly string[];
  /** Of a domain for mails. */
  advice: MailAdvice | null;
}

/** Asks the name servers about a claim; decides nothing. */
@Injectable()
export class DomainLookup {
  constructor(
    private readonly dns: DnsClient,
    private readonly records: MailRecords,
    private readonly config: AppConfig,
  ) {}

  async look({ domain, proof, purpose, dkimPublicKey }: DomainClaimEntity): Promise<DomainFacts> {
    const [answer, target, advice] = await Promise.all([
      this.dns.texts(`${PROOF_LABEL}.${domain}`),
      purpose === 'portal' ? this.target(domain) : { targetFinding: null, targetFound: [] },
      purpose === 'mail' ? this.records.look(domain, dkimPublicKey!) : null,
    ]);
    const texts = answer.kind === 'found' ? answer.values : [];
    return { finding: findingOf(answer, proof), texts, ...target, advice };
  }

  /** Whether the domain leads here, by its alias or by the addresses behind it. */
  private async target(domain: string): Promise<Pick<DomainFacts, 'targetFinding' | 'targetFound'>> {
    const target = this.config.domainTarget;
    const [alias, own, theirs] = await Promise.all([
      this.dns.alias(domain),
      this.dns.addresses(domain),
      isIP(target) ? ({ kind: 'found', values: [target] } as const) : this.dns.addresses(target),
    ]);
    const aliases = alias.kind === 'found' ? alias.values : [];
    const addresses = own.kind === 'found' ? own.values : [];
    const here =
      aliases.includes(target) || (theirs.kind === 'found' && addresses.some((each) => theirs.values.includes(each)));
    if (here) return { targetFinding: 'here', targetFound: [] };
    const targetFound = [...aliases, ...addresses];
    if (targetFound.length > 0) return { targetFinding: 'elsewhere', targetFound };
    return { targetFinding: own.kind === 'unreachable' ? 'unreachable' : 'nothing', targetFound };
  }
}

function findingOf(answer: DnsAnswer, proof: string): Finding {
  if (answer.kind === 'unreachable') return 'unreachable';
  if (answer.kind === 'none') return 'missing';
  return answer.values.includes(proof) ? 'found' : 'different';
}
