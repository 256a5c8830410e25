import { dayNumber, dayWith } from './day.js';

/** What a bank slip (boleto de cobrança) asks for. */
export interface Boleto {
  /** Three digits, as COMPE numbers banks. */
  bank: string;
  /** As YYYY-MM-DD; null where it is due when it is presented. */
  dueOn: string | null;
  /** Centavos; 0 where the payer says how much. */
  amount: bigint;
  /** 25 digits, of which each bank makes its own sense. */
  freeField: string;
}

/** The two spellings of a slip: what a scanner reads, of 44 digits, and what people type, of 47. */
export interface BoletoCodes {
  barcode: string;
  line: string;
}

/**
 * Why a text is no bank slip: it has other characters or another length (`shape`), is a bill of a utility or a tax
 * (`utility_bill`), is in no reais (`currency`), has a due factor that means no day (`due`), or a digit of it is wrong: then
 * `field` says of which part of the line the check digit does not fit. The fourth covers the whole code.
 */
export type BoletoProblem =
  { problem: 'shape' | 'utility_bill' | 'currency' | 'due' } | { problem: 'check_digit'; field: 1 | 2 | 3 | 4 };

/** Longer texts are looked at no further. */
const LONGEST = 200;

const REAIS = '9';
/** Codes that begin so are bills of utilities and taxes, which have another layout. */
const UTILITY = '8';
const MOST = 9_999_999_999n;

/** Due factors count from 1000 to 9999, then again from 1000 (February 22 of 2025). */
const [FIRST_FACTOR, FACTORS] = [1000, 9000];
const FIRST_DUE = dayNumber('2000-07-03');
const NO_DUE = '0000';

/** Check digit of modulo 10: weights 2 and 1 from the right, digits of products added. */
function fieldDigit(digits: string): string {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += product > 9 ? product - 9 : product;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Check digit of modulo 11: weights 2 to 9 from the right; what would be 0, 10 or 11 is 1. */
function generalDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => total + Number(digit) * (2 + (index % 8)), 0);
  const digit = 11 - (sum % 11);
  return String(digit > 9 ? 1 : digit);
}

/** The days of one factor are 9,000 apart. */
function dueFactor(dueOn: string): string {
  const days = dayNumber(dueOn) - FIRST_DUE;
  if (days < 0) throw new RangeError('A due factor begins on 2000-07-03');
  return String(FIRST_FACTOR + (days % FACTORS));
}

function dueDay(factor: string, issuedOn: string): string {
  const first = FIRST_DUE + Number(factor) - FIRST_FACTOR;
  const cycle = Math.max(0, Math.round((dayNumber(issuedOn) - first) / FACTORS));
  return dayWith(first + cycle * FACTORS);
}

function lineOf(barcode: string): string {
  const free = barcode.slice(19);
  const fields = [barcode.slice(0, 4) + free.slice(0, 5), free.slice(5, 15), free.slice(15)];
  return fields.map((field) => field + fieldDigit(field)).join('') + barcode.slice(4, 19);
}

function barcodeOf(line: string): string {
  return line.slice(0, 4) + line.slice(32) + line.slice(4, 9) + line.slice(10, 20) + line.slice(21, 31);
}

/**
 * The codes of a bank slip (BCB Circular Letter 2.926/2000; the second round of due factors is FEBRABAN's).
 *
 * @throws RangeError for what a slip cannot say: another number of digits, an amount of more than 99,999,999.99, a day before 2000-07-03
 */
export function boleto({ bank, dueOn, amount, freeField }: Boleto): BoletoCodes {
  if (!/^\d{3}$/.test(bank) || bank.startsWith(UTILITY))
    throw new RangeError('A bank has three digits, the first no 8');
  if (!/^\d{25}$/.test(freeField)) throw new RangeError('The free field has 25 digits');
  if (amount < 0n || amount > MOST) throw new RangeError('The amount has ten digits at most, and is not below 0');
  const rest = (dueOn === null ? NO_DUE : dueFactor(dueOn)) + String(amount).padStart(10, '0') + freeField;
  const barcode = bank + REAIS + generalDigit(bank + REAIS + rest) + rest;
  return { barcode, line: lineOf(barcode) };
}

/**
 * A bank's number with the check digit that slips show behind it: `001-9`.
 * @param bank three digits
 */
export function bankCode(bank: string): string {
  const sum = [...bank].reverse().reduce((total, digit, index) => total + Number(digit) * (2 + index), 0);
  const digit = 11 - (sum % 11);
  return `${bank}-${digit > 9 ? 0 : digit}`;
}

/** A line of 47 digits as it is printed, 00000.00000 00000.000000 00000.000000 0 00000000000000; anything else as it is. */
export const formatBoletoLine = (line: string): string =>
  /^\d{47}$/.test(line)
    ? line.replace(/^(.{5})(.{5})(.{5})(.{6})(.{5})(.{6})(.)(.{14})$/, '$1.$2 $3.$4 $5.$6 $7 $8')
    : line;

/**
 * Reads a line or a bar code, with or without dots and spaces.
 *
 * @param issuedOn as YYYY-MM-DD: every due factor means a day of each 9,000; it is the one that is nearest to the issue
 * @throws RangeError where `issuedOn` is no day
 */
export function readBoleto(
  lineOrBarcode: string,
  { issuedOn }: { issuedOn: string },
): (Boleto & BoletoCodes) | BoletoProblem {
  const digits = lineOrBarcode.length <= LONGEST ? lineOrBarcode.replace(/[\s.-]/g, '') : '';
  if (/^8(?:\d{43}|\d{47})$/.test(digits)) return { problem: 'utility_bill' };
  if (!/^(?:\d{44}|\d{47})$/.test(digits)) return { problem: 'shape' };
  const barcode = digits.length === 44 ? digits : barcodeOf(digits);
  const line = lineOf(barcode);
  if (digits.length === 47) {
    const wrong = ([9, 20, 31] as const).findIndex((place) => digits[place] !== line[place]);
    if (wrong >= 0) return { problem: 'check_digit', field: (wrong + 1) as 1 | 2 | 3 };
  }
  if (generalDigit(barcode.slice(0, 4) + barcode.slice(5)) !== barcode[4]) return { problem: 'check_digit', field: 4 };
  if (barcode[3] !== REAIS) return { problem: 'currency' };
  const factor = barcode.slice(5, 9);
  if (factor !== NO_DUE && Number(factor) < FIRST_FACTOR) return { problem: 'due' };
  return {
    bank: barcode.slice(0, 3),
    dueOn: factor === NO_DUE ? null : dueDay(factor, issuedOn),
    amount: BigInt(barcode.slice(9, 19)),
    freeField: barcode.slice(19),
    barcode,
    line,
  };
}
