import { describe, expect, it } from '@jest/globals';
import { addDays, daysBetween, invoiceTotals, type Period } from '@balcao/money';
import fc from 'fast-check';
import { changeBill, unusedCredit, type ChangeTerms } from './change.js';
import { recurringLines, totalOf } from './charges.js';
import { item } from './items.fixture.js';
import type { Item } from './plan.js';

const november: Period = { startsOn: '2026-11-10', endsOn: '2026-12-10' };
const terms = (more: Partial<ChangeTerms>): ChangeTerms => ({
  currency: 'BRL',
  period: november,
  on: '2026-11-25',
  before: [item('a', 9990n)],
  after: [item('a', 14990n)],
  discountPercent: null,
  creditable: 9990n,
  used: new Map(),
  locale: 'pt-BR',
  ...more,
});

describe('a change within a period', () => {
  it('asks for the days that are left at the new price, less what is paid for them', () => {
    const bill = changeBill(terms({}));
    expect(bill).toMatchObject({ daysLeft: 15, daysWhole: 30, due: 2500n, credit: 0n });
    expect(bill.parts).toEqual([
      { kind: 'charge', name: 'Plano a', amount: 7495n },
      { kind: 'credit', name: 'Plano a', amount: 4995n },
    ]);
    expect(bill.lines).toMatchObject([
      {
        description: 'Plano a, 15 de 30 dias',
        detail: 'Menos Plano a, não usado: R$\u00a049,95',
        startsOn: '2026-11-25',
        endsOn: '2026-12-10',
        unitPrice: 7495n,
        discount: { amount: 4995n },
      },
    ]);
  });

  it('gives back what is left where the new price is lower, at most what can be', () => {
    const down = { before: [item('a', 14990n)], after: [item('a', 9990n)] };
    // From the next day on: that of the change was had.
    expect(changeBill(terms({ ...down, creditable: 14990n }))).toMatchObject({
      daysLeft: 14,
      due: -2333n,
      credit: 2333n,
      lines: [],
    });
    expect(changeBill(terms({ ...down, creditable: 1000n }))).toMatchObject({ due: -1000n, credit: 1000n });
  });

  it('gives nothing back where taxes on top of what comes make it dearer than what goes, which has them within', () => {
    const taxed = (percent: string, included: boolean) => ({ tax: { name: 'ISS', percent, included } });
    const change = { before: [item('a', 10000n, taxed('5', true))], after: [item('a', 9900n, taxed('5', false))] };
    expect(changeBill(terms({ ...change, creditable: 10000n }))).toMatchObject({ due: 0n, credit: 0n, lines: [] });
  });

  it('asks for nothing within a trial but what is asked for once', () => {
    const added = item('b', 5000n, { setupAmount: 2000n, onceBilledOn: null });
    const bill = changeBill(terms({ period: null, after: [item('a', 9990n), added] }));
    expect(bill).toMatchObject({ daysLeft: 0, daysWhole: 0, due: 2000n });
    expect(bill.parts).toEqual([{ kind: 'once', name: 'Plano b, adesão', amount: 2000n }]);
  });

  it('does not ask again for what was asked for once of the item whose place a plan takes', () =>
    expect(changeBill(terms({ after: [item('a', 14990n, { setupAmount: 2000n, onceBilledOn: null })] })).due).toBe(
      2500n,
    ));

  it('asks for what was used of what goes', () => {
    const counted = item('u', 200n, { model: 'usage', included: '10', unitName: 'minutos' });
    const bill = changeBill(
      terms({ before: [item('a', 9990n), counted], after: [item('a', 9990n)], used: new Map([['u', 12_500_000n]]) }),
    );
    expect(bill).toMatchObject({ due: 500n, parts: [{ kind: 'usage', amount: 500n }] });
  });

  it('says in English what is said in English', () =>
    expect(changeBill(terms({ locale: 'en-US' })).lines[0]).toMatchObject({
      description: 'Plano a, 15 of 30 days',
      detail: 'Less Plano a, not used: R$49.95',
    }));
});

const price = fc.bigInt(0n, 10_000_000n);
const tax = fc.option(
  fc.record({
    name: fc.constant('ISS'),
    percent: fc.constantFrom('2', '5', '3.65'),
    included: fc.boolean(),
  }),
  { nil: null },
);
const items: fc.Arbitrary<Item[]> = fc.uniqueArray(
  fc
    .record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      price,
      tax,
      count: fc.integer({ min: 1, max: 20 }),
      each: fc.boolean(),
    })
    .map(({ id, price: unitAmount, tax: of, count, each }) =>
      item(id, unitAmount, { tax: of, model: each ? 'per_unit' : 'flat', quantity: each ? String(count) : '1' }),
    ),
  { minLength: 1, maxLength: 4, selector: ({ id }) => id },
);
const discount = fc.constantFrom(null, '10', '33.3333', '100');
const periods = fc
  .integer({ min: 1, max: 366 })
  .map((days) => ({ startsOn: '2027-01-31', endsOn: addDays('2027-01-31', days) }));

describe('any change', () => {
  const changes = fc.record({ before: items, after: items, discountPercent: discount, period: periods, at: fc.nat() });
  const reckoned = ({
    before,
    after,
    discountPercent,
    period,
    at,
  }: typeof changes extends fc.Arbitrary<infer T> ? T : never) => {
    const on = addDays(period.startsOn, at % daysBetween(period.startsOn, period.endsOn));
    const creditable = totalOf(recurringLines(before, period, discountPercent), 'BRL');
    return changeBill(terms({ before, after, discountPercent, period, on, creditable }));
  };

  it('is shown at the price that its invoice comes to, to the cent, and never gives back more than there is', () =>
    fc.assert(
      fc.property(changes, (change) => {
        const { lines, credit, due } = reckoned(change);
        const { totals, problems } = invoiceTotals({
          currency: 'BRL',
          lines: lines.map(({ quantity, unitPrice, discount: off, tax: of }) => ({
            quantity,
            unitPrice,
            discount: off ?? undefined,
            tax: of ? { rate: of.percent, included: of.included } : undefined,
          })),
        });
        expect(problems).toBeUndefined();
        expect(totals!.total - credit).toBe(due);
        expect(credit >= 0n).toBe(true);
        expect(credit <= totalOf(recurringLines(change.before, change.period, change.discountPercent), 'BRL')).toBe(
          true,
        );
        // Either there is something to pay, or something to give back.
        expect(credit === 0n || totals!.total === 0n).toBe(true);
      }),
    ));

  it('comes, without taxes, to its charges less its credits', () =>
    fc.assert(
      fc.property(changes, (change) => {
        const plain = (each: Item[]) => each.map((one) => ({ ...one, tax: null }));
        const { parts, due } = reckoned({ ...change, before: plain(change.before), after: plain(change.after) });
        const sum = parts.reduce((all, { kind, amount }) => (kind === 'credit' ? all - amount : all + amount), 0n);
        const most = totalOf(recurringLines(plain(change.before), change.period, change.discountPercent), 'BRL');
        expect(due).toBe(sum < -most ? -most : sum);
      }),
    ));

  it('to what there is already costs nothing', () =>
    fc.assert(
      fc.property(changes, (change) => {
        expect(reckoned({ ...change, after: change.before })).toMatchObject({
          due: 0n,
          credit: 0n,
          lines: [],
          parts: [],
        });
      }),
    ));

  it('and back on the same day gives nobody anything, to half a cent a line, without taxes', () =>
    fc.assert(
      fc.property(changes, (change) => {
        const plain = (each: Item[]) => each.map((one) => ({ ...one, tax: null }));
        const [before, after] = [plain(change.before), plain(change.after)];
        const there = reckoned({ ...change, before, after });
        const sumOf = ({ parts }: typeof there) =>
          parts.reduce((all, { kind, amount }) => (kind === 'credit' ? all - amount : all + amount), 0n);
        const back = reckoned({ ...change, before: after, after: before });
        expect(sumOf(there) + sumOf(back)).toBeGreaterThanOrEqual(-BigInt(before.length + after.length));
      }),
    ));

  it('of any number within a period leaves asked for, without taxes, what each stretch of days has cost to half a cent a line', () =>
    fc.assert(
      fc.property(
        periods,
        fc.array(fc.record({ price, at: fc.nat() }), { minLength: 1, maxLength: 8 }),
        (period, steps) => {
          const days = daysBetween(period.startsOn, period.endsOn);
          const ordered = steps.map(({ price: of, at }) => ({ of, at: at % days })).sort((a, b) => a.at - b.at);
          let [now, asked] = [5_000n, 5_000n];
          // In the days' share of a cent: exact.
          let exact = 5_000n * BigInt(days);
          for (const { of, at } of ordered) {
            const bill = changeBill(
              terms({
                before: [item('a', now)],
                after: [item('a', of)],
                period,
                on: addDays(period.startsOn, at),
                creditable: asked,
              }),
            );
            asked += bill.due;
            // A day on which less is taken is at what was had.
            exact += (of - now) * BigInt(days - at - (of < now ? 1 : 0));
            now = of;
          }
          const off = asked * BigInt(days) - exact;
          const most = BigInt(days) * BigInt(ordered.length);
          expect(off <= most && off >= -most).toBe(true);
          expect(asked >= 0n).toBe(true);
        },
      ),
    ));
});

describe('what is given back of a period that ends before its time', () => {
  const of = (more: Partial<Parameters<typeof unusedCredit>[0]> = {}) =>
    unusedCredit({
      items: [item('a', 10000n)],
      period: november,
      on: '2026-11-25',
      discountPercent: null,
      creditable: 10000n,
      currency: 'BRL',
      ...more,
    });

  it.each([
    [{}, 5000n],
    [{ on: '2026-11-10' }, 10000n],
    [{ on: '2026-12-10' }, 0n],
    [{ discountPercent: '20' }, 4000n],
    [{ creditable: 1234n }, 1234n],
    [
      { items: [item('a', 10000n, { tax: { name: 'ISS', percent: '5', included: false } })], creditable: 10500n },
      5250n,
    ],
  ])('with %j is %s', (more, credit) => expect(of(more)).toBe(credit));
});
