/** The name of an organization or a portal in addresses: a label of DNS, so that it can be a subdomain too. */
export const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
export const LONGEST_SLUG = 63;

/**
 * Hosts that whoever runs an installation has beside it, or that visitors take for theirs; the mailboxes of RFC 2142, by which
 * authorities ask who owns a domain; and what stands at the beginning of the product's own paths. Numbered ones, such as
 * `ns1` and `admin-2`, are too.
 */
const RESERVED = new Set(
  (
    'abuse administrator hostmaster info marketing news noc postmaster sales security support trouble usenet uucp webmaster ' +
    'api app apps assets backup beta blog cache cdn chat ci cloud cluster data database db demo dev dmz docs download ' +
    'downloads edge email example exchange files firewall ftp gateway git grafana health host hosting images img internal ' +
    'intranet ldap lb localhost log logs login mail mailer media metrics mirror mobile monitor monitoring mta mx mysql ns ntp ' +
    'origin pictures postgres preview private prod production proxy public redis registry relay router s server sftp sip ' +
    'smtp ssh ssl staging static stats status storage stun syslog test testing tls turn upload uploads vpn web webmail wiki ' +
    'www autoconfig autodiscover dkim dmarc imap isatap mta-sts pop spf wpad ' +
    'account accounts admin auth billing balcao console help o oauth operators ops portal root sandbox secure sso staff ' +
    'system tickets webhooks ws'
  ).split(' '),
);

/** Whether a slug is nobody's to take: it would be a host of the installation's own, or a name in other letters (RFC 5890 §2.3.1). */
export const isReservedSlug = (slug: string): boolean => RESERVED.has(slug.replace(/-?\d+$/, '')) || /^..--/.test(slug);

/** Latin letters that are no ASCII letter with a mark, as people write them where they have no key for them. */
const LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  ð: 'd',
  ø: 'o',
  þ: 'th',
  ß: 'ss',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ĸ: 'k',
  ł: 'l',
  ŋ: 'n',
  œ: 'oe',
  ŧ: 't',
  ə: 'e',
};

/**
 * A readable address made from a text: ASCII, lower case, words joined by hyphens, cut between words where that is
 * possible. Empty where nothing of it can be written so, as of another script: to spell that in Latin, one would have to
 * know its language.
 */
export const slugFrom = (text: string, longest: number): string => wordsJoined(text, longest, /[a-z0-9]+/g);

/** The same for a place within a page, where letters of other scripts stay as they are. */
export const anchorFrom = (text: string, longest: number): string =>
  wordsJoined(text, longest, /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu);

function wordsJoined(text: string, longest: number, words: RegExp): string {
  const latin = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ß-ə]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/(?<=[a-z0-9])\p{M}+/gu, '')
    .normalize('NFC');
  let joined = '';
  for (const [word] of latin.matchAll(words)) {
    const longer = joined ? `${joined}-${word}` : word.slice(0, longest).toWellFormed().replace('\ufffd', '');
    if (longer.length > longest) break;
    joined = longer;
  }
  return joined;
}
