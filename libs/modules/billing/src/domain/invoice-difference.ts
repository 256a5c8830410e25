import { daysBetween, invoiceTotals, addMonths, type Day, type Discount } from '@balcao/money';
import { folded } from '@balcao/contracts';

/** A line of an opened invoice, as it was reckoned. Amounts are minor units. */
export interface ComparedLine {
  description: string;
  startsOn: Day | null;
  endsOn: Day | null;
  quantity: string;
  unitPrice: bigint;
  discountPercent: string | null;
  discountAmount: bigint | null;
  taxName: string | null;
  taxPercent: string | null;
  taxIsIncluded: boolean;
}

export interface ComparedInvoice {
  currency: string;
  lines: readonly ComparedLine[];
  total: bigint;
}

/** Why a line costs other than the one before. */
export const DIFFERENCE_REASONS = [
  'new',
  'gone',
  'quantity',
  /** Of more or fewer days, and so of another price. */
  'period',
  'price',
  'discount',
  'tax',
] as const;
export type DifferenceReason = (typeof DIFFERENCE_REASONS)[number];

/** A part of a line's difference, with its sign: more than nothing where this invoice asks for more. */
interface DifferencePart {
  reason: DifferenceReason;
  amount: bigint;
}

/** What a line of this invoice, of the one before, or of both makes of the difference. */
export interface LineDifference {
  description: string;
  before: ComparedLine | null;
  after: ComparedLine | null;
  /** What it came to before and comes to now, without what is taken off the whole invoice; zero where it is not there. */
  amountBefore: bigint;
  amountAfter: bigint;
  /** Sum to the difference of both; empty where nothing is otherwise. */
  parts: DifferencePart[];
}

export interface InvoiceDifference {
  /** In the order of this invoice; behind them those that are gone. */
  lines: LineDifference[];
  /** Of what is taken off the whole invoice. */
  wholeDiscount: bigint;
  /** What all of it comes to: the difference of the totals, to the unit. */
  total: bigint;
}

/**
 * Why one invoice comes to other than another, line by line.
 *
 * Lines that say the same belong together, in their order; of those that are left, those that say the same but for months and
 * years. What a pair differs by is told apart by changing one thing after the other, in the order quantity, price, discount, tax:
 * each step is reckoned as an invoice is, so that the parts are the whole to the unit.
 */
export function invoiceDifference(before: ComparedInvoice, after: ComparedInvoice): InvoiceDifference {
  const { currency } = after;
  const pairs = pairsOf(before.lines, after.lines);
  const lines = [
    ...after.lines.map((line) => lineDifference(pairs.get(line), line, currency)),
    ...before.lines
      .filter((line) => ![...pairs.values()].includes(line))
      .map((line) => lineDifference(line, undefined, currency)),
  ];
  const total = after.total - before.total;
  return {
    lines,
    wholeDiscount: total - sum(lines, ({ amountBefore, amountAfter }) => amountAfter - amountBefore),
    total,
  };
}

function lineDifference(
  before: ComparedLine | undefined,
  after: ComparedLine | undefined,
  currency: string,
): LineDifference {
  const [amountBefore, amountAfter] = [before, after].map((line) => (line ? worthOf(line, currency) : 0n)) as [
    bigint,
    bigint,
  ];
  const parts =
    before && after
      ? changesOf(before, after, currency)
      : [{ reason: after ? ('new' as const) : ('gone' as const), amount: amountAfter - amountBefore }];
  return {
    description: (after ?? before)!.description,
    before: before ?? null,
    after: after ?? null,
    amountBefore,
    amountAfter,
    parts,
  };
}

/** One thing after the other becomes what it is now; each step is what that one changes. */
function changesOf(before: ComparedLine, after: ComparedLine, currency: string): DifferencePart[] {
  const steps: [DifferenceReason, Partial<ComparedLine>][] = [
    ['quantity', pick(after, 'quantity')],
    [lengthOf(before) === lengthOf(after) ? 'price' : 'period', pick(after, 'unitPrice')],
    ['discount', pick(after, 'discountPercent', 'discountAmount')],
    ['tax', pick(after, 'taxName', 'taxPercent', 'taxIsIncluded')],
  ];
  let line = before;
  return steps.flatMap(([reason, changed]) => {
    const next = { ...line, ...changed };
    const amount = worthOf(next, currency) - worthOf(line, currency);
    line = next;
    return amount === 0n ? [] : [{ reason, amount }];
  });
}

const pick = <Name extends keyof ComparedLine>(line: ComparedLine, ...names: Name[]): Partial<ComparedLine> =>
  Object.fromEntries(names.map((name) => [name, line[name]]));

/** What a line comes to by itself, with the tax on top of it. */
function worthOf(line: ComparedLine, currency: string): bigint {
  const { quantity, unitPrice, taxName, taxPercent, taxIsIncluded } = line;
  const tax = taxName === null ? undefined : { rate: taxPercent ?? '0', included: taxIsIncluded };
  const gross = invoiceTotals({ currency, lines: [{ quantity, unitPrice }] }).totals?.total ?? 0n;
  const discount = discountOf(line, gross);
  return invoiceTotals({ currency, lines: [{ quantity, unitPrice, discount, tax }] }).totals?.total ?? 0n;
}

/** A step on the way may be worth less than an amount that is taken off it: then all of it is. */
function discountOf({ discountPercent, discountAmount }: ComparedLine, gross: bigint): Discount | undefined {
  if (discountPercent !== null) return { percent: discountPercent };
  if (discountAmount === null) return undefined;
  return { amount: discountAmount < gross ? discountAmount : gross };
}

/** How long a line's period is: in months where it is of whole ones, in days else; nothing where it has no end. */
function lengthOf({ startsOn, endsOn }: ComparedLine): string {
  if (!startsOn || !endsOn) return '';
  for (let months = 1; months <= 36; months += 1) if (addMonths(startsOn, months) === endsOn) return `${months} months`;
  return `${daysBetween(startsOn, endsOn)} days`;
}

/** Which line of the invoice before belongs to which of this one. */
function pairsOf(before: readonly ComparedLine[], after: readonly ComparedLine[]): Map<ComparedLine, ComparedLine> {
  const pairs = new Map<ComparedLine, ComparedLine>();
  const left = new Set(before);
  for (const nameOf of NAMES) {
    const named = new Map<string, ComparedLine[]>();
    for (const line of left) named.set(nameOf(line), [...(named.get(nameOf(line)) ?? []), line]);
    for (const line of after) {
      const found = pairs.has(line) ? undefined : named.get(nameOf(line))?.shift();
      if (!found) continue;
      pairs.set(line, found);
      left.delete(found);
    }
  }
  return pairs;
}

const MONTHS =
  /\b(?:janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|january|february|march|april|may|june|july|august|september|october|november|december)\b/g;
const DATES = /\b\d{1,4}[/-]\d{1,2}(?:[/-]\d{2,4})?\b|\b(?:19|20)\d\d\b|\b\d{1,2}\/\d{2,4}\b/g;

/** What lines are called alike by, from the most alike on: all that says how much and what for, words alone, words but for months. */
const NAMES: ((line: ComparedLine) => string)[] = [
  (line) => JSON.stringify([words(line), line.quantity, String(line.unitPrice), lengthOf(line)]),
  (line) => words(line),
  (line) => words(line).replace(DATES, '#').replace(MONTHS, '#'),
];

const words = ({ description }: ComparedLine): string => folded(description).replace(/\s+/g, ' ').trim();

const sum = <T>(all: readonly T[], of: (one: T) => bigint): bigint => all.reduce((total, one) => total + of(one), 0n);
