import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import { emailAddress, type FieldErrorCode } from '@balcao/contracts';
import { isPersonalDomain } from '@balcao/module-directory';
import { parseSender } from '@balcao/platform-mail';
import { dkimSelector } from './mail-advice.js';

/** The name beside a domain at which its proof stands. */
export const PROOF_LABEL = '_balcao';
/** How every proof begins, so that whoever sees it in a zone knows what it is for. */
export const PROOF_PREFIX = 'balcao-verify=';
/** What a name may have at most, less the proof's label and its dot. */
const LONGEST = 253 - PROOF_LABEL.length - 1;
/** The same where the key for signatures stands beside it, whose label is longer. */
const LONGEST_FOR_MAIL = 253 - `${dkimSelector('00000000')}._domainkey.`.length;
const NAME = /^(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+(?!-)[a-z0-9-]{2,63}(?<!-)$/;
/** RFC 6761, 7686, 9476 and the like: they belong to nobody, or lead nowhere but to the machine itself. */
const NOBODYS = /(?:^|\.)(?:localhost|local|internal|invalid|onion|arpa|alt)$/;

/** Hyphens of word processors and pages, which no domain has: with one a name would be another. */
const HYPHENS = /[\u2010-\u2013\u2212\ufe63\uff0d]/g;
const withPlainHyphens = (typed: string) => typed.replace(HYPHENS, '-');

/** Names that are the installation's own. */
export interface OwnNames {
  publicUrl: string;
  portalBaseDomain?: string;
  domainTarget: string;
  mailFrom: string;
}

type Read = { domain: string } | { problem: FieldErrorCode };

/** The one spelling of a domain that somebody may claim, or why it is none. */
export function domainName(typed: string, own: OwnNames): Read {
  const ascii = plainDomain(typed);
  const name = ascii && parse(ascii, { allowPrivateDomains: true });
  if (!name || name.isIp || NOBODYS.test(ascii)) return { problem: 'isDomainName' };
  if (name.domain === null) return { problem: 'isPublicSuffix' };
  const base = own.portalBaseDomain?.toLowerCase();
  const isOwn = [new URL(own.publicUrl).hostname, own.domainTarget].includes(ascii);
  if (isOwn || (base && (ascii === base || ascii.endsWith(`.${base}`)))) return { problem: 'isOfInstallation' };
  return { domain: ascii };
}

/** The parts of an address that mails of an organization may come from once its domain is proved, or why none may. */
export function senderAddress(
  typed: string,
  own: OwnNames,
): { mailbox: string; domain: string } | { problem: FieldErrorCode } {
  const address = emailAddress(withPlainHyphens(typed));
  if (address === undefined) return { problem: 'isEmail' };
  const at = address.lastIndexOf('@');
  const read = domainName(address.slice(at + 1), own);
  if ('problem' in read) return read;
  const { domain } = read;
  if (domain.length > LONGEST_FOR_MAIL) return { problem: 'isDomainName' };
  if (isPersonalDomain(registeredDomain(domain))) return { problem: 'isPersonalDomain' };
  if (parseSender(own.mailFrom).address.endsWith(`@${domain}`)) return { problem: 'isOfInstallation' };
  return { mailbox: address.slice(0, at), domain };
}

/** A domain in lower case, in ASCII and without the dot of the root; undefined for what is no name. */
export function plainDomain(typed: string): string | undefined {
  const text = withPlainHyphens(typed.trim()).replace(/\.$/, '');
  // Whatever stands for something else in an address, an escape included.
  if (/[\s/\\?#@:%[\]]/.test(text)) return undefined;
  const ascii = domainToASCII(text);
  return ascii.length <= LONGEST && NAME.test(ascii) ? ascii : undefined;
}

/** The domain that its owner registered, below which others stand. */
export const registeredDomain = (domain: string): string =>
  parse(domain, { allowPrivateDomains: true }).domain ?? domain;
