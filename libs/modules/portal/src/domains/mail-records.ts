import { Injectable } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import { DnsClient, type DnsAnswer } from '@balcao/platform-dns';
import type { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import { registeredDomain } from './domain-name.js';
import {
  asksOnce,
  dkimSelector,
  dmarcRecords,
  judgeDkim,
  judgeDmarc,
  judgeSpf,
  lets,
  MOST_LOOKUPS,
  spfMechanism,
  spfRecords,
  spfTerms,
  type MailAdvice,
  type SpfTerm,
  type SpfWalk,
} from './mail-advice.js';

/** For what a record leads to, however many servers are silent. */
const LONGEST_WALK_MS = 20_000;
const UNREACHABLE = { state: 'unreachable', found: [], value: null } as const;
const textsOf = (answer: DnsAnswer) => (answer.kind === 'found' ? answer.values : []);

/** Asks what a domain says of who may send mails in its name. */
@Injectable()
export class MailRecords {
  private readonly mechanism: string | undefined;

  constructor(
    private readonly dns: DnsClient,
    config: AppConfig,
  ) {
    this.mechanism = config.mailSpfInclude && spfMechanism(config.mailSpfInclude);
  }

  async look({ id, domain, dkimPublicKey }: DomainClaimEntity): Promise<MailAdvice> {
    const key = this.dkim(`${dkimSelector(id)}._domainkey.${domain}`, dkimPublicKey!);
    const [spf, dkim, dmarc] = await Promise.all([this.spf(domain), key, this.dmarc(domain)]);
    return { spf, dkim, dmarc };
  }

  private async dkim(name: string, publicKey: string): Promise<MailAdvice['dkim']> {
    const answer = await this.dns.texts(name);
    return answer.kind === 'unreachable' ? { ...UNREACHABLE, found: [] } : judgeDkim(textsOf(answer), publicKey);
  }

  private async dmarc(domain: string): Promise<MailAdvice['dmarc']> {
    const registered = registeredDomain(domain);
    for (const name of new Set([domain, registered])) {
      const answer = await this.dns.texts(`_dmarc.${name}`);
      if (answer.kind === 'unreachable') return { ...UNREACHABLE, found: [] };
      const records = dmarcRecords(textsOf(answer));
      if (records.length > 0) return judgeDmarc(records, name !== domain);
    }
    return judgeDmarc([], false);
  }

  private async spf(domain: string): Promise<MailAdvice['spf']> {
    const answer = await this.dns.texts(domain);
    if (answer.kind === 'unreachable') return { ...UNREACHABLE, found: [] };
    const records = spfRecords(textsOf(answer));
    const terms = records.length === 1 ? spfTerms(records[0]!) : undefined;
    const walk: SpfWalk = { included: false, lookups: 0, unreachable: false };
    if (terms) await this.follow(terms, walk, Date.now() + LONGEST_WALK_MS);
    return judgeSpf(records, this.mechanism, terms && walk);
  }

  /** Goes where a receiver would, one step beyond what it allows. */
  private async follow(terms: SpfTerm[], walk: SpfWalk, until: number, within = true): Promise<void> {
    const hasAll = terms.some(({ name }) => name === 'all');
    for (const term of terms) {
      if (this.mechanism && within && lets(term, this.mechanism)) walk.included = true;
      // RFC 7208 §6.1: where there is an `all`, it is ignored.
      if (!asksOnce(term) || (term.modifier && hasAll)) continue;
      walk.lookups += 1;
      if (walk.lookups > MOST_LOOKUPS) return;
      // What a macro stands for depends on the mail.
      if (!['include', 'redirect'].includes(term.name) || term.value.includes('%')) continue;
      const answer =
        Date.now() < until ? await this.dns.texts(term.value) : { kind: 'unreachable' as const, reason: '' };
      if (answer.kind === 'unreachable') walk.unreachable = true;
      const [record] = spfRecords(textsOf(answer));
      const next = record === undefined ? undefined : spfTerms(record);
      if (next) await this.follow(next, walk, until, within && (term.modifier || term.qualifier === '+'));
    }
  }
}
