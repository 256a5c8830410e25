import { isIP, BlockList } from 'node:net';

/** How a record of a domain stands; `found` is what was there, as plain text. */
interface Part<State extends string> {
  state: State;
  found: string[];
  /** What the record should say; null where nothing need be written. */
  value: string | null;
  /** The name servers did not answer since: it is what they said before. */
  stale?: true;
}

/** `unknown`: the installation does not say which servers are its own, so nothing can be looked for. */
export const SPF_STATES = [
  ...(['right', 'unknown', 'missing', 'several', 'malformed', 'not_included', 'too_many_lookups'] as const),
  ...(['decided_otherwise', 'leads_nowhere', 'allows_everybody', 'no_all', 'unreachable'] as const),
] as const;
export type SpfState = (typeof SPF_STATES)[number];
/** `quoted` and `escaped`: right but for quotes or backslashes of a zone file, with which receivers do not read it. */
export const DKIM_STATES = [
  'right',
  'missing',
  'several',
  'cut',
  'quoted',
  'escaped',
  'different',
  'unreachable',
] as const;
export type DkimState = (typeof DKIM_STATES)[number];
/** `watching`: there is a policy, and it asks for nothing. */
export const DMARC_STATES = [
  'right',
  'watching',
  'missing',
  'several',
  'quoted',
  'escaped',
  'malformed',
  'unreachable',
] as const;
export type DmarcState = (typeof DMARC_STATES)[number];

/** What a domain says of who may send mails in its name, and what it should. */
export interface MailAdvice {
  spf: Part<SpfState>;
  dkim: Part<DkimState>;
  dmarc: Part<DmarcState>;
}

/** Where the key of a claim stands that receivers look for: each at its own name, so that claims of one domain keep out of each other's way. */
export const dkimSelector = (claimId: string): string => `balcao-${claimId.slice(-8)}`;
/** RFC 7208 §4.6.4. */
export const MOST_LOOKUPS = 10;
/** Longer ones are read by nobody, and are not worth reading here. */
const LONGEST_RECORD = 4_096;
const LONGEST_ADVICE = 2_000;
const PLAIN = /^[\x20-\x7e]*$/;

/** A part of an SPF record (RFC 7208 §4.6.1), its qualifier and name in one spelling. */
export interface SpfTerm {
  qualifier: '+' | '-' | '~' | '?';
  name: string;
  value: string;
  modifier: boolean;
}

const TERM =
  /^(?:(?<qualifier>[-+~?])?(?<mechanism>all|include|a|mx|ptr|ip4|ip6|exists)(?<value>[:/].*)?|(?<modifier>[a-z][\w.-]*)=(?<other>.*))$/i;
/** RFC 7208 §7.1: `macro-string`, and `domain-spec`, which ends in a macro or in a label that is not only digits. */
const MACRO = String.raw`%\{[slodiphv]\d*r?[-.+,/_=]*\}`;
const MACRO_TEXT = String.raw`(?:${MACRO}|%[%_-]|[!-$&-~])*`;
const END_OF_NAME = String.raw`(?:\.(?!\d+\.?$)[a-z\d](?:[a-z\d-]*[a-z\d])?\.?|${MACRO})`;
const MODIFIED = new RegExp(`^${MACRO_TEXT}$`, 'i');
const NAME = new RegExp(`^${MACRO_TEXT}${END_OF_NAME}$`, 'i');
/** How many bits of an address count, of each kind (§5.6). */
const BITS = { 4: '(?:\\d|[12]\\d|3[0-2])', 6: '(?:\\d|[1-9]\\d|1[01]\\d|12[0-8])' };
const BLOCK = {
  ip4: new RegExp(`^:([\\d.]+)(?:/${BITS[4]})?$`),
  ip6: new RegExp(`^:([\\da-f:.]+)(?:/${BITS[6]})?$`, 'i'),
};
/** What may follow the name of `a` and `mx`. */
const BLOCKS = new RegExp(`(?:/${BITS[4]})?(?://${BITS[6]})?$`);

/** The SPF records among the texts of a name. */
export const spfRecords = (texts: readonly string[]): string[] => texts.filter((text) => /^v=spf1(?: |$)/i.test(text));

/** Terms of a record up to its `all`, behind which nothing counts; undefined for what receivers refuse to read. */
export function spfTerms(record: string): SpfTerm[] | undefined {
  if (record.length > LONGEST_RECORD || !PLAIN.test(record)) return undefined;
  const terms: SpfTerm[] = [];
  for (const text of record.split(/ +/).slice(1).filter(Boolean)) {
    const { qualifier = '+', mechanism, value = '', modifier, other = '' } = TERM.exec(text)?.groups ?? {};
    if (!mechanism && !modifier) return undefined;
    const name = (mechanism ?? modifier)!.toLowerCase();
    if (!(mechanism ? isArgument(name, value) : isModifier(name, other, terms))) return undefined;
    const plain = modifier ? other : value.replace(/^:/, '');
    terms.push({
      qualifier: qualifier as SpfTerm['qualifier'],
      name,
      value: plain.toLowerCase().replace(/\.$/, ''),
      modifier: modifier !== undefined,
    });
  }
  const end = terms.findIndex(({ name }) => name === 'all');
  return end < 0 ? terms : terms.slice(0, end + 1);
}

/** Whether what follows the name of a mechanism is what its kind wants (RFC 7208 §5). */
function isArgument(name: string, value: string): boolean {
  if (name === 'all') return value === '';
  if (name === 'ip4' || name === 'ip6') return isIP(BLOCK[name].exec(value)?.[1] ?? '') === (name === 'ip4' ? 4 : 6);
  const ofName = name === 'a' || name === 'mx' ? value.replace(BLOCKS, '') : value;
  if (ofName === '') return name !== 'include' && name !== 'exists';
  return ofName.startsWith(':') && NAME.test(ofName.slice(1));
}

/** The same of a modifier (§6), of which those that mean something stand once. */
const isModifier = (name: string, value: string, before: readonly SpfTerm[]): boolean =>
  name === 'redirect' || name === 'exp'
    ? NAME.test(value) && !before.some((term) => term.modifier && term.name === name)
    : MODIFIED.test(value);

/** Whether a term is what another record says. */
export const isReference = ({ name, modifier }: SpfTerm): boolean => name === (modifier ? 'redirect' : 'include');

/** Whether a term makes receivers ask the name servers once more. */
export const asksOnce = ({ name, modifier }: SpfTerm): boolean =>
  modifier ? name === 'redirect' : ['include', 'a', 'mx', 'ptr', 'exists'].includes(name);

/** What a company adds to its record, from the setting of the installation. */
export const spfMechanism = (setting: string): string => (setting.includes(':') ? setting : `include:${setting}`);

/** Whether a term is about whoever the mechanism stands for, whatever it makes of them. */
function names({ name, value }: SpfTerm, mechanism: string): boolean {
  const [kind, ...rest] = mechanism.split(':');
  // RFC 7208 §6.1: what the other record says of them is the result.
  return (name === kind || (name === 'redirect' && kind === 'include')) && value === rest.join(':');
}

/**
 * Whether a term matches a sender: an address block (`ip4:…`, `ip6:…`), or the mechanism that stands for those that are not
 * known. A block of which it matches a part counts where that part is not let in, for mails come from there too.
 */
export function matches(term: SpfTerm, sender: string, mechanism: string): boolean {
  if (names(term, mechanism)) return true;
  const [kind, ...rest] = sender.split(':');
  if (term.modifier || term.name !== kind || (kind !== 'ip4' && kind !== 'ip6')) return false;
  const block = rest.join(':');
  return isWithin(block, term.value, kind) || (term.qualifier !== '+' && isWithin(term.value, block, kind));
}

function isWithin(wanted: string, block: string, kind: 'ip4' | 'ip6'): boolean {
  const family = kind === 'ip4' ? 'ipv4' : 'ipv6';
  const longest = kind === 'ip4' ? 32 : 128;
  const [address = '', bits = longest] = block.split('/');
  const [start = '', ownBits = longest] = wanted.split('/');
  if (!isIP(address) || !isIP(start) || !(Number(bits) >= 0 && Number(bits) <= Number(ownBits))) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family);
  return list.check(start, family);
}

/** What became of following a record. */
export interface SpfWalk {
  /** Each of our senders is let in by the first term that matches it. */
  included: boolean;
  /** Place of the first term that matches one of them and does not let it in, other than by `all`. */
  otherwiseAt?: number;
  /**
   * The first term at which receivers refuse the record before they come to one of our senders, for it leads to a name without
   * an SPF record that they read (RFC 7208 §5.2); `target` where it is that name itself, not what it includes.
   */
  nowhere?: { at: number; target?: string };
  lookups: number;
  unreachable: boolean;
}

/** @param walk of the only record there is; undefined where there is none, or several, or it cannot be read */
export function judgeSpf(records: readonly string[], mechanism: string | undefined, walk?: SpfWalk): MailAdvice['spf'] {
  const [record] = records;
  const terms = record === undefined ? undefined : spfTerms(record);
  const own = terms?.find(({ name }) => name === 'all');
  const part = (state: SpfState): MailAdvice['spf'] => ({
    state,
    found: [...records],
    value: state === 'right' || state === 'unreachable' ? null : spfToWrite(records, mechanism, walk),
  });
  if (record === undefined) return part(mechanism ? 'missing' : 'unknown');
  if (records.length > 1) return part('several');
  if (!terms || !walk) return part('malformed');
  if (walk.lookups > MOST_LOOKUPS) return part('too_many_lookups');
  if (mechanism && walk.nowhere) return part('leads_nowhere');
  if (mechanism && walk.otherwiseAt !== undefined) return part('decided_otherwise');
  if (mechanism && !walk.included) return part(walk.unreachable ? 'unreachable' : 'not_included');
  if (own?.qualifier === '+') return part('allows_everybody');
  if (!own && !terms.some(({ name, modifier }) => modifier && name === 'redirect')) return part('no_all');
  return part(mechanism ? 'right' : 'unknown');
}

/**
 * One record of those that are there, with what is missing from it and without what nobody may have or read. Only the first
 * term that matches counts, so what lets ours in stands before what does not, and nothing else names them.
 */
function spfToWrite(
  records: readonly string[],
  mechanism: string | undefined,
  { nowhere, otherwiseAt = Number.POSITIVE_INFINITY }: Partial<SpfWalk> = {},
): string | null {
  if (!mechanism) return null;
  const texts = records.flatMap((record) => (record.length > LONGEST_RECORD ? [] : record.split(/ +/).slice(1)));
  const readable = texts.flatMap((text) => {
    const terms = text ? spfTerms(`v=spf1 ${text}`) : undefined;
    return terms ? [{ text, term: terms[0]! }] : [];
  });
  const isAll = (term: SpfTerm) => term.name === 'all';
  const isRedirect = (term: SpfTerm) => term.modifier && term.name === 'redirect';
  const leadsOn = (term: SpfTerm) => !nowhere || !isReference(term) || term.value !== nowhere.target;
  const all = readable.find(({ term }) => isAll(term) && term.qualifier !== '+');
  const hasAll = readable.some(({ term }) => isAll(term));
  const redirect =
    records.length === 1 && !hasAll ? readable.find(({ term }) => isRedirect(term) && leadsOn(term)) : undefined;
  const stays = (term: SpfTerm) => !isAll(term) && !isRedirect(term) && !names(term, mechanism) && leadsOn(term);
  const textsOf = (part: typeof readable) => part.filter(({ term }) => stays(term)).map(({ text }) => text);
  const before = Math.min(otherwiseAt, nowhere?.at ?? otherwiseAt);
  const [first, last] = [textsOf(readable.slice(0, before)), textsOf(readable.slice(before))];
  const value = ['v=spf1', ...new Set([...first, mechanism, ...last]), (redirect ?? all)?.text ?? '~all'].join(' ');
  return value.length > LONGEST_ADVICE ? null : value;
}

const tagsOf = (text: string): Map<string, string> =>
  new Map(
    text.split(';').flatMap((tag) => {
      const at = tag.indexOf('=');
      return at < 0 ? [] : [[tag.slice(0, at).trim().toLowerCase(), tag.slice(at + 1).replace(/\s+/g, '')] as const];
    }),
  );

/** Without what a zone file needs and a record must not have. */
const unwrapped = (text: string) => text.slice(0, LONGEST_RECORD).replace(/["\\]/g, '').trim();
const wrapping = (text: string) => (text.includes('"') ? 'quoted' : 'escaped');

/** What stands at the selector where a key of ours is right. */
export const dkimRecord = (publicKey: string): string => `v=DKIM1; k=rsa; p=${publicKey}`;

export function judgeDkim(texts: readonly string[], publicKey: string): MailAdvice['dkim'] {
  const part = (state: DkimState): MailAdvice['dkim'] => ({
    state,
    found: [...texts],
    value: state === 'right' ? null : dkimRecord(publicKey),
  });
  const [text] = texts;
  if (text === undefined) return part('missing');
  if (texts.length > 1) return part('several');
  const short = text.slice(0, LONGEST_RECORD);
  if (isKey(short, publicKey)) return part('right');
  if (isKey(unwrapped(short), publicKey)) return part(wrapping(short));
  const key = tagsOf(short).get('p') ?? '';
  return part(key.length > 0 && key.length < publicKey.length && publicKey.startsWith(key) ? 'cut' : 'different');
}

/** Whether receivers take a text for that key, and for mails. */
function isKey(text: string, publicKey: string): boolean {
  const tags = tagsOf(text);
  const allows = (tag: string, value: string) =>
    (tags.get(tag) ?? value).split(':').some((one) => one === value || (tag === 's' && one === '*'));
  const readable = (tags.get('v') ?? 'DKIM1') === 'DKIM1' && (tags.get('k') ?? 'rsa') === 'rsa';
  return readable && tags.get('p') === publicKey && allows('s', 'email') && allows('h', 'sha256');
}

/** The DMARC records among the texts of a name (RFC 7489 §6.4, §6.6.3). */
export const dmarcRecords = (texts: readonly string[]): string[] =>
  texts.filter((text) => /^[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/.test(text));

/** Texts that would be such records without the quotes or backslashes of a zone file. */
export const wrappedDmarc = (texts: readonly string[]): string[] =>
  texts.filter((text) => dmarcRecords([text]).length === 0 && dmarcRecords([unwrapped(text)]).length > 0);

/**
 * @param inherited whether they stand at the registered domain, above the one of the mails
 * @param wrapped what stands at the name of the mails, and receivers do not read for its quotes or backslashes
 */
export function judgeDmarc(
  records: readonly string[],
  inherited: boolean,
  wrapped: readonly string[] = [],
): MailAdvice['dmarc'] {
  const part = (state: DmarcState): MailAdvice['dmarc'] => ({
    state,
    found: [...records],
    value: state === 'right' || state === 'watching' ? null : 'v=DMARC1; p=none',
  });
  const [[record], [text]] = [records, wrapped];
  if (record === undefined && text !== undefined) {
    const bare = unwrapped(text);
    const value = wrapped.length === 1 && bare.length <= LONGEST_ADVICE ? bare : 'v=DMARC1; p=none';
    return { state: wrapping(text), found: [...wrapped], value };
  }
  if (record === undefined) return part('missing');
  if (records.length > 1) return part('several');
  const tags = tagsOf(record.slice(0, LONGEST_RECORD));
  const policy = ((inherited ? tags.get('sp') : undefined) ?? tags.get('p'))?.toLowerCase();
  if (policy === 'quarantine' || policy === 'reject') return part('right');
  return part(policy === 'none' ? 'watching' : 'malformed');
}

/** What nobody could tell stays as it was known, unless it was known of another record than the one that was read now. */
export function merged(before: MailAdvice | null, now: MailAdvice): MailAdvice {
  const isOfOther = (old: Part<string>, { found }: Part<string>) =>
    found.length > 0 && found.join('\n') !== old.found.join('\n');
  const one = <P extends Part<string>>(old: P | undefined, part: P): P =>
    part.state === 'unreachable' && old && old.state !== 'unreachable' && !isOfOther(old, part)
      ? { ...old, stale: true }
      : part;
  return {
    spf: one(before?.spf, now.spf),
    dkim: one(before?.dkim, now.dkim),
    dmarc: one(before?.dmarc, now.dmarc),
  };
}

/** Whether receivers would take a mail from the domain: where it asks them to refuse what it did not send, something must say that it did. */
export const isWelcome = (advice: MailAdvice | null): boolean =>
  advice === null || advice.dmarc.state !== 'right' || advice.dkim.state === 'right' || advice.spf.state === 'right';
