import { parsedUrl } from './parsed-url.js';

/** Longest address of a link. */
export const LONGEST_LINK = 2_000;

/** What makes a link or an address of a text even where no domain of the world is in it; the last is a header's encoded word. */
const ADDRESSES =
  /:\/\/|www\.|@|\.\p{L}{2,}\/|\.xn--|\b(?:tel|sms|mailto|callto|facetime|sip|skype|whatsapp|tg|geo|data|javascript):|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|=\?[^\s?]+\?[bq]\?/iu;

/** A name as people read it, however its letters and dots are written. */
export const nameAsRead = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll('\u3002', '.')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '');

/** Whether an address stands in a name, of the web or of anybody: companies are called "Loja.com.br", which is none. */
export const holdsAddress = (name: string): boolean => ADDRESSES.test(nameAsRead(name));

/** Whether a text is the address of a page of the web: https, with a host's name and without a user's. */
export function isLinkAddress(text: string): boolean {
  if (text.length > LONGEST_LINK || /[\s"<>\\^`{|}]/.test(text) || !/^https:\/\//i.test(text)) return false;
  const url = parsedUrl(text);
  return url !== undefined && !url.username && !url.password && /\.[^.\d][^.]*$/.test(url.hostname);
}
