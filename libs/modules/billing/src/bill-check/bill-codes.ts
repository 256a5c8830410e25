import { plainPixCode, readBoleto, readPixCode, type PixReading } from '@balcao/brazil';
import type { Day } from '@balcao/money';
import { readCheckCode } from '../domain/check-code.js';

/** What of a bill says whose it is, or by what it is paid. */
export type BillCode =
  | { kind: 'check_code'; checkCode: string }
  /** `text` is what a payer copies, as `plainPixCode` spells it. */
  | { kind: 'pix'; text: string; reading: PixReading }
  | { kind: 'boleto'; barcode: string; amount: bigint };

/** So many check codes are looked up of one bill, or a file could guess at them by the thousand; so many ways to pay it stand on none. */
const MOST_OF_A_KIND = 3;
const PRINTED_CHECK_CODE = /(?<![0-9A-Z-])[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}(?![0-9A-Z-])/g;
/** How a PIX code begins and ends, wherever its lines break. */
const PIX = { start: /0\s?0\s?0\s?2\s?0\s?1/g, end: /6\s?3\s?0\s?4(?:\s?[0-9A-Fa-f]){4}/g, longest: 700 };
/** So many beginnings and ends are tried: what stands in a code may look like its end. No bill has more. */
const MOST_TRIED = 8;
const LINE = /(?<!\d)\d{5}\.?\d{5}\s{0,3}\d{5}\.?\d{6}\s{0,3}\d{5}\.?\d{6}\s{0,3}\d\s{0,3}\d{14}(?!\d)/g;

/** The code that somebody typed, pasted or scanned; undefined for what is none. */
export function readBillCode(text: string, today: Day): BillCode | undefined {
  return pixOf(text) ?? boletoOf(text, today) ?? checkCodeOf(text);
}

/**
 * The codes that stand in the text of a document, as it is read line by line; none where there are more ways to pay it than any bill has,
 * since the one that is paid could be one that nobody has looked at.
 */
export function billCodesWithin(text: string, today: Day): BillCode[] {
  const all = (pattern: RegExp, read: (text: string) => BillCode | undefined) =>
    [...text.matchAll(pattern)].flatMap(([found]) => read(found) ?? []);
  const pix = pixCodesWithin(text);
  const slips = distinct(all(LINE, (found) => boletoOf(found, today)));
  if (!pix || pix.length > MOST_OF_A_KIND || slips.length > MOST_OF_A_KIND) return [];
  return [...distinct(all(PRINTED_CHECK_CODE, checkCodeOf)).slice(0, MOST_OF_A_KIND), ...pix, ...slips];
}

/** Undefined where there is too much that looks like one to try it all. */
function pixCodesWithin(text: string): BillCode[] | undefined {
  const starts = upTo(MOST_TRIED, text.matchAll(PIX.start));
  if (!starts) return undefined;
  const codes: BillCode[] = [];
  for (const { index } of starts) {
    const rest = text.slice(index, index + PIX.longest);
    const ends = upTo(MOST_TRIED, rest.matchAll(PIX.end));
    if (!ends) return undefined;
    const read = ends.map((end) => pixOf(rest.slice(0, end.index + end[0].length)));
    codes.push(...read.filter((code) => code !== undefined).slice(0, 1));
  }
  return distinct(codes);
}

/** All of them; undefined for more than so many. */
function upTo<Each>(most: number, all: Iterable<Each>): Each[] | undefined {
  const some: Each[] = [];
  for (const each of all) {
    if (some.length === most) return undefined;
    some.push(each);
  }
  return some;
}

const printed = (code: BillCode): string =>
  code.kind === 'pix' ? code.text : code.kind === 'boleto' ? code.barcode : code.checkCode;

/** Each once: a code stands beside its picture, and once more on the next page. */
const distinct = (codes: readonly BillCode[]): BillCode[] => [
  ...new Map(codes.map((code) => [printed(code), code])).values(),
];

function checkCodeOf(text: string): BillCode | undefined {
  const checkCode = readCheckCode(text);
  return checkCode ? { kind: 'check_code', checkCode } : undefined;
}

function pixOf(text: string): BillCode | undefined {
  const reading = readPixCode(text);
  return 'problem' in reading ? undefined : { kind: 'pix', text: plainPixCode(text)!, reading };
}

function boletoOf(text: string, today: Day): BillCode | undefined {
  const read = readBoleto(text, { issuedOn: today });
  return 'problem' in read ? undefined : { kind: 'boleto', barcode: read.barcode, amount: read.amount };
}
