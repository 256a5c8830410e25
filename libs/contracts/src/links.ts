/** Longest address of a link. */
export const LONGEST_LINK = 2_000;

/** Whether a text is the address of a page of the web: https, with a host's name and without a user's. */
export function isLinkAddress(text: string): boolean {
  if (text.length > LONGEST_LINK || /[\s"<>\\^`{|}]/.test(text) || !/^https:\/\//i.test(text)) return false;
  if (!URL.canParse(text)) return false;
  const { username, password, hostname } = new URL(text);
  return username === '' && password === '' && /\.[^.\d][^.]*$/.test(hostname);
}
