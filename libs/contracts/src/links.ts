/** Longest address of a link. */
export const LONGEST_LINK = 2_000;

/** Whether a text is the address of a page of the web: https, with a host's name and without a user's. */
export function isLinkAddress(text: string): boolean {
  if (text.length > LONGEST_LINK || /[\s"<>\\^`{|}]/.test(text) || !/^https:\/\//i.test(text)) return false;
  const { username, password, hostname } = parsed(text) ?? { username: '', password: '', hostname: '' };
  return !username && !password && /\.[^.\d][^.]*$/.test(hostname);
}

/** Without `URL.canParse`, which in Node 20 refuses letters beyond ASCII once it has been called often. */
function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
