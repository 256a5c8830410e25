/** A ticket's number for people, as `next_ticket_number` draws it: `T-2026-000123`. Numbers above 999,999 are simply longer. */
export function ticketNumber(year: number, sequence: number): string {
  return `T-${year}-${String(sequence).padStart(6, '0')}`;
}

/** Calendar year of a moment where the organization is. @throws RangeError for an unknown time zone */
export function yearIn(timeZone: string, moment: Date): number {
  return Number(new Intl.DateTimeFormat('en-US-u-ca-gregory', { timeZone, year: 'numeric' }).format(moment));
}

/** Numbers of these years are tried where only the rest of a number was written. */
const YEARS_BACK = 10;
/** What people write before a number. */
const BEFORE = String.raw`(?:\b(?:chamado|ticket|pedido|protocolo|numero|number|num|nro|nr|no|n)\b\W*)*`;
const WHOLE = new RegExp(String.raw`^\W*${BEFORE}t?\W*(20\d{2})\W+0*([1-9]\d{0,8})\W*$`);
const WRITTEN_TOGETHER = new RegExp(String.raw`^\W*${BEFORE}t(20\d{2})(\d{6,9})\W*$`);
const REST = new RegExp(String.raw`^\W*${BEFORE}(?:t\b\W*)?0*([1-9]\d{0,8})\W*$`);
/** Signs that cannot be seen, and the marks that letters carry. */
const UNSEEN = /[\p{Cf}\p{Mn}]/gu;

export interface NumbersInText {
  /** Most likely first. */
  numbers: string[];
  /** Whether the text can mean nothing else. */
  certain: boolean;
}

/**
 * The ticket numbers that a search may mean, as people copy and dictate them: `#T-2026-000052`, `t – 2026 – 52`,
 * `chamado nº 52`. Where the year is missing the recent ones are tried.
 */
export function ticketNumbersIn(text: string, thisYear: number): NumbersInText {
  const read = text.normalize('NFKD').replace(UNSEEN, '').toLowerCase().replaceAll('_', ' ').trim();
  const [, year, sequence] = WHOLE.exec(read) ?? WRITTEN_TOGETHER.exec(read) ?? [];
  if (year && sequence) return { numbers: [ticketNumber(Number(year), Number(sequence))], certain: true };
  const rest = REST.exec(read)?.[1];
  if (!rest) return { numbers: [], certain: false };
  const years = Array.from({ length: YEARS_BACK }, (_each, back) => thisYear - back);
  // "52" and "000052" may as well be words of a conversation; "#52" and "ticket 52" are not.
  return { numbers: years.map((each) => ticketNumber(each, Number(rest))), certain: !/^\d+$/.test(read) };
}
