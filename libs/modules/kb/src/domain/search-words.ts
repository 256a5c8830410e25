const MOST_WORDS = 8;

/** Case and accents folded away, as the database's `fold` does. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The words of a search; punctuation separates them. More than eight narrow it no further. */
export function searchWords(q: string | undefined): string[] {
  return (q?.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, MOST_WORDS);
}
