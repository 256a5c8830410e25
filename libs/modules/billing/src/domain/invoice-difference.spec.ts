import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { invoiceTotals, type Discount } from '@balcao/money';
import { invoiceDifference, type ComparedInvoice, type ComparedLine } from './invoice-difference.js';

const line = (unitPrice: bigint, more: Partial<ComparedLine> = {}): ComparedLine => ({
  description: 'Fibra Empresarial 600',
  startsOn: null,
  endsOn: null,
  quantity: '1',
  unitPrice,
  discountPercent: null,
  discountAmount: null,
  taxName: null,
  taxPercent: null,
  taxIsIncluded: false,
  ...more,
});
const of = (startsOn: string, endsOn: string) => ({ startsOn, endsOn });
const taxed = (taxPercent: string, taxIsIncluded = false) => ({ taxName: 'ISS', taxPercent, taxIsIncluded });

/** An invoice of these lines, reckoned as all are. */
function invoice(lines: ComparedLine[], discount?: Discount): ComparedInvoice {
  const { totals, problems } = invoiceTotals({
    currency: 'BRL',
    discount,
    lines: lines.map(
      ({ quantity, unitPrice, discountPercent, discountAmount, taxName, taxPercent, taxIsIncluded }) => ({
        quantity,
        unitPrice,
        ...(discountPercent !== null && { discount: { percent: discountPercent } }),
        ...(discountAmount !== null && { discount: { amount: discountAmount } }),
        ...(taxName !== null && { tax: { rate: taxPercent!, included: taxIsIncluded } }),
      }),
    ),
  });
  if (problems) throw new Error(JSON.stringify(problems));
  return { currency: 'BRL', lines, total: totals.total };
}

/** The parts of each line, in words. */
const told = (before: ComparedInvoice, after: ComparedInvoice) => {
  const { lines, wholeDiscount } = invoiceDifference(before, after);
  return [
    ...lines.map(({ description, parts }) =>
      [description, ...parts.map(({ reason, amount }) => `${reason} ${amount}`)].join(': '),
    ),
    ...(wholeDiscount === 0n ? [] : [`whole ${wholeDiscount}`]),
  ];
};

describe('the difference of two invoices', () => {
  const october = of('2026-10-10', '2026-11-10');
  const november = of('2026-11-10', '2026-12-10');
  const phone = (quantity: string) => line(4_490n, { description: 'Telefonia, ramais', quantity });

  it.each<[string, ComparedLine[], ComparedLine[], string[]]>([
    ['nothing', [line(48_990n, october)], [line(48_990n, november)], ['Fibra Empresarial 600']],
    ['another price', [line(48_990n, october)], [line(51_990n, november)], ['Fibra Empresarial 600: price 3000']],
    ['more of it', [phone('4')], [phone('6')], ['Telefonia, ramais: quantity 8980']],
    ['less of it', [phone('4')], [phone('1')], ['Telefonia, ramais: quantity -13470']],
    [
      'more of it at another price',
      [phone('4')],
      [{ ...phone('5'), unitPrice: 4_000n }],
      ['Telefonia, ramais: quantity 4490: price -2450'],
    ],
    [
      'what is new and what is gone',
      [line(100n), line(50n, { description: 'Roteador' })],
      [line(100n), line(70n, { description: 'Wi-Fi' })],
      ['Fibra Empresarial 600', 'Wi-Fi: new 70', 'Roteador: gone -50'],
    ],
    [
      'a month that was not whole',
      [line(24_000n, of('2026-10-25', '2026-11-10'))],
      [line(48_990n, november)],
      ['Fibra Empresarial 600: period 24990'],
    ],
    [
      'months of other lengths, which are months',
      [line(9n, of('2026-01-31', '2026-02-28'))],
      [line(8n, of('2026-02-28', '2026-03-28'))],
      ['Fibra Empresarial 600: price -1'],
    ],
    [
      'a discount',
      [line(10_000n, { discountPercent: '10' })],
      [line(10_000n)],
      ['Fibra Empresarial 600: discount 1000'],
    ],
    ['a tax on top', [line(10_000n)], [line(10_000n, taxed('5'))], ['Fibra Empresarial 600: tax 500']],
    [
      'a tax within, which changes nothing',
      [line(10_000n)],
      [line(10_000n, taxed('5', true))],
      ['Fibra Empresarial 600'],
    ],
    [
      'the names of months',
      [line(100n, { description: 'Mensalidade de outubro de 2026' }), line(9n, { description: 'Uso 10/2026' })],
      [line(120n, { description: 'Mensalidade de novembro de 2026' }), line(9n, { description: 'Uso 11/2026' })],
      ['Mensalidade de novembro de 2026: price 20', 'Uso 11/2026'],
    ],
    [
      'the order of lines that say the same',
      [line(100n), line(300n)],
      [line(300n), line(100n)],
      ['Fibra Empresarial 600', 'Fibra Empresarial 600'],
    ],
    [
      'case, accents and spaces',
      [line(1n, { description: 'Instalação  A' })],
      [line(1n, { description: 'instalacao a' })],
      ['instalacao a'],
    ],
  ])('is told of %s', (_, before, after, words) => expect(told(invoice(before), invoice(after))).toEqual(words));

  it('is told of what is taken off the whole', () => {
    expect(told(invoice([line(10_000n)], { percent: '10' }), invoice([line(10_000n)]))).toEqual([
      'Fibra Empresarial 600',
      'whole 1000',
    ]);
    expect(told(invoice([line(10_000n)], { percent: '10' }), invoice([line(20_000n)], { percent: '10' }))).toEqual([
      'Fibra Empresarial 600: price 10000',
      'whole -1000',
    ]);
  });

  const anyLine = fc
    .record({
      description: fc.constantFrom('Fibra', 'Telefonia', 'Wi-Fi de outubro', 'Wi-Fi de novembro', 'Visita'),
      quantity: fc.constantFrom('1', '2', '0.5', '3.333333', '12'),
      unitPrice: fc.bigInt(0n, 1_000_000n),
      percent: fc.option(fc.constantFrom('10', '33.3333', '100'), { nil: null }),
      amount: fc.option(fc.bigInt(0n, 100_000n), { nil: null }),
      tax: fc.option(fc.constantFrom(['5', false], ['2.5', true], ['9.25', false]) as fc.Arbitrary<[string, boolean]>, {
        nil: null,
      }),
      period: fc.constantFrom(null, ['2026-10-10', '2026-11-10'], ['2026-10-25', '2026-11-10']),
    })
    .map(({ percent, amount, tax, period, ...each }) => {
      const gross = invoiceTotals({ currency: 'BRL', lines: [each] }).totals!.total;
      return line(each.unitPrice, {
        ...each,
        discountPercent: percent,
        discountAmount: percent === null && amount !== null && amount <= gross ? amount : null,
        ...(tax && taxed(tax[0], tax[1])),
        ...(period && of(period[0]!, period[1]!)),
      });
    });
  const anyInvoice = fc
    .tuple(fc.array(anyLine, { maxLength: 8 }), fc.option(fc.constantFrom('10', '12.5', '100'), { nil: undefined }))
    .map(([lines, percent]) => invoice(lines, percent === undefined ? undefined : { percent }));

  it('is the sum of what it is told by, to the unit', () =>
    fc.assert(
      fc.property(anyInvoice, anyInvoice, (before, after) => {
        const { lines, wholeDiscount, total } = invoiceDifference(before, after);
        const parts = lines.flatMap((each) => each.parts).reduce((all, { amount }) => all + amount, 0n);
        expect(total).toBe(after.total - before.total);
        expect(parts + wholeDiscount).toBe(total);
        for (const each of lines)
          expect(each.parts.reduce((all, { amount }) => all + amount, 0n)).toBe(each.amountAfter - each.amountBefore);
      }),
      { numRuns: 500 },
    ));

  it('has nothing of the whole where nothing was taken off it', () =>
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 8 }), fc.array(anyLine, { maxLength: 8 }), (before, after) => {
        expect(invoiceDifference(invoice(before), invoice(after)).wholeDiscount).toBe(0n);
      }),
    ));

  it('has each line of both once', () =>
    fc.assert(
      fc.property(anyInvoice, anyInvoice, (before, after) => {
        const { lines } = invoiceDifference(before, after);
        expect(lines.flatMap((each) => each.after ?? [])).toEqual([...after.lines]);
        expect(new Set(lines.flatMap((each) => each.before ?? []))).toEqual(new Set(before.lines));
        expect(lines.filter((each) => each.before)).toHaveLength(before.lines.length);
      }),
    ));

  it('is the same backwards, with other signs', () =>
    fc.assert(
      fc.property(anyInvoice, anyInvoice, (before, after) => {
        const [there, back] = [invoiceDifference(before, after), invoiceDifference(after, before)];
        expect(back.total).toBe(-there.total);
        expect(back.wholeDiscount).toBe(-there.wholeDiscount);
      }),
    ));

  it('of an invoice and itself is nothing', () =>
    fc.assert(
      fc.property(anyInvoice, (same) => {
        const { lines, wholeDiscount, total } = invoiceDifference(same, same);
        expect([lines.flatMap((each) => each.parts), wholeDiscount, total]).toEqual([[], 0n, 0n]);
      }),
    ));
});
