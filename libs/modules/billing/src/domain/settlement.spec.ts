import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, lateCharges } from '@balcao/money';
import { settle, type SettledTarget, type SettlementRules } from './settlement.js';

const DUE = '2026-12-10';
const RULES: SettlementRules = { chargesFirst: true, carries: false };

interface Target extends SettledTarget {
  name: string;
}
const target = (owed: bigint, more: Partial<Target> = {}): Target => ({
  name: 'only',
  principal: owed,
  fine: 0n,
  interest: 0n,
  owed,
  dueOn: DUE,
  payableUntil: DUE,
  finePercent: '2',
  interestPercent: '1',
  ...more,
});

describe('money that came', () => {
  it('pays 24.69 and 5.35 of charges with 1,264.60 for 1,234.56, thirteen days late', () =>
    expect(settle(126_460n, [target(123_456n)], '2026-12-23', RULES)).toEqual({
      charges: [{ target: target(123_456n), amount: 3_004n }],
      carried: [],
      credit: 0n,
    }));

  it('waives charges where it covers the principal only, or carries them', () => {
    expect(settle(123_456n, [target(123_456n)], '2026-12-23', RULES)).toEqual({ charges: [], carried: [], credit: 0n });
    expect(settle(123_456n, [target(123_456n)], '2026-12-23', { ...RULES, carries: true }).carried).toEqual([
      { target: target(123_456n), amount: 3_004n },
    ]);
  });

  it('pays the charges that were asked for and agreed to, though the bank dates it earlier', () => {
    const asked = target(100_000n, { fine: 2_000n, interest: 400n });
    expect(settle(102_400n, [asked], '2026-12-20', RULES)).toMatchObject({ charges: [{ amount: 2_400n }], credit: 0n });
  });

  it('does not charge again what was asked for with a part that is paid', () => {
    const rest = target(40_000n, { principal: 100_000n, fine: 2_000n, interest: 400n });
    expect(settle(50_000n, [rest], DUE, RULES)).toEqual({ charges: [], carried: [], credit: 10_000n });
  });

  it('that is a part pays the part with its own charges, where charges come first', () => {
    // 500.00 and what they cost ten days late: 2 % and 10/30 of 1 %.
    const received = 50_000n + 1_000n + 167n;
    expect(settle(received, [target(100_000n)], '2026-12-20', RULES)).toMatchObject({ charges: [{ amount: 1_167n }] });
    expect(settle(received, [target(100_000n)], '2026-12-20', { ...RULES, chargesFirst: false }).charges).toEqual([]);
  });

  it("for what is owed no more is the customer's", () =>
    expect(settle(500n, [target(0n)], '2026-12-30', RULES)).toEqual({ charges: [], carried: [], credit: 500n }));

  it('is refused where there is none', () => expect(() => settle(0n, [target(1n)], DUE, RULES)).toThrow(RangeError));

  it('goes nowhere else than to what is owed, its charges and the customer, whatever it is and whenever it comes', () => {
    const targets = fc.array(
      fc.record({
        owed: fc.bigInt(0n, 10n ** 9n),
        late: fc.integer({ min: -40, max: 400 }),
        finePercent: fc.constantFrom('0', '2', '1.5', '10'),
        interestPercent: fc.constantFrom('0', '1', '0.0333'),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(
        targets,
        fc.bigInt(1n, 4n * 10n ** 9n),
        fc.boolean(),
        fc.boolean(),
        (given, received, chargesFirst, carries) => {
          const paidOn = '2027-02-01';
          const wanted = given.map(({ owed, late, ...terms }, place) => {
            const dueOn = addDays(paidOn, -late);
            return target(owed, { name: `${place}`, dueOn, payableUntil: dueOn, ...terms });
          });
          const { charges, carried, credit } = settle(received, wanted, paidOn, { chargesFirst, carries });
          const sum = (amounts: readonly { amount: bigint }[]) => amounts.reduce((all, { amount }) => all + amount, 0n);
          const principal = received - credit - sum(charges);
          const owed = wanted.reduce((all, each) => all + each.owed, 0n);
          expect(principal).toBe(received >= owed ? owed : received - sum(charges));
          expect(principal >= 0n && principal <= owed && credit >= 0n).toBe(true);
          if (credit > 0n) expect(principal).toBe(owed);
          if (!carries) expect(carried).toEqual([]);
          for (const each of wanted) {
            const whole = lateCharges({ ...each, paidOn, interestPercentPerMonth: each.interestPercent });
            const of = (list: typeof charges) => sum(list.filter(({ target: { name } }) => name === each.name));
            // Charges of parts are rounded by themselves: fine and interest may each differ by half a unit.
            expect(of(charges) + of(carried) <= whole.fine + whole.interest + 1n).toBe(true);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
