import { withMarks } from './mask.js';

const CNPJ_SHAPE = /^[A-Z0-9]{12}\d{2}$/;
const CPF_SHAPE = /^\d{11}$/;

/** Removes mask and spaces and raises letters: the form in which tax ids are stored. */
export function normalizeTaxId(value: string): string {
  return value.replace(/[\s./-]/g, '').toUpperCase();
}

/** Check digit of modulo 11: a remainder below 2 gives 0. Characters count as their ASCII code minus 48. */
function checkDigit(characters: string, weights: number[]): number {
  const sum = weights.reduce((total, weight, index) => total + weight * (characters.charCodeAt(index) - 48), 0);
  const remainder = sum % 11;
  return remainder < 2 ? 0 : 11 - remainder;
}

const FIRST_CNPJ_WEIGHTS = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
const SECOND_CNPJ_WEIGHTS = [6, ...FIRST_CNPJ_WEIGHTS];

/** Whether a normalized text is a CNPJ, numeric or alphanumeric (Receita Federal, IN RFB 2.229/2024). */
export function isCnpj(value: string): boolean {
  if (!CNPJ_SHAPE.test(value) || /^(.)\1*$/.test(value)) return false;
  return (
    checkDigit(value, FIRST_CNPJ_WEIGHTS) === Number(value[12]) &&
    checkDigit(value, SECOND_CNPJ_WEIGHTS) === Number(value[13])
  );
}

/** Whether a normalized text is a CPF. */
export function isCpf(value: string): boolean {
  if (!CPF_SHAPE.test(value) || /^(.)\1*$/.test(value)) return false;
  const weights = (length: number) => Array.from({ length }, (_, index) => length + 1 - index);
  return checkDigit(value, weights(9)) === Number(value[9]) && checkDigit(value, weights(10)) === Number(value[10]);
}

/** Whether a normalized text is either. */
export const isTaxId = (value: string): boolean => isCnpj(value) || isCpf(value);

/** Lengths and masks of both kinds; `#` stands for one of the number's own characters. */
const MASKS = { cnpj: '##.###.###/####-##', cpf: '###.###.###-##' };
export type TaxIdKind = keyof typeof MASKS;
const OWN = { cnpj: /[^A-Z0-9]/g, cpf: /\D/g };

const FITS = { cnpj: isCnpj, cpf: isCpf };
/** How such a number stands among words, masked or not. */
const AMONG_WORDS = {
  cnpj: /(?<![A-Z0-9])[A-Z0-9]{2}\.?[A-Z0-9]{3}\.?[A-Z0-9]{3}\/?[A-Z0-9]{4}-?\d{2}(?!\d)/g,
  cpf: /(?<!\d)\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\d)/g,
};

/** The number of a text that was copied with its label or a name; undefined where there is none whose check digits fit. */
function amongWords(kind: TaxIdKind, text: string): string | undefined {
  const numbers = (text.toUpperCase().match(AMONG_WORDS[kind]) ?? []).map(normalizeTaxId);
  return numbers.find((number) => FITS[kind](number));
}

/**
 * The CNPJ that a text is, whether its check digits fit or not, or one that stands among its words; undefined for anything
 * else, a CPF above all.
 */
export function cnpjWithin(text: string): string | undefined {
  if (amongWords('cpf', text)) return undefined;
  const number = text.trim().replace(/[./-]/g, '').toUpperCase();
  return CNPJ_SHAPE.test(number) ? number : amongWords('cnpj', text);
}

/** What of a text can belong to a number of this kind, raised, without mask and no longer than the number. */
const ownCharacters = (kind: TaxIdKind, text: string): string =>
  text
    .toUpperCase()
    .replace(OWN[kind], '')
    .slice(0, kind === 'cpf' ? 11 : 14);

/**
 * A number as it looks while it is typed or pasted: marks stand between what is there, never at its end. The caret stays
 * behind the character that it was behind; of what was pasted with words around, the number is taken.
 */
export function maskTaxId(kind: TaxIdKind, text: string, caret = text.length): { text: string; caret: number } {
  const masked = (characters: string) => withMarks(MASKS[kind], characters);
  const pasted = amongWords(kind, text);
  if (pasted && ownCharacters(kind, text) !== pasted) return { text: masked(pasted), caret: masked(pasted).length };
  return { text: masked(ownCharacters(kind, text)), caret: masked(ownCharacters(kind, text.slice(0, caret))).length };
}

/** A stored tax id as people write it, 00.000.000/0000-00 or 000.000.000-00; anything else as it is. */
export function formatTaxId(value: string): string {
  const kind = CNPJ_SHAPE.test(value) ? 'cnpj' : CPF_SHAPE.test(value) ? 'cpf' : undefined;
  return kind ? maskTaxId(kind, value).text : value;
}
