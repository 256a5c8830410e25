import { allocate, divHalfEven, isCurrency, MOST_MINOR } from './amounts.js';
import { HUNDRED_PERCENT, ONE, parseDecimal, PERCENT_DECIMALS, percentOf, QUANTITY_DECIMALS } from './decimals.js';

/** Lines that an invoice has at most. */
export const MOST_LINES = 500;

/** What is taken off a price: a percentage of it (`'12.5'`, at most four decimals) or an amount in minor units. */
export type Discount = { percent: string; amount?: undefined } | { amount: bigint; percent?: undefined };

export interface InvoiceLine {
  /** More than zero, at most six decimals: `'1.5'`. */
  quantity: string;
  /** Of one, in minor units; never negative: what is given back is a discount or a credit note. */
  unitPrice: bigint;
  discount?: Discount;
  /** `rate` in percent, at most four decimals; `included` where the price contains the tax already. */
  tax?: { rate: string; included: boolean };
}

export interface InvoiceDraft {
  currency: string;
  lines: readonly InvoiceLine[];
  /** Off what all lines are together, after their own discounts. */
  discount?: Discount;
}

/** All in minor units. */
export interface LineTotals {
  /** Quantity × price. */
  gross: bigint;
  /** The line's own. */
  discount: bigint;
  /** `gross` − `discount`. */
  net: bigint;
  /** What of the invoice's discount falls to this line. */
  sharedDiscount: bigint;
  /** `net` − `sharedDiscount`: what its tax is computed on. */
  taxable: bigint;
  /** Contained in `taxable`, or added to it, as the line says. */
  tax: bigint;
}

/** All in minor units; `subtotal` − `discount` + `taxAdded` = `total`. */
export interface InvoiceTotals {
  lines: LineTotals[];
  /** All lines' `net`. */
  subtotal: bigint;
  /** The invoice's own, all lines' `sharedDiscount`. */
  discount: bigint;
  /** Taxes on top of the prices. */
  taxAdded: bigint;
  /** Taxes within the prices; for information, the total has them already. */
  taxIncluded: bigint;
  total: bigint;
}

export type InvoiceProblemCode =
  | 'unknownCurrency'
  | 'tooManyLines'
  /** No decimal, or with more digits than are kept. */
  | 'notADecimal'
  /** A quantity of zero or less. */
  | 'notPositive'
  | 'negative'
  /** A percentage below 0 or above 100. */
  | 'notAPercentage'
  /** A discount of more than what it is taken from. */
  | 'exceedsPrice'
  /** More than `MOST_MINOR`. */
  | 'tooLarge';

/** What is wrong where: `lines.3.discount.amount`, of the line with that index; `discount.percent`, of the invoice itself. */
export interface InvoiceProblem {
  path: string;
  code: InvoiceProblemCode;
  line?: number;
}

export type InvoiceOutcome =
  { totals: InvoiceTotals; problems?: undefined } | { totals?: undefined; problems: InvoiceProblem[] };

/**
 * What an invoice comes to, to the cent: the same answer wherever it is asked, so that a preview is what the server will say.
 *
 * Each line is rounded by itself, three times: price, own discount, tax. The invoice's discount is rounded once and falls to
 * the lines by what they are worth (`allocate`). A tax is `taxable` × rate; one that is included as well, since Brazilian
 * taxes "por dentro" are a part of their own base (Lei Complementar 87/1996, art. 13, § 1º, I; for ISS the base is the price,
 * Lei Complementar 116/2003, art. 7º): 5 % of 120.00 are 6.00, where a European price would contain 5.71. Discounts lessen the
 * base, as they depend on nothing that is still to happen (STJ, Súmula 457; Lei Complementar 214/2025, art. 12, § 2º, III).
 *
 * Never throws for what people wrote: every problem is in the answer.
 */
export function invoiceTotals(draft: InvoiceDraft): InvoiceOutcome {
  const { currency, lines } = draft;
  if (!isCurrency(currency)) return { problems: [{ path: 'currency', code: 'unknownCurrency' }] };
  if (lines.length > MOST_LINES) return { problems: [{ path: 'lines', code: 'tooManyLines' }] };

  const problems: InvoiceProblem[] = [];
  const priced = lines.map((line, index) => {
    const report = (field: string, code: InvoiceProblemCode) =>
      problems.push({ path: `lines.${index}.${field}`, code, line: index });
    return pricedLine(line, report);
  });
  const subtotal = sum(priced, ({ net }) => net);
  const discount = discountOf(draft.discount, subtotal, (field, code) => {
    // What a wrong line is worth is unknown, and so is what can be taken off.
    if (code !== 'exceedsPrice' || problems.length === 0) problems.push({ path: field, code });
  });
  if (problems.length > 0) return { problems };

  const shares = allocate(
    discount,
    priced.map(({ net }) => net),
  );
  const totals = priced.map(({ gross, discount, net, rate }, index): LineTotals => {
    const sharedDiscount = shares[index]!;
    const taxable = net - sharedDiscount;
    return { gross, discount, net, sharedDiscount, taxable, tax: percentOf(taxable, rate) };
  });
  const taxOf = (included: boolean) =>
    sum(totals, ({ tax }, index) => (Boolean(lines[index]!.tax?.included) === included ? tax : 0n));
  const taxAdded = taxOf(false);
  const total = subtotal - discount + taxAdded;
  if (subtotal > MOST_MINOR || total > MOST_MINOR) return { problems: [{ path: 'total', code: 'tooLarge' }] };
  return { totals: { lines: totals, subtotal, discount, taxAdded, taxIncluded: taxOf(true), total } };
}

type Report = (field: string, code: InvoiceProblemCode) => void;

/** A line before the invoice's discount; what is wrong is told, and counts as nothing. */
function pricedLine({ quantity, unitPrice, discount, tax }: InvoiceLine, report: Report) {
  const count = parseDecimal(quantity, QUANTITY_DECIMALS);
  if (count === undefined) report('quantity', 'notADecimal');
  else if (count <= 0n) report('quantity', 'notPositive');
  if (unitPrice < 0n) report('unitPrice', 'negative');
  else if (unitPrice > MOST_MINOR) report('unitPrice', 'tooLarge');
  const known = count !== undefined && count > 0n && unitPrice >= 0n;
  const gross = known ? divHalfEven(count * unitPrice, ONE) : 0n;
  if (gross > MOST_MINOR && unitPrice <= MOST_MINOR) report('quantity', 'tooLarge');
  const off = discountOf(discount, gross, (field, code) => {
    if (known || code !== 'exceedsPrice') report(field, code);
  });
  const rate = tax ? (percentage(tax.rate, (code) => report('tax.rate', code)) ?? 0n) : 0n;
  return { gross, discount: off, net: gross - off, rate };
}

/** What is taken off a price, in minor units: nothing where something is wrong with it. */
function discountOf(discount: Discount | undefined, price: bigint, report: Report): bigint {
  if (!discount) return 0n;
  if (discount.percent !== undefined) {
    const percent = percentage(discount.percent, (code) => report('discount.percent', code));
    return percent === undefined ? 0n : percentOf(price, percent);
  }
  const code = discount.amount < 0n ? 'negative' : discount.amount > price ? 'exceedsPrice' : undefined;
  if (code) report('discount.amount', code);
  return code ? 0n : discount.amount;
}

/** A percentage from 0 to 100, scaled. */
function percentage(text: string, report: (code: InvoiceProblemCode) => void): bigint | undefined {
  const percent = parseDecimal(text, PERCENT_DECIMALS);
  const code =
    percent === undefined ? 'notADecimal' : percent < 0n || percent > HUNDRED_PERCENT ? 'notAPercentage' : undefined;
  if (code) report(code);
  return code ? undefined : percent;
}

const sum = <T>(each: readonly T[], of: (one: T, index: number) => bigint): bigint =>
  each.reduce((all, one, index) => all + of(one, index), 0n);
