import { withMarks } from './mask.js';

const MASK = '#####-###';
const DIGITS = 8;

/** The digits of a CEP, in the form in which it is stored; fewer where it is not whole. */
export const normalizePostalCode = (text: string): string => text.replace(/\D/g, '').slice(0, DIGITS);

/** A CEP as it looks while it is typed or pasted. The caret stays behind the digit that it was behind. */
export function maskPostalCode(text: string, caret = text.length): { text: string; caret: number } {
  const masked = (part: string) => withMarks(MASK, normalizePostalCode(part));
  return { text: masked(text), caret: masked(text.slice(0, caret)).length };
}

/** A stored CEP as people write it, 13015-002; anything else as it is. */
export const formatPostalCode = (text: string): string => (/^\d{8}$/.test(text) ? withMarks(MASK, text) : text);
