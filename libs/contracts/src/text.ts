/**
 * What may stand in texts that people type. Refused is what nobody sees, or what turns its surroundings round: with it
 * two names that look alike differ, and one line can pretend to be another.
 */

/** Control characters but for tabs and line breaks, marks of interlinear notes, what Unicode will never assign. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufff9-\ufffb\p{Noncharacter_Code_Point}]/u;
const LINE_BREAKS = /[\t\n\r\u2028\u2029]/;
/** Overrides (UAX #9) show letters in an order that nobody typed; 206A to 206F are deprecated. */
const OVERRIDES = /[\u202d\u202e\u206a-\u206f]/;
/** Marks that change direction until their end. */
const DIRECTIONS = /[\u202a\u202b\u202c\u2066-\u2069]/g;
const ENDS: Readonly<Record<string, string>> = {
  '\u202a': '\u202c',
  '\u202b': '\u202c',
  '\u2066': '\u2069',
  '\u2067': '\u2069',
  '\u2068': '\u2069',
};

/** Flags of regions: a black flag, letters as invisible tags, and an end. */
const FLAGS = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}/gu;
const TAGS = /[\u{e0000}-\u{e007f}]/u;

/** Invisible in a line, whatever stands around it; joiners and selectors depend on their place. */
const INVISIBLE = /(?![\u200c\u200d\u180e\p{Variation_Selector}])\p{Default_Ignorable_Code_Point}/u;
/** Joins or parts letters of scripts that change their shape by it, and the parts of an emoji. */
const JOINER_ASTRAY =
  /(?<![\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Mand}\p{scx=Adlm}\p{scx=Rohg}\p{scx=Phag}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{scx=Laoo}\p{scx=Thai}])[\u200c\u200d]/u;
/** Chooses the shape of the one character before it. */
const SELECTOR_ASTRAY = /(?<![^\p{Z}\p{C}\p{Variation_Selector}])\p{Variation_Selector}|(?<!\p{scx=Mong})\u180e/u;

/** More marks on one letter than any language has cover the lines around, and cost more than their number to bring in order. */
const HEAPED = /\p{M}{31}/u;
const HEAPED_IN_A_LINE = /\p{M}{11}/u;

/** Something to see: no space, mark without letter, filler or blank letter (of Braille and music). */
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800\u{1d159}])[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{M}]/u;

/** Whether there is anything to see in a text. */
export const isVisibleText = (text: string): boolean => VISIBLE.test(text);

/** Whether a line (a name, a subject) holds nothing that hides or turns. */
export function isCleanLine(text: string): boolean {
  if (!text.isWellFormed() || CONTROLS.test(text) || HEAPED_IN_A_LINE.test(text)) return false;
  const line = text.replace(FLAGS, '');
  return !INVISIBLE.test(line) && !JOINER_ASTRAY.test(line) && !SELECTOR_ASTRAY.test(line);
}

/** Whether a text of several lines can be stored and turns nothing round that stands beside it. */
export function isCleanText(text: string): boolean {
  if (!text.isWellFormed() || [CONTROLS, OVERRIDES, HEAPED].some((unclean) => unclean.test(text))) return false;
  return !TAGS.test(text.replace(FLAGS, '')) && text.split(/[\n\r\u2028\u2029]/).every(endsWhatItTurns);
}

/** Whether a text is of one line. */
export const isOneLine = (text: string): boolean => !LINE_BREAKS.test(text);

function endsWhatItTurns(line: string): boolean {
  const open: string[] = [];
  for (const [mark] of line.matchAll(DIRECTIONS)) {
    const end = ENDS[mark];
    if (end) open.push(end);
    else if (open.pop() !== mark) return false;
  }
  return open.length === 0;
}

/** A text's length as databases and JSON Schema count it: in Unicode characters (code points). */
export function textLength(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index += 1) if (isLowSurrogate(text.charCodeAt(index))) length -= 1;
  return length;
}

const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/** One form of texts that look the same: composed (NFC). What no language has stays as it is. */
export const composed = (text: string): string => (HEAPED.test(text) ? text : text.normalize('NFC'));

/** Words to compare, whatever their accents and case. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** What to look for, as it was pasted: without marks that cannot be seen. */
export const searchText = (typed: string): string =>
  composed(typed.replace(/\p{Default_Ignorable_Code_Point}/gu, '')).trim();

/** Marks without width that come along when something is copied. Those that join letters stay, and overrides are no leftover. */
const LEFTOVERS = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202c\u2060-\u2064\u2066-\u2069\ufeff]/g;
const CONTROLS_EACH = new RegExp(CONTROLS, 'gu');
const JOINERS_ASTRAY = new RegExp(JOINER_ASTRAY, 'gu');

/** A text as it was copied, without what nobody sees of it. */
export const withoutLeftovers = (copied: string): string => copied.replace(LEFTOVERS, '');

/** A line as it was meant where it was copied from a cell, a page or a contact: tabs and line ends are spaces in it. */
export const lineOf = (copied: string): string =>
  withoutLeftovers(copied)
    .replace(/[\t-\r\u0085\u2028\u2029]+/g, ' ')
    .replace(CONTROLS_EACH, '')
    .replace(JOINERS_ASTRAY, '');

/** The same for a text of several lines, where a page may end too. */
export const linesOf = (copied: string): string => copied.replace(/[\v\f\u0085]/g, '\n').replace(CONTROLS_EACH, '');
