/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * JSON in its one canonical form (RFC 8785): members in the order of their names' UTF-16 code units, no space, numbers and texts as
 * ECMAScript writes them. The same value always is the same bytes, whoever writes it.
 * @throws RangeError for a number that is not finite, and a text with half of a surrogate pair
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((each: Json) => canonicalJson(each)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = value as Readonly<Record<string, Json>>;
    const written = Object.keys(members)
      .sort()
      .map((name) => `${text(name)}:${canonicalJson(members[name]!)}`);
    return `{${written.join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('Not a number of JSON');
  return typeof value === 'string' ? text(value) : JSON.stringify(value);
}

function text(value: string): string {
  if (!value.isWellFormed()) throw new RangeError('Not a text of Unicode');
  return JSON.stringify(value);
}
