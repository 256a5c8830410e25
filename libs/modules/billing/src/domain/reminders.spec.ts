import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '@balcao/money';
import { reminderWindows } from './reminders.js';

const TODAY = '2026-12-10';
const USUAL = { reminderDays: [3], overdueDays: [1, 7, 15] };

/** The steps of which an invoice is to be reminded today, due (or payable in time) so many days from now. */
const stepsOf = (settings: typeof USUAL, dueIn: number, payableIn = dueIn) =>
  reminderWindows(settings, TODAY).flatMap(({ kind, days, from, to }) => {
    const day = addDays(TODAY, kind === 'due_soon' ? dueIn : payableIn);
    return from <= day && day <= to ? [`${kind} ${days}`] : [];
  });

describe('what is to be reminded of', () => {
  it.each<[dueIn: number, string[]]>([
    [4, []],
    [3, ['due_soon 3']],
    // The worker was away.
    [2, ['due_soon 3']],
    [0, ['due_soon 3']],
    [-1, ['overdue 1']],
    [-6, ['overdue 1']],
    [-7, ['overdue 7']],
    [-14, ['overdue 7']],
    [-15, ['overdue 15']],
    [-29, ['overdue 15']],
    // Nobody reminded for two weeks.
    [-30, []],
    [-900, []],
  ])('due in %i days: %p', (dueIn, steps) => {
    expect(stepsOf(USUAL, dueIn)).toEqual(steps);
  });

  it('is nothing between a due date without banks and the day that they are open again', () => {
    expect(stepsOf(USUAL, -1, 1)).toEqual([]);
    expect(stepsOf(USUAL, -2, 0)).toEqual([]);
    expect(stepsOf(USUAL, -3, -1)).toEqual(['overdue 1']);
  });

  it('is nothing where the organization wants no reminders, and the due date itself where it says so', () => {
    expect(reminderWindows({ reminderDays: [], overdueDays: [] }, TODAY)).toEqual([]);
    expect(stepsOf({ reminderDays: [7, 0], overdueDays: [30] }, 0)).toEqual(['due_soon 0']);
    expect(stepsOf({ reminderDays: [7, 0], overdueDays: [30] }, 1)).toEqual(['due_soon 7']);
  });

  it('is one step at most, the latest that has come, whatever the settings', () => {
    const days = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 5 });
    const late = fc.array(fc.integer({ min: 1, max: 365 }), { maxLength: 10 });
    fc.assert(
      fc.property(days, late, fc.integer({ min: -400, max: 80 }), fc.integer({ min: 0, max: 6 }), (...drawn) => {
        const [reminderDays, overdueDays, dueIn, closed] = drawn;
        const steps = stepsOf({ reminderDays, overdueDays }, dueIn, dueIn + closed);
        const lateBy = -(dueIn + closed);
        const soon = reminderDays.filter((each) => dueIn >= 0 && dueIn <= each);
        const come = overdueDays.filter((each) => each <= lateBy);
        const latest = Math.max(...come);
        const expected =
          soon.length > 0
            ? [`due_soon ${Math.min(...soon)}`]
            : come.length > 0 && lateBy - latest <= 14
              ? [`overdue ${latest}`]
              : [];
        expect(steps).toEqual(expected);
      }),
    );
  });
});
