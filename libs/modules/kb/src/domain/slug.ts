import { slugFrom } from '@balcao/contracts';

export const SLUG_PATTERN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** An address made from a title; one that nobody else has by chance, where the title has nothing to make it of. */
export const slugOf = (title: string, kind: 'artigo' | 'categoria', id: string): string =>
  slugFrom(title, 80) || `${kind}-${id.slice(-8)}`;

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
