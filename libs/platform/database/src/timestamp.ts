import pg from 'pg';

const parseAny = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;

/**
 * A `timestamptz` as PostgreSQL writes it, "2026-11-21 05:35:12.345-03". Rows hold several of them, and pg's own parser,
 * which knows every form there is, takes most of the time in which a row is read; it still gets what is unusual: years of
 * five digits, before Christ, infinity, offsets with minutes.
 */
export function parseTimestamp(text: string): Date {
  const sign = text[text.length - 3];
  const usual = (sign === '+' || sign === '-') && text[4] === '-' && text[10] === ' ';
  return usual ? new Date(`${text.slice(0, 10)}T${text.slice(11)}:00`) : parseAny(text);
}
