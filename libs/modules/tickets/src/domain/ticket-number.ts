/** A ticket's number for people: `T-2026-000123`. Numbers above 999,999 are simply longer. */
export function ticketNumber(year: number, sequence: number): string {
  return `T-${year}-${String(sequence).padStart(6, '0')}`;
}

/** Calendar year of a moment where the organization is. @throws RangeError for an unknown time zone */
export function yearIn(timeZone: string, moment: Date): number {
  return Number(new Intl.DateTimeFormat('en-US-u-ca-gregory', { timeZone, year: 'numeric' }).format(moment));
}
