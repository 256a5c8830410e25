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

/** Lengths and masks of both kinds; `#` stands for one of the number's own characters. */
const MASKS = { cnpj: '##.###.###/####-##', cpf: '###.###.###-##' };
export type TaxIdKind = keyof typeof MASKS;
const OWN = { cnpj: /[^A-Z0-9]/g, cpf: /\D/g };

/** What of a text can belong to a number of this kind, raised, without mask and no longer than the number. */
const ownCharacters = (kind: TaxIdKind, text: string): string =>
  text
    .toUpperCase()
    .replace(OWN[kind], '')
    .slice(0, kind === 'cpf' ? 11 : 14);

/**
 * A number as it looks while it is typed or pasted: marks stand between what is there, never at its end. The caret stays
 * behind the character that it was behind.
 */
export function maskTaxId(kind: TaxIdKind, text: string, caret = text.length): { text: string; caret: number } {
  const masked = (characters: string) => {
    let taken = 0;
    let written = '';
    for (const place of MASKS[kind]) {
      if (taken === characters.length) break;
      written += place === '#' ? characters[taken++] : place;
    }
    return written;
  };
  return { text: masked(ownCharacters(kind, text)), caret: masked(ownCharacters(kind, text.slice(0, caret))).length };
}

/** A stored tax id as people write it, 00.000.000/0000-00 or 000.000.000-00; anything else as it is. */
export function formatTaxId(value: string): string {
  const kind = CNPJ_SHAPE.test(value) ? 'cnpj' : CPF_SHAPE.test(value) ? 'cpf' : undefined;
  return kind ? maskTaxId(kind, value).text : value;
}
