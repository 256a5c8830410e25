import { parsedUrl } from './parsed-url.js';

/** Longest address of a link. */
export const LONGEST_LINK = 2_000;

/** Whether a text is the address of a page of the web: https, with a host's name and without a user's. */
export function isLinkAddress(text: string): boolean {
  if (text.length > LONGEST_LINK || /[\s"<>\\^`{|}]/.test(text) || !/^https:\/\//i.test(text)) return false;
  const url = parsedUrl(text);
  return url !== undefined && !url.username && !url.password && /\.[^.\d][^.]*$/.test(url.hostname);
}
