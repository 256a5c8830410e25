import { Injectable } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import { DnsClient, type DnsAnswer } from '@balcao/platform-dns';
import type { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import { registeredDomain } from './domain-name.js';
import {
  asksOnce,
  dkimSelector,
  dmarcRecords,
  isReference,
  judgeDkim,
  judgeDmarc,
  judgeSpf,
  matches,
  MOST_LOOKUPS,
  spfMechanism,
  spfRecords,
  spfTerms,
  wrappedDmarc,
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
    let wrapped: string[] | undefined;
    for (const name of new Set([domain, registered])) {
      const answer = await this.dns.texts(`_dmarc.${name}`);
      if (answer.kind === 'unreachable') return { ...UNREACHABLE, found: [] };
      const records = dmarcRecords(textsOf(answer));
      wrapped ??= wrappedDmarc(textsOf(answer));
      if (records.length > 0) return judgeDmarc(records, name !== domain);
    }
    return judgeDmarc([], false, wrapped);
  }

  private async spf(domain: string): Promise<MailAdvice['spf']> {
    const answer = await this.dns.texts(domain);
    if (answer.kind === 'unreachable') return { ...UNREACHABLE, found: [] };
    const records = spfRecords(textsOf(answer));
    const terms = records.length === 1 ? spfTerms(records[0]!) : undefined;
    return judgeSpf(records, this.mechanism, terms && (await this.walk(terms)));
  }

  private async walk(terms: SpfTerm[]): Promise<SpfWalk> {
    const [walk, until] = [{ lookups: 0, unreachable: false }, Date.now() + LONGEST_WALK_MS];
    const senders = await this.senders(until);
    const verdicts = [...(await this.follow(terms, senders, walk, until)).values()].sort((a, b) => a.at - b.at);
    const nowhere = verdicts.find(({ leads }) => leads);
    const otherwise = verdicts.find(({ qualifier, byAll, leads }) => qualifier !== '+' && !byAll && !leads);
    const included =
      senders.length > 0 && verdicts.filter(({ qualifier }) => qualifier === '+').length === senders.length;
    return { ...walk, included, otherwiseAt: otherwise?.at, nowhere: nowhere && { at: nowhere.at, ...nowhere.leads } };
  }

  /** Whom the first term that matches has to let in: blocks of addresses, and the mechanism itself where they are not all. */
  private async senders(until: number): Promise<string[]> {
    if (!this.mechanism?.startsWith('include:')) return this.mechanism ? [this.mechanism] : [];
    const [blocks, asked] = [new Set<string>(), new Set<string>()];
    const areAll = await this.gather(this.mechanism.slice('include:'.length), blocks, asked, until);
    return areAll && blocks.size > 0 ? [...blocks] : [...blocks, this.mechanism];
  }

  /** Blocks that a record lets in; answers whether there are no others. */
  private async gather(name: string, blocks: Set<string>, asked: Set<string>, until: number): Promise<boolean> {
    if (asked.has(name)) return true;
    if (asked.size > MOST_LOOKUPS) return false;
    asked.add(name);
    const { terms } = await this.recordOf(name, until);
    let areAll = terms !== undefined;
    for (const { name: kind, qualifier, value } of terms ?? []) {
      if (kind === 'all' || qualifier !== '+') continue;
      if (kind === 'ip4' || kind === 'ip6') blocks.add(`${kind}:${value}`);
      else
        areAll =
          (kind === 'include' || kind === 'redirect') && (await this.gather(value, blocks, asked, until)) && areAll;
    }
    return areAll;
  }

  /** What the record of a name says; nothing where there is none, or several, or none that receivers read. */
  private async recordOf(name: string, until: number): Promise<{ terms?: SpfTerm[]; unreachable?: true }> {
    const answer: DnsAnswer =
      Date.now() < until ? await this.dns.texts(name) : { kind: 'unreachable', reason: 'It took too long' };
    if (answer.kind === 'unreachable') return { unreachable: true };
    const [record, another] = spfRecords(textsOf(answer));
    return { terms: record === undefined || another !== undefined ? undefined : spfTerms(record) };
  }

  /** Goes where a receiver would, one step beyond what it allows; answers what the first term that matches says of each sender. */
  private async follow(
    terms: SpfTerm[],
    senders: Iterable<string>,
    walk: Pick<SpfWalk, 'lookups' | 'unreachable'>,
    until: number,
  ): Promise<Map<string, Verdict>> {
    const open = new Set(senders);
    const verdicts = new Map<string, Verdict>();
    const hasAll = terms.some(({ name }) => name === 'all');
    // RFC 7208 §6: what modifies is heard last; §6.1: where there is an `all`, a redirect is ignored.
    const inOrder = [...terms.entries()].sort(([, a], [, b]) => Number(a.modifier) - Number(b.modifier));
    for (const [at, term] of inOrder) {
      if (term.modifier && (hasAll || term.name !== 'redirect')) continue;
      const decide = (sender: string, verdict: Partial<Verdict> = {}) => {
        open.delete(sender);
        const qualifier = verdict.leads ? undefined : term.qualifier;
        verdicts.set(sender, { qualifier, byAll: term.name === 'all', ...verdict, at });
      };
      for (const sender of open) if (term.name === 'all' || matches(term, sender, this.mechanism!)) decide(sender);
      if (!asksOnce(term)) continue;
      walk.lookups += 1;
      if (walk.lookups > MOST_LOOKUPS) return verdicts;
      // What a macro stands for depends on the mail.
      if (!isReference(term) || term.value.includes('%')) continue;
      const next = await this.recordOf(term.value, until);
      if (next.unreachable) walk.unreachable = true;
      else if (!next.terms) for (const sender of open) decide(sender, { leads: { target: term.value } });
      if (!next.terms) continue;
      for (const [sender, verdict] of await this.follow(next.terms, open, walk, until))
        if (verdict.leads) decide(sender, { leads: {} });
        else if (term.modifier) decide(sender, verdict);
        else if (verdict.qualifier === '+') decide(sender);
    }
    return verdicts;
  }
}

/** What becomes of a sender, and the term that says so; no qualifier where receivers refuse the record at it. */
interface Verdict {
  qualifier?: SpfTerm['qualifier'];
  byAll: boolean;
  at: number;
  leads?: { target?: string };
}
