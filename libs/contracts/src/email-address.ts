// @ts-expect-error It comes without types.
import untyped from 'punycode.js';
import { composed } from './text.js';
import { parsedUrl } from './parsed-url.js';

const punycode: { toUnicode(domain: string): string } = untyped;

/** RFC 5321 §4.5.3.1: octets of a local part, and of a whole address within its angle brackets. */
const LONGEST_LOCAL_PART = 64;
const LONGEST_ADDRESS = 254;
/** Nothing longer is looked at: it can only be refused. */
const LONGEST_TYPED = 1_000;

/** A dot-atom (RFC 5322 §3.2.3). Quoted local parts and those beyond ASCII are refused: hardly any server takes them. */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** A full domain name; its last label is no number, which would make it an address of the network. */
const DOMAIN =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$|0x[0-9a-f]*$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/;
/** What URLs would take out or give a meaning of their own: ASCII signs, what cannot be seen, other full stops. */
const FOREIGN = /[\u0000-,/:-@[-`{-\u007f\u3002\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

/**
 * The one form of an e-mail address, by which it is stored, compared, mailed, imported and searched: trimmed, in lower
 * case, its domain as it stands in the DNS (`ana@ação.example` is `ana@xn--ao-siap.example`).
 * @returns undefined for what cannot be an address, or would not be the same address once read by others
 */
export function emailAddress(typed: string): string | undefined {
  const text = typed.length > LONGEST_TYPED ? '' : typed.trim();
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const domain = at < 0 ? undefined : emailDomain(text.slice(at + 1));
  if (domain === undefined || local.length > LONGEST_LOCAL_PART || !LOCAL_PART.test(local)) return undefined;
  const address = `${local.toLowerCase()}@${domain}`;
  return address.length > LONGEST_ADDRESS ? undefined : address;
}

/** The one form of the domain of addresses: ASCII, lower case. @returns undefined for what can be none */
export function emailDomain(typed: string): string | undefined {
  const text = typed.length > LONGEST_TYPED ? '' : typed.trim().normalize('NFC');
  if (FOREIGN.test(text) || text.normalize('NFKC') !== text) return undefined;
  const domain = parsedUrl(`http://${text}`)?.hostname;
  return domain !== undefined && DOMAIN.test(domain) && caseless(domain) === caseless(text) ? domain : undefined;
}

/** Spellings that differ by case alone alike: the capital of two small sigmas is one. */
const caseless = (domain: string) => punycode.toUnicode(domain.toLowerCase()).replaceAll('ς', 'σ');

/** What was typed where people sign in: an address in its one form, otherwise a user name. */
export const loginName = (typed: string): string => emailAddress(typed) ?? composed(typed.trim()).toLowerCase();

/** Part of an address as stored ones have it; an international domain is found once one of its labels is complete. */
export function emailPart(typed: string): string {
  const text = composed(typed.trim()).toLowerCase();
  const at = text.lastIndexOf('@');
  const labels = text.slice(at + 1).split('.');
  return text.slice(0, at + 1) + labels.map((label) => labelOf(label) ?? label).join('.');
}

const labelOf = (label: string) => emailDomain(`${label}.example`)?.slice(0, -'.example'.length);

/** Labels that read as what they are: letters of one script; others stay as the DNS has them, lest they pose as another. */
const READABLE =
  /^(?:[\p{scx=Latin}\d-]+|[\p{scx=Greek}\d-]+|[\p{scx=Cyrillic}\d-]+|[\p{scx=Arabic}\d-]+|[\p{scx=Hebrew}\d-]+|[\p{scx=Devanagari}\d-]+|[\p{scx=Thai}\d-]+|[\p{scx=Hangul}\d-]+|[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\d-]+)$/u;

/** An address as people read it: `ana@xn--ao-siap.example` is shown as `ana@ação.example`. */
export function displayEmail(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + address.slice(at).split('.').map(readable).join('.');
}

function readable(label: string): string {
  if (!label.startsWith('xn--')) return label;
  const shown = labelOf(label) && punycode.toUnicode(label);
  return shown && READABLE.test(shown) && !FOREIGN.test(shown) ? shown : label;
}
