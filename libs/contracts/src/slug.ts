/** The name of an organization or a portal in addresses: a label of DNS, so that it can be a subdomain too. */
export const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
export const LONGEST_SLUG = 63;

/** Latin letters that are no ASCII letter with a mark, as people write them where they have no key for them. */
const LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  ð: 'd',
  ø: 'o',
  þ: 'th',
  ß: 'ss',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ĸ: 'k',
  ł: 'l',
  ŋ: 'n',
  œ: 'oe',
  ŧ: 't',
  ə: 'e',
};

/**
 * A readable address made from a text: ASCII, lower case, words joined by hyphens, cut between words where that is
 * possible. Empty where nothing of it can be written so, as of another script: to spell that in Latin, one would have to
 * know its language.
 */
export function slugFrom(text: string, longest: number): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  let slug = '';
  for (const [word] of plain.replace(/[ß-ə]/g, (letter) => LETTERS[letter] ?? letter).matchAll(/[a-z0-9]+/g)) {
    const longer = slug ? `${slug}-${word}` : word.slice(0, longest);
    if (longer.length > longest) break;
    slug = longer;
  }
  return slug;
}
