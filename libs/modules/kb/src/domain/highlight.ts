import { fold } from './search-words.js';

/** A piece of text; `marked` where it is what was searched for. Never HTML. */
export interface HighlightPart {
  text: string;
  marked: boolean;
}

/** A word; with hyphens, one of several. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:-[\p{L}\p{N}\p{M}]+)*/gu;
/** Words of this length and more match by a common beginning, up to three letters of ending apart (ligação, ligações). */
const SHORTEST_STEM = 4;
const LONGEST_ENDING = 3;
const BEFORE = 60;
const LENGTH = 220;

/** Splits `text` into what matches one of `words` and what does not. The last word may be unfinished. */
export function highlight(text: string, words: readonly string[]): HighlightPart[] {
  const wanted = words.map(fold);
  const parts: HighlightPart[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    if (!matches(fold(match[0]), wanted)) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), marked: false });
    parts.push({ text: match[0], marked: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), marked: false });
  return parts;
}

/** The part of a longer text around its first match, highlighted; its beginning where nothing matches. */
export function highlightedSnippet(text: string, words: readonly string[]): HighlightPart[] {
  const wanted = words.map(fold);
  const first = firstMatch(text, wanted);
  const start = first > BEFORE ? text.indexOf(' ', first - BEFORE) + 1 : 0;
  let end = Math.min(text.length, start + LENGTH);
  if (end < text.length) end = Math.max(text.lastIndexOf(' ', end), start + LENGTH / 2);
  const snippet = `${start > 0 ? '… ' : ''}${text.slice(start, end).trimEnd()}${end < text.length ? ' …' : ''}`;
  return highlight(snippet.toWellFormed(), words);
}

/** Where the first matching word begins; 0 where none does. */
function firstMatch(text: string, wanted: readonly string[]): number {
  for (const match of text.matchAll(WORD)) if (matches(fold(match[0]), wanted)) return match.index;
  return 0;
}

/** A word with hyphens matches as a whole (Wi-Fi, wifi) and by each of its parts. */
function matches(text: string, wanted: readonly string[]): boolean {
  const parts = text.split('-');
  return (parts.length > 1 ? [parts.join(''), ...parts] : parts).some((word) => isWanted(word, wanted));
}

function isWanted(word: string, wanted: readonly string[]): boolean {
  return wanted.some(
    (each, index) =>
      each === word ||
      (index === wanted.length - 1 && each.length > 1 && word.startsWith(each)) ||
      sameStem(word, each),
  );
}

function sameStem(a: string, b: string): boolean {
  let common = 0;
  while (common < a.length && a[common] === b[common]) common += 1;
  return common >= SHORTEST_STEM && a.length - common <= LONGEST_ENDING && b.length - common <= LONGEST_ENDING;
}
