import type { Locale } from '@balcao/contracts';
import type { DraftLine } from '@balcao/module-billing';
import { addDays, daysBetween, formatMoney, prorate, type Day, type Period } from '@balcao/money';
import { lessPercent, onceLines, recurringOf, totalOf, usageLines, type Usage } from './charges.js';
import type { Item } from './plan.js';
import { wordsOf } from './words.js';

/** What a change of items within a period is reckoned from. Money is in minor units of `currency`. */
export interface ChangeTerms {
  currency: string;
  /** The period that was billed already; null where none is, as during a trial. */
  period: Period | null;
  /** The day of the change; it is at the higher of both prices. */
  on: Day;
  before: readonly Item[];
  after: readonly Item[];
  /** What the period was billed with, off what recurs. */
  discountPercent: string | null;
  /** What of the period's invoices can still be credited. */
  creditable: bigint;
  used: Usage;
  locale: Locale;
}

/** One thing that a change costs or gives back. */
export interface ChangePart {
  kind: 'charge' | 'credit' | 'once' | 'usage';
  name: string;
  /** Never negative; of a credit what is given back. */
  amount: bigint;
}

/** What a change costs at once: the lines of its invoice, or what is credited. */
export interface ChangeBill {
  parts: ChangePart[];
  /** Days that are left of the period, and of all of it; zero where none is billed. */
  daysLeft: number;
  daysWhole: number;
  lines: DraftLine[];
  /** What a credit note gives back; zero where the invoice asks for more. */
  credit: bigint;
  /** What the invoice comes to, with taxes; below zero what is credited. */
  due: bigint;
}

/** From when on something is not had any more that is left on a day that has begun: that day is paid, or it could be had for nothing. */
export const leftFrom = (on: Day): Day => addDays(on, 1);

/**
 * What changing from one list of items to another costs within a period that is billed already: the same for whoever looks
 * beforehand and for the invoice. Items are paired by their ids. What they would have cost for the days that are left is taken off
 * what they cost now; where nothing is left to pay it is credited, at most what can be, from the next day on.
 */
export function changeBill(terms: ChangeTerms): ChangeBill {
  const more = billFrom(terms, terms.on);
  return more.isLess ? billFrom(terms, leftFrom(terms.on)).bill : more.bill;
}

function billFrom(terms: ChangeTerms, on: Day): { bill: ChangeBill; isLess: boolean } {
  const { currency, period, before, after, discountPercent, used, locale } = terms;
  const words = wordsOf(locale);
  const daysWhole = period ? daysBetween(period.startsOn, period.endsOn) : 0;
  const daysLeft = period ? daysBetween(on, period.endsOn) : 0;
  const shareOf = (item: Item): bigint =>
    period && daysLeft > 0 ? prorate(lessPercent(recurringOf(item), discountPercent), period, on) : 0n;
  const isKept = (item: Item, others: readonly Item[]) =>
    others.some(
      ({ id, priceId, quantity }) => id === item.id && priceId === item.priceId && quantity === item.quantity,
    );
  const going = before.filter((item) => !isKept(item, after));
  const coming = after.filter((item) => !isKept(item, before));

  const charges = coming
    .map((item) => ({ item, amount: shareOf(item) }))
    .filter(({ amount }) => amount > 0n)
    .map(({ item, amount }) => ({
      name: item.name,
      amount,
      line: {
        description: words.days(item.name, daysLeft, daysWhole),
        detail: item.detail,
        startsOn: on,
        endsOn: period!.endsOn,
        quantity: '1',
        unitPrice: amount,
        tax: item.tax,
      } satisfies DraftLine,
    }));
  const credits = going.map((item) => ({ item, amount: shareOf(item) })).filter(({ amount }) => amount > 0n);
  // What is asked for once is asked for of what is new, not of what takes another's place.
  const once = onceLines(
    coming.filter((item) => !before.some(({ id }) => id === item.id)),
    locale,
  );
  const usage = usageLines(going, used, locale);

  const creditTotal = totalOf(
    credits.map(({ item, amount }) => ({ description: item.name, quantity: '1', unitPrice: amount, tax: item.tax })),
    currency,
  );
  const lines = lessCredits(
    charges.map(({ line }) => line),
    credits.map(({ item, amount }) => ({ name: item.name, amount })),
    (name, amount) => words.unused(name, formatMoney({ amount, currency }, locale)),
  );
  const partsOf = (kind: 'once' | 'usage', each: readonly DraftLine[]): ChangePart[] =>
    each.map((line) => ({ kind, name: line.description, amount: totalOf([line], currency) }));
  const parts: ChangePart[] = [
    ...charges.map(({ name, amount }) => ({ kind: 'charge' as const, name, amount })),
    ...credits.map(({ item, amount }) => ({ kind: 'credit' as const, name: item.name, amount })),
    ...partsOf('once', once),
    ...partsOf('usage', usage),
  ];
  const facts = { parts, daysLeft, daysWhole };
  const charged = sum(charges);
  const credited = sum(credits);
  const others = [...once, ...usage];
  if (charged >= credited) {
    const all = [...lines, ...others];
    return { isLess: false, bill: { ...facts, lines: all, credit: 0n, due: totalOf(all, currency) } };
  }
  const chargeTotal = totalOf(
    charges.map(({ line }) => line),
    currency,
  );
  // Where taxes are on top of what comes, and within what goes, less can cost more: then nothing is given back.
  const wanted = creditTotal > chargeTotal ? creditTotal - chargeTotal : 0n;
  const credit = wanted < terms.creditable ? wanted : terms.creditable;
  const due = totalOf(others, currency) - credit;
  return { isLess: true, bill: { ...facts, lines: others, credit, due } };
}

/** Takes what is given back off the lines, the first first, and says so in each. What is more than all of them is left. */
function lessCredits(
  lines: readonly DraftLine[],
  credits: readonly { name: string; amount: bigint }[],
  said: (name: string, amount: bigint) => string,
): DraftLine[] {
  const left = credits.map((credit) => ({ ...credit }));
  return lines.map((line) => {
    let room = line.unitPrice;
    const taken: string[] = [];
    for (const credit of left) {
      const part = credit.amount < room ? credit.amount : room;
      if (part === 0n) continue;
      credit.amount -= part;
      room -= part;
      taken.push(said(credit.name, part));
    }
    if (taken.length === 0) return line;
    const detail = [line.detail, ...taken].filter(Boolean).join('; ');
    return { ...line, detail: detail.slice(0, 500), discount: { amount: line.unitPrice - room } };
  });
}

/**
 * What is given back of a period that ends before its time, in minor units and with taxes: the days from `on` to its end, at most
 * what can be credited.
 */
export function unusedCredit({
  items,
  period,
  on,
  discountPercent,
  creditable,
  currency,
}: {
  items: readonly Item[];
  period: Period;
  on: Day;
  discountPercent: string | null;
  creditable: bigint;
  currency: string;
}): bigint {
  if (on >= period.endsOn) return 0n;
  const lines = items.map((item) => ({
    description: item.name,
    quantity: '1',
    unitPrice: prorate(lessPercent(recurringOf(item), discountPercent), period, on),
    tax: item.tax,
  }));
  const unused = totalOf(lines, currency);
  return unused < creditable ? unused : creditable;
}

const sum = (each: readonly { amount: bigint }[]): bigint => each.reduce((all, { amount }) => all + amount, 0n);
