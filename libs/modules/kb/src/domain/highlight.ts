import { excerptOf } from './excerpt.js';
import { fold } from './fold.js';

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
/** From this length on a word may differ by two slips. */
const LONG_WORD = 7;
const LONGEST_COMPARED = 30;
/** So much of a text the search looks through for misspelt words, too. */
const NEARLY_SEARCHED = 4_000;
const BEFORE = 60;
const LENGTH = 220;

/** How a word of the text is compared with those that were searched for. */
type Comparison = (word: string, wanted: readonly string[]) => boolean;

/**
 * Splits `text` into what matches one of `words` and what does not. The last word may be unfinished; where nothing
 * matches, what differs by a slip of the finger does.
 */
export function highlight(text: string, words: readonly string[]): HighlightPart[] {
  const wanted = words.map(fold);
  return split(text, wanted, comparisonFor(text, wanted));
}

function split(text: string, wanted: readonly string[], compare: Comparison): HighlightPart[] {
  const parts: HighlightPart[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    if (!matches(fold(match[0]), wanted, compare)) continue;
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
  const compare = comparisonFor(text, wanted);
  const searched = compare === isWanted ? text : text.slice(0, NEARLY_SEARCHED);
  const first = Math.max(0, firstMatch(searched, wanted, compare));
  const start = first > BEFORE ? text.indexOf(' ', first - BEFORE) + 1 : 0;
  const rest = excerptOf(text.slice(start), LENGTH);
  const snippet = `${start > 0 ? '… ' : ''}${rest}`;
  return split(snippet.toWellFormed(), wanted, compare);
}

/** What a text has of the words as they were typed, or else nearly so. */
function comparisonFor(text: string, wanted: readonly string[]): Comparison {
  return firstMatch(text, wanted, isWanted) >= 0 ? isWanted : remembering(isNearlyWanted);
}

/** Texts repeat their words. */
function remembering(compare: Comparison): Comparison {
  const known = new Map<string, boolean>();
  return (word, wanted) => {
    let answer = known.get(word);
    if (answer === undefined) known.set(word, (answer = compare(word, wanted)));
    return answer;
  };
}

/** Where the first matching word begins; -1 where none does. */
function firstMatch(text: string, wanted: readonly string[], compare: Comparison): number {
  for (const match of text.matchAll(WORD)) if (matches(fold(match[0]), wanted, compare)) return match.index;
  return -1;
}

/** A word with hyphens matches as a whole (Wi-Fi, wifi) and by each of its parts. */
function matches(text: string, wanted: readonly string[], compare: Comparison): boolean {
  const parts = text.split('-');
  return (parts.length > 1 ? [parts.join(''), ...parts] : parts).some((word) => compare(word, wanted));
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

/** Whether a longer word begins as one that was searched for, and is at most one slip away from it, or two if it is long. */
function isNearlyWanted(word: string, wanted: readonly string[]): boolean {
  return wanted.some((each) => {
    const longer = Math.max(word.length, each.length);
    if (each.length < SHORTEST_STEM || longer > LONGEST_COMPARED || each[0] !== word[0]) return false;
    const most = longer < LONG_WORD ? 1 : 2;
    return Math.abs(word.length - each.length) <= most && slips(word, each) <= most;
  });
}

/** Letters added, left out, replaced or swapped with their neighbour (optimal string alignment distance). */
function slips(a: string, b: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity;
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, replaced, swapped);
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
