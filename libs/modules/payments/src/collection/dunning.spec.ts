import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayAt, daysBetween, type Day } from '@balcao/money';
import { FAILURE_CODES, type FailureCode } from '@balcao/platform-gateways';
import { chargeAt, isHardDecline, lastTryOn, nextStep, waitUntil, MOST_TRIES } from './dunning.js';

const timeZone = 'America/Sao_Paulo';
const TERMS = { retryDays: [3, 5, 7], timeZone };
const at = (day: Day) => chargeAt(day, timeZone);

describe('a try that failed (S0.7)', () => {
  it('is followed by one after 3, 5 and 7 days, at nine where the organization is, and then by none', () => {
    expect(nextStep(1, 'declined', TERMS, at('2026-12-01'))).toEqual({
      kind: 'retry',
      at: new Date('2026-12-04T12:00:00Z'),
    });
    expect(nextStep(2, 'declined', TERMS, at('2026-12-04'))).toEqual({
      kind: 'retry',
      at: new Date('2026-12-09T12:00:00Z'),
    });
    expect(nextStep(3, 'declined', TERMS, at('2026-12-09'))).toEqual({
      kind: 'retry',
      at: new Date('2026-12-16T12:00:00Z'),
    });
    expect(nextStep(4, 'declined', TERMS, at('2026-12-16'))).toEqual({ kind: 'give_up' });
  });

  it.each<[FailureCode, boolean]>([
    ['lost_or_stolen', true],
    ['method_gone', true],
    ['expired_card', true],
    ['insufficient_funds', false],
    ['declined', false],
    ['limit_exceeded', false],
    ['suspected_fraud', false],
    ['authentication_required', false],
    ['other', false],
  ])('for %s never is again by that card: %s', (failure, isHard) => {
    expect(isHardDecline(failure)).toBe(isHard);
    const step = nextStep(1, failure, TERMS, at('2026-12-01'));
    expect(step).toEqual(
      isHard ? { kind: 'wait_for_method', until: at('2026-12-16') } : { kind: 'retry', at: at('2026-12-04') },
    );
  });

  it('waits for a card as long as its tries would have taken, whatever day it is', () => {
    expect(waitUntil(0, TERMS, at('2026-12-01'))).toEqual(at('2026-12-16'));
    expect(waitUntil(3, TERMS, at('2026-12-09'))).toEqual(at('2026-12-16'));
    expect(waitUntil(1, { ...TERMS, retryDays: [] }, at('2026-12-01'))).toEqual(at('2026-12-02'));
  });
});

describe('every schedule', () => {
  const schedules = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 7 });

  it('ends with its last try on the day that was said, over summer time as well', () => {
    fc.assert(
      fc.property(
        schedules,
        fc.constantFrom('America/Sao_Paulo', 'America/New_York', 'Pacific/Auckland'),
        fc.integer({ min: 0, max: 1_000 }),
        (retryDays, zone, from) => {
          const terms = { retryDays, timeZone: zone };
          const first = dayAt(new Date(Date.UTC(2026, 0, 1 + from, 12)), zone);
          const said = lastTryOn(0, first, terms);
          let now = chargeAt(first, zone);
          let tries = 1;
          for (; tries <= MOST_TRIES; tries++) {
            const step = nextStep(tries, 'declined', terms, now);
            if (step.kind === 'give_up') break;
            expect(step.kind).toBe('retry');
            if (step.kind === 'retry') now = step.at;
            // Whoever reads on the way is told the same day.
            expect(lastTryOn(tries, dayAt(now, zone), terms)).toBe(said);
          }
          expect(tries).toBe(retryDays.length + 1);
          expect(dayAt(now, zone)).toBe(said);
          expect(daysBetween(first, said)).toBe(retryDays.reduce((sum, days) => sum + days, 0));
        },
      ),
    );
  });

  it('never tries a card again that never will pay', () => {
    fc.assert(
      fc.property(
        schedules,
        fc.constantFrom(...FAILURE_CODES),
        fc.integer({ min: 1, max: 8 }),
        (retryDays, failure, tries) => {
          const step = nextStep(tries, failure, { retryDays, timeZone }, at('2026-12-01'));
          expect(step.kind === 'retry' && isHardDecline(failure)).toBe(false);
        },
      ),
    );
  });
});
