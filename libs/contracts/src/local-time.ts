/** A date and a time of day without a zone, to the minute: what a clock on the wall shows. */
export const LOCAL_TIME = /^2\d{3}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** Whether a text is one, of a day and an hour that there are: neither February 30 nor 24:00. */
export function isLocalTime(text: string): boolean {
  return LOCAL_TIME.test(text) && isoMinutes(new Date(`${text}Z`)) === text;
}

/** The same wall time some days or months later; of a month that is too short, its last day. */
export function laterLocalTime(text: string, { days = 0, months = 0 }: { days?: number; months?: number }): string {
  const date = new Date(`${text}Z`);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last) + days);
  return isoMinutes(date)!;
}

const isoMinutes = (date: Date) => (Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 16));
