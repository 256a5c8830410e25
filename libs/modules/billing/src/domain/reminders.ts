import { addDays, type Day } from '@balcao/money';

export const REMINDER_KINDS = ['due_soon', 'overdue'] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

/** The invoices of which a reminder is the latest that has come, by a day of theirs. */
export interface ReminderWindow {
  kind: ReminderKind;
  /** So many before the due date, or behind the last day in time. */
  days: number;
  /** Due dates of `due_soon`, last days in time of `overdue`; both ends included. */
  from: Day;
  to: Day;
}

/** A reminder of lateness that nobody sent for longer, in days, is left: it would surprise more than remind. */
const LATEST = 14;

/**
 * What is to be reminded of on a day. Windows do not overlap, so whoever was away for a while reminds of the latest step alone,
 * and between the due date and the last day in time of nothing.
 */
export function reminderWindows(
  { reminderDays, overdueDays }: { reminderDays: readonly number[]; overdueDays: readonly number[] },
  today: Day,
): ReminderWindow[] {
  const before = ascending(reminderDays).map((days, place, all): ReminderWindow => {
    const sooner = place === 0 ? -1 : all[place - 1]!;
    return { kind: 'due_soon', days, from: addDays(today, sooner + 1), to: addDays(today, days) };
  });
  const behind = ascending(overdueDays).map((days, place, all): ReminderWindow => {
    const last = Math.min(days + LATEST, (all[place + 1] ?? Infinity) - 1);
    return { kind: 'overdue', days, from: addDays(today, -last), to: addDays(today, -days) };
  });
  return [...before, ...behind];
}

const ascending = (days: readonly number[]): number[] => [...new Set(days)].sort((a, b) => a - b);
