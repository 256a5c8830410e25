import { isDrawable } from './fonts.js';

/** Signs that say what others do which the font lacks, or which would be copied from a page as something else. */
const SAME: Readonly<Record<string, string>> = {
  '\u2010': '-',
  '\u2011': '-',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2028': '\n',
  '\u2029': '\n',
  '\t': ' ',
};

const PLAIN = /^[\n\u0020-\u007e\u00a1-\u00ac\u00ae-\u00ff]*$/;
/** Pictures with the signs that vary them; digits and `#` are among `\p{Emoji}` and stay. */
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20e3]/u;
/** What nobody would see in a font that has it either. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\p{Co}]/u;

/**
 * A text as documents can show it: without pictures, with plainer signs for those that the font lacks, and a question mark for
 * each letter of a script that it lacks, so that readers see that something is missing.
 */
export function drawable(text: string): string {
  if (PLAIN.test(text)) return text;
  const composed = text.replace(/\r\n?/g, '\n').normalize('NFC');
  let withoutPictures = false;
  let shown = '';
  for (const character of composed) {
    const sign = drawableCharacter(character);
    if (sign === undefined) withoutPictures = true;
    else shown += sign;
  }
  return withoutPictures ? shown.replace(/ {2,}/g, ' ').replace(/^ +| +$/gm, '') : shown;
}

/** What stands for a character; undefined for a picture, whose spaces go with it. */
function drawableCharacter(character: string): string | undefined {
  const same = SAME[character];
  if (same !== undefined) return same;
  if (character === '\n') return character;
  if (INVISIBLE.test(character)) return '';
  if (/\p{Zs}/u.test(character)) return ' ';
  if (isDrawable(character.codePointAt(0)!)) return character;
  if (PICTURE.test(character)) return undefined;
  // Full-width and mathematical letters, ligatures, letters with marks that the font has no place for.
  const plainer = character.normalize('NFKD').replace(/\p{M}/gu, '');
  if (plainer !== character && Array.from(plainer).every((part) => isDrawable(part.codePointAt(0)!))) return plainer;
  return /\p{M}/u.test(character) ? '' : '?';
}
