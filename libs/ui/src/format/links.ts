import { parsedUrl } from '@balcao/contracts';

/** A piece of a text, and where it leads if it is an address. */
export interface TextPart {
  text: string;
  href?: string;
}

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"“”]+|[^\s<>()"“”,;:@]{1,64}@[^\s<>()"“”,;:@]{1,190}\.[a-z]{2,24}\b/giu;
/** What ends a sentence does not belong to the address before it. */
const AFTER = /[.,;:!?…'’*_~]/u;

/** Cuts a text into words and the addresses among them. Only http, https and mail addresses ever lead somewhere. */
export function linkParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutEnd(found);
    const href = hrefOf(address);
    if (!href) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: address, href });
    end = index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** The paragraphs of a text, each cut into words and addresses. */
export const paragraphsOf = (text: string): TextPart[][] =>
  text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map(linkParts);

const OPENED: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** A bracket that the address did not open closes something around it, and so does what ends a sentence. */
function withoutEnd(found: string): string {
  const count: Record<string, number> = {};
  for (const letter of found) count[letter] = (count[letter] ?? 0) + 1;
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1]!;
    const open = OPENED[last];
    const surplus = open !== undefined && count[last]! > (count[open] ?? 0);
    if (!surplus && !AFTER.test(last)) break;
    count[last]! -= 1;
  }
  return found.slice(0, end);
}

function hrefOf(address: string): string | undefined {
  if (!/^(https?:\/\/|www\.)/i.test(address)) return `mailto:${encodeURI(address)}`;
  const full = /^www\./i.test(address) ? `https://${address}` : address;
  const url = parsedUrl(full);
  return url?.hostname.includes('.') ? url.href : undefined;
}
