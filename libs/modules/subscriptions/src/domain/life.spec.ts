import { describe, expect, it } from '@jest/globals';
import { actionsOf } from './actions.js';
import { item } from './items.fixture.js';
import { nextStep, type Plans } from './life.js';
import { monthlyOf, type MonthlyFacts } from './monthly.js';
import { nextCharge, type ChargeFacts } from './next-charge.js';
import { fittingOffer } from './offer.js';

const NOTHING: Plans = { cancelOn: null, resumeOn: null, pauseOn: null, nextRenewalOn: null, pausedAt: null };
const now = new Date('2026-11-10T12:00:00Z');

describe('what becomes of a subscription next by itself', () => {
  it.each<[Partial<Plans>, ReturnType<typeof nextStep>]>([
    [{}, null],
    [{ nextRenewalOn: '2026-11-11' }, null],
    [{ nextRenewalOn: '2026-11-10' }, { kind: 'renew', on: '2026-11-10' }],
    [
      { nextRenewalOn: '2026-11-10', cancelOn: '2026-11-10' },
      { kind: 'cancel', on: '2026-11-10' },
    ],
    [
      { nextRenewalOn: '2026-11-10', pauseOn: '2026-11-10' },
      { kind: 'pause', on: '2026-11-10' },
    ],
    [
      { nextRenewalOn: '2026-11-08', pauseOn: '2026-11-10' },
      { kind: 'renew', on: '2026-11-08' },
    ],
    [
      { pausedAt: now, resumeOn: '2026-11-09' },
      { kind: 'resume', on: '2026-11-09' },
    ],
    [
      { pausedAt: now, resumeOn: '2026-11-09', cancelOn: '2026-11-09' },
      { kind: 'cancel', on: '2026-11-09' },
    ],
    // The end of a pause that has not begun is no step.
    [{ pauseOn: '2026-11-20', resumeOn: '2026-11-09' }, null],
  ])('with %j is %j', (plans, step) => expect(nextStep({ ...NOTHING, ...plans }, '2026-11-10')).toEqual(step));
});

describe('what is asked for next', () => {
  const facts: ChargeFacts = {
    ...NOTHING,
    currency: 'BRL',
    anchorOn: '2027-01-31',
    periodCount: 1,
    startedAt: now,
    trialEndsOn: null,
    endedAt: null,
    discountPercent: null,
    nextRenewalOn: '2027-02-28',
  };
  const of = (more: Partial<ChargeFacts>, isOtherCycle = false) =>
    nextCharge({ ...facts, ...more }, [item('a', 10000n)], { used: new Map(), locale: 'pt-BR', isOtherCycle });

  it.each<[string, Partial<ChargeFacts>, boolean, unknown]>([
    [
      'counts periods from the anchor',
      {},
      false,
      { on: '2027-02-28', period: { startsOn: '2027-02-28', endsOn: '2027-03-31' }, total: 10000n },
    ],
    ['takes the discount off', { discountPercent: '10' }, false, { total: 9000n }],
    ['begins anew with another cycle', {}, true, { period: { startsOn: '2027-02-28', endsOn: '2027-03-28' } }],
    [
      'is asked for behind the trial',
      { startedAt: null, trialEndsOn: '2027-02-14', nextRenewalOn: '2027-01-31' },
      false,
      { on: '2027-02-14' },
    ],
    [
      'is asked for when it is back',
      { pausedAt: now, nextRenewalOn: null, resumeOn: '2027-04-05' },
      false,
      { on: '2027-04-05', period: { startsOn: '2027-04-05', endsOn: '2027-05-05' } },
    ],
    ['is none while nobody says when it is back', { pausedAt: now, nextRenewalOn: null }, false, null],
    [
      'is what a pause that begins before lets',
      { pauseOn: '2027-02-20', resumeOn: '2027-03-10' },
      false,
      { on: '2027-03-10' },
    ],
    ['is none where it ends before', { cancelOn: '2027-02-28' }, false, null],
    ['is none of an ended one', { endedAt: now }, false, null],
  ])('%s', (_, more, isOtherCycle, expected) =>
    expected === null
      ? expect(of(more, isOtherCycle)).toBeNull()
      : expect(of(more, isOtherCycle)).toMatchObject(expected as object),
  );
});

describe('what it brings in a month', () => {
  const facts: MonthlyFacts = {
    state: 'active',
    currentStartsOn: '2026-11-10',
    discountPercent: null,
    billedDiscountPercent: null,
  };
  it.each<[Partial<MonthlyFacts>, bigint]>([
    [{}, 10000n],
    [{ state: 'past_due' }, 10000n],
    [{ state: 'trialing' }, 0n],
    [{ state: 'paused' }, 0n],
    [{ state: 'canceled' }, 0n],
    [{ state: 'pending' }, 0n],
    [{ billedDiscountPercent: '25' }, 7500n],
    // From the next period on.
    [{ discountPercent: '25' }, 10000n],
  ])('with %j is %s', (more, monthly) => expect(monthlyOf({ ...facts, ...more }, [item('a', 10000n)])).toBe(monthly));

  it('is a share of longer cycles, and nothing of usage and what is asked for once', () => {
    const yearly = { cycle: { unit: 'year', every: 1 } } as const;
    expect(monthlyOf(facts, [item('a', 100n, yearly), item('u', 5n, { ...yearly, model: 'usage' })])).toBe(8n);
    expect(monthlyOf(facts, [item('a', 30000n, { cycle: { unit: 'month', every: 3 } })])).toBe(10000n);
  });
});

describe('the one offer that fits', () => {
  const terms = { offersPause: true, offersPlan: true, offerPercent: '20', offerPeriods: 3 };
  const facts = { canPause: true, cheaper: { priceId: 'p' }, hadDiscount: false };
  it.each([
    ['closing_for_a_while', {}, { kind: 'pause' }],
    ['closing_for_a_while', { canPause: false }, null],
    ['too_expensive', {}, { kind: 'discount', percent: '20', periods: 3 }],
    ['too_expensive', { hadDiscount: true }, { kind: 'plan', priceId: 'p' }],
    ['competitor', { hadDiscount: true, cheaper: null }, null],
    ['not_needed', {}, { kind: 'plan', priceId: 'p' }],
    ['moving', {}, null],
    ['quality', {}, null],
    [null, {}, { kind: 'discount', percent: '20', periods: 3 }],
  ] as const)('for %s with %j is %j', (reason, more, offer) =>
    expect(fittingOffer(terms, { ...facts, reason, ...more })).toEqual(offer),
  );

  it('is none where the organization offers nothing', () =>
    expect(
      fittingOffer(
        { offersPause: false, offersPlan: false, offerPercent: '0', offerPeriods: 3 },
        { ...facts, reason: null },
      ),
    ).toBeNull());
});

describe('what a customer may do', () => {
  const all = { change: true, pause: true, cancelAtPeriodEnd: true, cancelNow: true };
  const none = { change: false, pause: false, cancelAtPeriodEnd: false, cancelNow: false };
  const facts = {
    state: 'active',
    pausedFor: null,
    cancelOn: null,
    pauseOn: null,
    hasUndoableChange: false,
    isTakenUp: false,
    staffPlan: { change: false, pause: false, cancel: false },
  } as const;
  it.each([
    [{}, ['change', 'pause', 'cancel_at_period_end', 'cancel_now']],
    [{ cancelOn: '2026-12-10' }, ['change', 'cancel_now', 'undo_cancellation']],
    [{ pauseOn: '2026-12-10' }, ['change', 'pause', 'cancel_at_period_end', 'cancel_now', 'undo_pause']],
    [{ state: 'canceled', isTakenUp: true }, []],
    [
      {
        cancelOn: '2026-12-10',
        pauseOn: '2026-12-01',
        hasUndoableChange: true,
        staffPlan: { change: true, pause: true, cancel: true },
      },
      ['cancel_now'],
    ],
    [{ hasUndoableChange: true }, ['change', 'pause', 'cancel_at_period_end', 'cancel_now', 'undo_change']],
    [{ state: 'trialing' }, ['change', 'cancel_at_period_end', 'cancel_now']],
    [{ state: 'paused', pausedFor: 'wish' }, ['resume', 'cancel_at_period_end', 'cancel_now']],
    [{ state: 'paused', pausedFor: 'unpaid' }, ['cancel_at_period_end', 'cancel_now']],
    [{ state: 'paused', pausedFor: 'wish', cancelOn: '2026-12-10' }, ['cancel_now', 'undo_cancellation']],
    [{ state: 'canceled' }, ['restart']],
  ] as const)('with one of %j is %j, and nothing where the portal lets them do nothing', (more, actions) => {
    expect(actionsOf({ ...facts, ...more }, all)).toEqual(actions);
    expect(actionsOf({ ...facts, ...more }, none)).toEqual([]);
  });
});
