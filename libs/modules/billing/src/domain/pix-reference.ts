import { readCheckCode } from './check-code.js';

/** Letters and digits of a check code, and those of a txid at most. */
const [CODE, LONGEST] = [8, 25];

/**
 * The txid of an invoice's own PIX code: the end of its number, by which staff know the payment again in a statement of the bank,
 * and its check code, which tells whoever asks whether the bill is genuine. Numbers follow each other; codes cannot be guessed.
 */
export const pixReference = (number: string, checkCode: string): string =>
  number.replace(/[^A-Za-z0-9]/g, '').slice(-(LONGEST - CODE)) + checkCode;

/** The check code of the invoice that a txid is of; undefined where it can be none of ours. */
export const checkCodeOfReference = (txid: string): string | undefined => readCheckCode(txid.slice(-CODE));
