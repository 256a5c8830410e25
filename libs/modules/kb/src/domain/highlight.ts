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
/** So many pairs of words are compared letter by letter for one page; what comes after is found as it was typed alone. */
export const MOST_COMPARISONS = 5_000;
const BEFORE = 60;
const LENGTH = 220;

/** What is known of a word of the texts: whether it is what was searched for, as it was typed or nearly so. */
interface KnownWord {
  folded: string;
  exactly?: boolean;
  nearly?: boolean;
}

type Likeness = 'exactly' | 'nearly';

/**
 * Marks in the texts of one page what was searched for. The last word may be unfinished; where a text has nothing as it
 * was typed, what differs by a slip of the finger does. One for all rows of a page: words repeat, and what is compared
 * letter by letter is counted over all of them, because anybody may search and what they write waits for nobody else.
 */
export class Highlighter {
  /** Pairs of words that were compared letter by letter. */
  comparisons = 0;
  private readonly wanted: ReadonlySet<string>;
  private readonly last: string;
  /** The longer ones by how they begin, which every word that is like them shares. */
  private readonly byStem: ReadonlyMap<string, string[]>;
  private readonly byLetter: ReadonlyMap<string, string[]>;
  private readonly known = new Map<string, KnownWord>();

  constructor(words: readonly string[]) {
    const wanted = words.map(fold);
    this.wanted = new Set(wanted);
    this.last = wanted.at(-1) ?? '';
    const longer = [...this.wanted].filter(({ length }) => length >= SHORTEST_STEM);
    this.byStem = grouped(longer, stemOf);
    this.byLetter = grouped(longer, ([letter]) => letter!);
  }

  /** Splits a text into what matches and what does not. */
  whole(text: string): HighlightPart[] {
    return this.split(text, this.firstMatch(text, 'exactly') >= 0 ? 'exactly' : 'nearly');
  }

  /** The part of a longer text around its first match, split; its beginning where nothing matches. */
  snippet(text: string): HighlightPart[] {
    const exact = this.firstMatch(text, 'exactly');
    const likeness = exact >= 0 ? 'exactly' : 'nearly';
    const first = exact >= 0 ? exact : Math.max(0, this.firstMatch(text.slice(0, NEARLY_SEARCHED), 'nearly'));
    const start = first > BEFORE ? text.indexOf(' ', first - BEFORE) + 1 : 0;
    const rest = excerptOf(text.slice(start), LENGTH);
    return this.split(`${start > 0 ? '… ' : ''}${rest}`.toWellFormed(), likeness);
  }

  private split(text: string, likeness: Likeness): HighlightPart[] {
    const parts: HighlightPart[] = [];
    let end = 0;
    for (const match of text.matchAll(WORD)) {
      if (!this.matches(match[0], likeness)) continue;
      if (match.index > end) parts.push({ text: text.slice(end, match.index), marked: false });
      parts.push({ text: match[0], marked: true });
      end = match.index + match[0].length;
    }
    if (end < text.length) parts.push({ text: text.slice(end), marked: false });
    return parts;
  }

  /** Where the first matching word begins; -1 where none does. */
  private firstMatch(text: string, likeness: Likeness): number {
    for (const match of text.matchAll(WORD)) if (this.matches(match[0], likeness)) return match.index;
    return -1;
  }

  /** A word with hyphens matches as a whole (Wi-Fi, wifi) and by each of its parts. */
  private matches(text: string, likeness: Likeness): boolean {
    let word = this.known.get(text);
    if (!word) this.known.set(text, (word = { folded: fold(text) }));
    return (word[likeness] ??= partsOf(word.folded).some((part) =>
      likeness === 'exactly' ? this.isWanted(part) : this.isNearlyWanted(part),
    ));
  }

  private isWanted(word: string): boolean {
    return (
      this.wanted.has(word) ||
      (this.last.length > 1 && word.startsWith(this.last)) ||
      (this.byStem.get(stemOf(word))?.some((each) => sameStem(word, each)) ?? false)
    );
  }

  /** Whether a longer word begins as one that was searched for, and is at most one slip away from it, or two if it is long. */
  private isNearlyWanted(word: string): boolean {
    return (this.byLetter.get(word[0]!) ?? []).some((each) => {
      const longer = Math.max(word.length, each.length);
      const most = longer < LONG_WORD ? 1 : 2;
      if (longer > LONGEST_COMPARED || Math.abs(word.length - each.length) > most) return false;
      if (this.comparisons >= MOST_COMPARISONS) return false;
      this.comparisons += 1;
      return isWithin(word, each, most);
    });
  }
}

const stemOf = (word: string) => word.slice(0, SHORTEST_STEM);

function grouped(words: readonly string[], key: (word: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const word of words) groups.set(key(word), [...(groups.get(key(word)) ?? []), word]);
  return groups;
}

function partsOf(word: string): string[] {
  const parts = word.split('-');
  return parts.length > 1 ? [parts.join(''), ...parts] : parts;
}

/** Of two words that begin alike. */
function sameStem(a: string, b: string): boolean {
  let common = 0;
  while (common < a.length && a[common] === b[common]) common += 1;
  return common >= SHORTEST_STEM && a.length - common <= LONGEST_ENDING && b.length - common <= LONGEST_ENDING;
}

/**
 * Whether at most so many letters were added, left out, replaced or swapped with their neighbour (optimal string
 * alignment distance). Only what can still be so few is worked out: a narrow band, and no row after one that is beyond.
 */
function isWithin(a: string, b: string, most: number): boolean {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = new Array<number>(b.length + 1).fill(Infinity);
    if (i <= most) next[0] = i;
    let least = next[0]!;
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j += 1) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity;
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, replaced, swapped);
      least = Math.min(least, next[j]!);
    }
    if (least > most) return false;
    [before, row] = [row, next];
  }
  return row[b.length]! <= most;
}
