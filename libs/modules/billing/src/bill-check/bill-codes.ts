import { readBoleto, readPixCode, type PixReading } from '@balcao/brazil';
import type { Day } from '@balcao/money';
import { readCheckCode } from '../domain/check-code.js';

/** What of a bill says whose it is, or by what it is paid. */
export type BillCode =
  | { kind: 'check_code'; checkCode: string }
  /** `text` is what a payer copies, in one line. */
  | { kind: 'pix'; text: string; reading: PixReading }
  | { kind: 'boleto'; barcode: string; amount: bigint };

/** So many of each kind stand on one bill. More are looked at by nobody, or a file could guess at codes by the thousand. */
const MOST_OF_A_KIND = 3;
const PRINTED_CHECK_CODE = /(?<![0-9A-Z-])[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}(?![0-9A-Z-])/g;
/** How a PIX code begins and ends, wherever its lines break. */
const PIX = { start: /0\s?0\s?0\s?2\s?0\s?1/g, end: /6\s?3\s?0\s?4(?:\s?[0-9A-Fa-f]){4}/g, longest: 700 };
/** So many beginnings and ends are tried: what stands in a code may look like its end. */
const MOST_TRIED = 8;
const LINE = /(?<!\d)\d{5}\.?\d{5}\s{0,3}\d{5}\.?\d{6}\s{0,3}\d{5}\.?\d{6}\s{0,3}\d\s{0,3}\d{14}(?!\d)/g;

/** The code that somebody typed, pasted or scanned; undefined for what is none. */
export function readBillCode(text: string, today: Day): BillCode | undefined {
  return pixOf(text) ?? boletoOf(text, today) ?? checkCodeOf(text);
}

/** The codes that stand in the text of a document, as it is read line by line. */
export function billCodesWithin(text: string, today: Day): BillCode[] {
  const all = (pattern: RegExp, read: (text: string) => BillCode | undefined) =>
    [...text.matchAll(pattern)].flatMap(([found]) => read(found) ?? []).slice(0, MOST_OF_A_KIND);
  return [
    ...all(PRINTED_CHECK_CODE, checkCodeOf),
    ...pixCodesWithin(text),
    ...all(LINE, (found) => boletoOf(found, today)),
  ];
}

function pixCodesWithin(text: string): BillCode[] {
  const starts = [...text.matchAll(PIX.start)].slice(0, MOST_TRIED);
  const codes = starts.flatMap(({ index }) => {
    const rest = text.slice(index, index + PIX.longest);
    const ends = [...rest.matchAll(PIX.end)].slice(0, MOST_TRIED);
    const read = ends.map((end) => pixOf(rest.slice(0, end.index + end[0].length)));
    return read.find((code) => code) ?? [];
  });
  return codes.slice(0, MOST_OF_A_KIND);
}

function checkCodeOf(text: string): BillCode | undefined {
  const checkCode = readCheckCode(text);
  return checkCode ? { kind: 'check_code', checkCode } : undefined;
}

function pixOf(text: string): BillCode | undefined {
  const reading = readPixCode(text);
  return 'problem' in reading ? undefined : { kind: 'pix', text: text.replace(/\s*[\r\n]+\s*/g, '').trim(), reading };
}

function boletoOf(text: string, today: Day): BillCode | undefined {
  const read = readBoleto(text, { issuedOn: today });
  return 'problem' in read ? undefined : { kind: 'boleto', barcode: read.barcode, amount: read.amount };
}
