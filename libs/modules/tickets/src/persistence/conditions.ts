import { containing } from '@balcao/module-directory';
import { empty, join, sql, type Sql } from '@balcao/platform-tenancy';

/** More words than this do not narrow a list any further. */
const MOST_WORDS = 5;

/** Condition "and the ticket's number, subject, submitter or description contains every word", accents and case apart. */
export function matchingWords(q: string | undefined): Sql {
  const words = q?.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS) ?? [];
  return words.length === 0
    ? empty
    : join(
        words.map((word) => sql`and t.search like fold(${containing(word)})`),
        ' ',
      );
}

/** Condition "and the column has one of these values". */
export function oneOf(column: Sql, values: readonly string[] | undefined): Sql {
  return values?.length ? sql`and ${column} = any(${values}::text[])` : empty;
}

/** `offset`, where there is one: with it the planner takes a prepared statement for dearer than it is, and plans it anew each time. */
export function skip(offset: number): Sql {
  return offset > 0 ? sql`offset ${offset}` : empty;
}
