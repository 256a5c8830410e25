import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import { DnsClient } from '@balcao/platform-dns';
import type { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import type { Finding, TargetFinding } from './check-outcome.js';
import { DomainReach } from './domain-reach.js';
import { PROOF_LABEL, PROOF_PREFIX, registeredDomain } from './domain-name.js';
import type { MailAdvice } from './mail-advice.js';
import { MailRecords } from './mail-records.js';

/** What the name servers say of a claim. */
export interface DomainFacts {
  finding: Finding;
  /** Every text at the proof's name; of one that stands elsewhere, the name of that. */
  texts: readonly string[];
  targetFinding: TargetFinding | null;
  targetFound: readonly string[];
  /** Of a domain for mails. */
  advice: MailAdvice | null;
}

type Target = Pick<DomainFacts, 'targetFinding' | 'targetFound'>;
const HERE: Target = { targetFinding: 'here', targetFound: [] };
/** Others than ours that are asked whether they lead here all the same. */
const MOST_ASKED = 8;

/** Asks the name servers about a claim, and a proved domain that they lead elsewhere; decides nothing. */
@Injectable()
export class DomainLookup {
  constructor(
    private readonly dns: DnsClient,
    private readonly records: MailRecords,
    private readonly reach: DomainReach,
    private readonly config: AppConfig,
  ) {}

  async look(claim: DomainClaimEntity): Promise<DomainFacts> {
    const { domain, proof, purpose, portalId } = claim;
    const [answer, target, advice] = await Promise.all([
      this.dns.texts(`${PROOF_LABEL}.${domain}`),
      purpose === 'portal' ? this.target(domain) : { targetFinding: null, targetFound: [] },
      purpose === 'mail' ? this.records.look(claim) : null,
    ]);
    const texts = answer.kind === 'found' ? answer.values.map(unquoted) : [];
    const finding = answer.kind === 'found' ? findingOf(texts, proof) : NO_TEXTS[answer.kind];
    const elsewhere = finding === 'missing' ? await this.misplaced(domain, proof) : undefined;
    if (elsewhere) return { finding: 'misplaced', texts: [elsewhere], ...target, advice };
    // Only whose domain it is has us knock at a door that may be anybody's.
    const reached = finding === 'found' ? await this.asVisitors(domain, portalId!, target) : target;
    return { finding, texts, ...reached, advice };
  }

  /** Where a proof stands that panels or people wrote to a name beside its own: with the zone's name twice, or without the label. */
  private async misplaced(domain: string, proof: string): Promise<string | undefined> {
    const names = [`${PROOF_LABEL}.${domain}.${registeredDomain(domain)}`, domain];
    const answers = await Promise.all(names.map((name) => this.dns.texts(name)));
    return names.find((_name, index) => {
      const answer = answers[index]!;
      return answer.kind === 'found' && answer.values.map(unquoted).includes(proof);
    });
  }

  /** What stands before us is nobody's to know but who goes there: a network for content, a balancer whose addresses change. */
  private async asVisitors(domain: string, portalId: string, target: Target): Promise<Target> {
    const { targetFinding, targetFound } = target;
    if (targetFinding === 'elsewhere') return (await this.reach.leadsTo(domain, portalId)) ? HERE : target;
    if (targetFinding !== 'partly' || targetFound.length > MOST_ASKED) return target;
    const lead = await Promise.all(targetFound.map((address) => this.reach.leadsTo(domain, portalId, address)));
    const others = targetFound.filter((_address, index) => !lead[index]);
    return others.length > 0 ? { targetFinding, targetFound: others } : HERE;
  }

  /** Whether the domain leads here, by its alias or by the addresses behind it. */
  private async target(domain: string): Promise<Target> {
    const target = this.config.domainTarget;
    const [alias, own, theirs] = await Promise.all([
      this.dns.alias(domain),
      this.dns.addresses(domain),
      isIP(target) ? ({ kind: 'found', values: [target] } as const) : this.dns.addresses(target),
    ]);
    const aliases = alias.kind === 'found' ? alias.values : [];
    const addresses = own.kind === 'found' ? own.values : [];
    const ours = theirs.kind === 'found' ? theirs.values : [];
    const others = addresses.filter((address) => !ours.includes(address));
    if (aliases.includes(target) || (addresses.length > 0 && others.length === 0)) return HERE;
    // Visitors and who issues certificates take any of them, of IPv6 first.
    if (others.length < addresses.length) return { targetFinding: 'partly', targetFound: others };
    const targetFound = [...aliases, ...addresses];
    if (targetFound.length > 0) return { targetFinding: 'elsewhere', targetFound };
    return { targetFinding: own.kind === 'unreachable' ? 'unreachable' : 'nothing', targetFound };
  }
}

const NO_TEXTS = { none: 'missing', unreachable: 'unreachable' } as const;

function findingOf(texts: readonly string[], proof: string): Finding {
  if (texts.includes(proof)) return 'found';
  return texts.includes(proof.slice(PROOF_PREFIX.length)) ? 'unprefixed' : 'different';
}

/**
 * Some panels keep the quotes of a zone file, or a space that was copied along. Nobody knows a proof but who was told it, so
 * that it proves as much between them.
 */
export function unquoted(text: string): string {
  const bare = text.trim();
  const [before, after] = [/^\\?"/.exec(bare)?.[0].length, /\\?"$/.exec(bare.slice(-2))?.[0].length];
  return before && after && bare.length >= before + after ? bare.slice(before, -after).trim() : bare;
}
