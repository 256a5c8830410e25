/**
 * An absolute address taken apart; undefined for a text that is none. `URL.canParse` of Node 20 refuses letters beyond
 * ASCII once it has been called often enough to be optimised, so nothing else asks whether a text is an address.
 */
export function parsedUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
