import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MOST_MINOR } from './amounts.js';
import { type Discount, type InvoiceDraft, type InvoiceLine, invoiceTotals, MOST_LINES } from './invoice-totals.js';

const line = (unitPrice: bigint, more: Partial<InvoiceLine> = {}): InvoiceLine => ({
  quantity: '1',
  unitPrice,
  ...more,
});
const added = (rate: string) => ({ tax: { rate, included: false } });
const included = (rate: string) => ({ tax: { rate, included: true } });
const draft = (lines: InvoiceLine[], discount?: Discount): InvoiceDraft => ({ currency: 'BRL', lines, discount });
const totalsOf = (lines: InvoiceLine[], discount?: Discount) => {
  const { totals, problems } = invoiceTotals(draft(lines, discount));
  if (problems) throw new Error(JSON.stringify(problems));
  return totals;
};

describe('the totals of an invoice', () => {
  it('are nothing where there is no line yet', () =>
    expect(totalsOf([])).toEqual({ lines: [], subtotal: 0n, discount: 0n, taxAdded: 0n, taxIncluded: 0n, total: 0n }));

  it('are quantity × price, rounded by the line', () => {
    expect(totalsOf([line(333n, { quantity: '1.5' })]).lines[0]!.gross).toBe(500n);
    expect(totalsOf([line(1n, { quantity: '0.5' }), line(1n, { quantity: '0.5' })]).total).toBe(0n);
    expect(totalsOf([line(1n, { quantity: '1.5' }), line(1n, { quantity: '1.5' })]).total).toBe(4n);
    expect(totalsOf([line(3_000_000n, { quantity: '0.000001' })]).total).toBe(3n);
  });

  it('add a tax half to the even cent: 0.50 and 1.50 at 5 %', () => {
    const { lines, taxAdded, total } = totalsOf([line(50n, added('5')), line(150n, added('5'))]);
    expect(lines.map(({ tax }) => tax)).toEqual([2n, 8n]);
    expect([taxAdded, total]).toEqual([10n, 210n]);
  });

  it('find an included tax on the whole price: 6.00 of 120.00 at 5 %', () => {
    const { lines, taxIncluded, taxAdded, total } = totalsOf([line(12000n, included('5'))]);
    expect([lines[0]!.tax, taxIncluded, taxAdded, total]).toEqual([600n, 600n, 0n, 12000n]);
  });

  it('lessen a line by its own discount first, then by its part of the whole one, then tax it', () => {
    const totals = totalsOf(
      [
        line(10000n, { discount: { percent: '10' }, ...added('5') }),
        line(10000n, { discount: { amount: 1000n }, ...included('2.5') }),
        line(9000n),
      ],
      { amount: 10000n },
    );
    expect(totals).toEqual({
      lines: [
        { gross: 10000n, discount: 1000n, net: 9000n, sharedDiscount: 3334n, taxable: 5666n, tax: 283n },
        { gross: 10000n, discount: 1000n, net: 9000n, sharedDiscount: 3333n, taxable: 5667n, tax: 142n },
        { gross: 9000n, discount: 0n, net: 9000n, sharedDiscount: 3333n, taxable: 5667n, tax: 0n },
      ],
      subtotal: 27000n,
      discount: 10000n,
      taxAdded: 283n,
      taxIncluded: 142n,
      total: 17283n,
    });
  });

  it('take a percentage of the whole once, and let it fall to the lines', () => {
    const { lines, discount } = totalsOf([line(33n), line(33n), line(33n), line(0n)], { percent: '12.5' });
    expect(discount).toBe(12n);
    expect(lines.map(({ sharedDiscount }) => sharedDiscount)).toEqual([4n, 4n, 4n, 0n]);
  });

  it('may be nothing by a discount of all there is', () => {
    expect(totalsOf([line(500n, { discount: { percent: '100' }, ...added('5') })]).total).toBe(0n);
    expect(totalsOf([line(500n, added('5'))], { amount: 500n }).total).toBe(0n);
    expect(totalsOf([line(0n)], { percent: '50' }).total).toBe(0n);
  });

  it('reach the largest amount there is', () =>
    expect(totalsOf([line(MOST_MINOR - 1n), line(1n, included('5'))]).total).toBe(MOST_MINOR));
});

describe('what is wrong with an invoice', () => {
  it.each<[string, InvoiceDraft, [path: string, code: string, line?: number][]]>([
    ['a currency', { ...draft([]), currency: 'brl' }, [['currency', 'unknownCurrency']]],
    ['too many lines', draft(Array<InvoiceLine>(MOST_LINES + 1).fill(line(1n))), [['lines', 'tooManyLines']]],
    [
      'quantities',
      draft([line(1n), ...['0', '-1', '1,5', '0.0000001'].map((quantity) => line(1n, { quantity }))]),
      [
        ['lines.1.quantity', 'notPositive', 1],
        ['lines.2.quantity', 'notPositive', 2],
        ['lines.3.quantity', 'notADecimal', 3],
        ['lines.4.quantity', 'notADecimal', 4],
      ],
    ],
    [
      'prices',
      draft([line(-1n), line(MOST_MINOR + 1n)]),
      [
        ['lines.0.unitPrice', 'negative', 0],
        ['lines.1.unitPrice', 'tooLarge', 1],
      ],
    ],
    ['a line', draft([line(MOST_MINOR, { quantity: '2' })]), [['lines.0.quantity', 'tooLarge', 0]]],
    ['what lines are together', draft([line(MOST_MINOR), line(1n)]), [['total', 'tooLarge']]],
    ['what they are before a discount', draft([line(MOST_MINOR), line(1n)], { amount: 9n }), [['total', 'tooLarge']]],
    ['what a tax makes of it', draft([line(MOST_MINOR, added('1'))]), [['total', 'tooLarge']]],
    [
      'discounts of lines',
      draft(
        [{ amount: 101n }, { amount: -1n }, { percent: '100.0001' }, { percent: '-1' }, { percent: 'x' }].map(
          (discount) => line(100n, { discount }),
        ),
      ),
      [
        ['lines.0.discount.amount', 'exceedsPrice', 0],
        ['lines.1.discount.amount', 'negative', 1],
        ['lines.2.discount.percent', 'notAPercentage', 2],
        ['lines.3.discount.percent', 'notAPercentage', 3],
        ['lines.4.discount.percent', 'notADecimal', 4],
      ],
    ],
    ['a discount of the whole', draft([line(100n)], { amount: 101n }), [['discount.amount', 'exceedsPrice']]],
    ['a percentage of the whole', draft([], { percent: '101' }), [['discount.percent', 'notAPercentage']]],
    [
      'rates',
      draft([line(1n, added('100.01')), line(1n, included('-1')), line(1n, added('5%'))]),
      [
        ['lines.0.tax.rate', 'notAPercentage', 0],
        ['lines.1.tax.rate', 'notAPercentage', 1],
        ['lines.2.tax.rate', 'notADecimal', 2],
      ],
    ],
    [
      'a quantity, not the discounts of what it is worth',
      draft([line(100n, { quantity: '', discount: { amount: 5n } })], { amount: 50n }),
      [['lines.0.quantity', 'notADecimal', 0]],
    ],
  ])('%s', (_, wrong, problems) =>
    expect(invoiceTotals(wrong)).toEqual({
      problems: problems.map(([path, code, line]) => (line === undefined ? { path, code } : { path, code, line })),
    }),
  );
});

describe('any invoice', () => {
  const decimal = (scale: number, max: bigint, min = 0n) =>
    fc.bigInt(min, max).map((value) => {
      const digits = value.toString().padStart(scale + 1, '0');
      return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    });
  const percent = decimal(4, 1_000_000n);
  // Of what it is taken from, so that it never exceeds it.
  const discount = fc.option(
    fc.oneof(
      percent.map((each) => ({ percent: each })),
      fc.record({ share: fc.bigInt(0n, 100n) }),
    ),
  );
  type Wanted = { percent: string } | { share: bigint } | null;
  const taken = (wanted: Wanted, price: bigint): Discount | undefined =>
    !wanted ? undefined : 'share' in wanted ? { amount: (price * wanted.share) / 100n } : wanted;
  const lines = fc.array(
    fc
      .record({
        quantity: decimal(6, 10n ** 10n, 1n),
        unitPrice: fc.oneof(fc.bigInt(0n, 200n), fc.bigInt(0n, 10n ** 9n)),
        off: discount,
        tax: fc.option(fc.record({ rate: percent, included: fc.boolean() }), { nil: undefined }),
      })
      .map(({ off, ...rest }): InvoiceLine => {
        const gross = totalsOf([{ quantity: rest.quantity, unitPrice: rest.unitPrice }]).subtotal;
        return { ...rest, discount: taken(off, gross) };
      }),
    { maxLength: 12 },
  );
  const sum = (values: bigint[]) => values.reduce((all, value) => all + value, 0n);

  it('adds up: lines − discounts + added taxes = total, and no line goes below nothing', () => {
    fc.assert(
      fc.property(lines, discount, (each, off) => {
        const totals = totalsOf(each, taken(off, totalsOf(each).subtotal));
        const all = totals.lines;
        const addedTax = (index: number) => (each[index]!.tax?.included === false ? all[index]!.tax : 0n);
        expect(
          sum(all.map((one) => one.gross)) -
            sum(all.map((one) => one.discount + one.sharedDiscount)) +
            sum(all.map((_, index) => addedTax(index))),
        ).toBe(totals.total);
        expect(totals.subtotal - totals.discount + totals.taxAdded).toBe(totals.total);
        expect(sum(all.map((one) => one.sharedDiscount))).toBe(totals.discount);
        expect(totals.taxAdded + totals.taxIncluded).toBe(sum(all.map((one) => one.tax)));
        for (const one of all) {
          expect(one.net).toBe(one.gross - one.discount);
          expect(one.taxable).toBe(one.net - one.sharedDiscount);
          expect(
            [one.gross, one.discount, one.net, one.sharedDiscount, one.taxable, one.tax].every((is) => is >= 0n),
          ).toBe(true);
          expect(one.tax).toBeLessThanOrEqual(one.taxable);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has the same total in whatever order its lines stand', () => {
    fc.assert(fc.property(lines, (each) => expect(totalsOf([...each].reverse()).total).toBe(totalsOf(each).total)));
  });

  it('never throws', () => {
    const anything = fc.record({
      quantity: fc.oneof(fc.string(), decimal(6, 10n ** 20n)),
      unitPrice: fc.bigInt(),
      discount: fc.option(fc.oneof(fc.record({ percent: fc.string() }), fc.record({ amount: fc.bigInt() })), {
        nil: undefined,
      }),
      tax: fc.option(fc.record({ rate: fc.string(), included: fc.boolean() }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 4 }), (each) => {
        const { totals, problems } = invoiceTotals(draft(each));
        return (totals === undefined) !== (problems === undefined);
      }),
    );
  });
});
