export const SLUG_PATTERN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const LONGEST = 80;

/** A readable address made from a title: ASCII, lower case, words joined by hyphens; `fallback` where nothing is left. */
export function slugFrom(title: string, fallback: string): string {
  const words =
    title
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  let slug = '';
  for (const word of words) {
    const longer = slug ? `${slug}-${word}` : word.slice(0, LONGEST);
    if (longer.length > LONGEST) break;
    slug = longer;
  }
  return slug || fallback;
}

/**
 * The first of `name`, `name-2`, `name-3` … that is not taken, and takes it. `taken` holds for each name the last number
 * that it was given, so that a thousand equal names take a thousand steps.
 */
export function freeName(name: string, taken: Map<string, number>): string {
  let number = taken.get(name) ?? 0;
  let free = name;
  do free = (number += 1) === 1 ? name : `${name}-${number}`;
  while (number > 1 && taken.has(free));
  taken.set(name, number).set(free, taken.get(free) ?? 1);
  return free;
}
