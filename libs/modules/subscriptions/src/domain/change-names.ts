import type { Locale } from '@balcao/contracts';
import { formatMoney, writeQuantity } from '@balcao/money';
import { scaled } from './charges.js';
import type { Item } from './plan.js';
import { wordsOf } from './words.js';

/** What a subscription has, and what it is named after. */
export interface Named {
  title: string;
  items: readonly Item[];
}

/**
 * What a change is told by: the plans where another one comes, else what there is more, less or something else of, as
 * `2 × Linha adicional`. Both are never the same words, since nobody is told that something becomes what it is.
 */
export function changeNames(before: Named, after: Named, locale: Locale): { titleBefore: string; titleAfter: string } {
  if (before.title !== after.title) return { titleBefore: before.title, titleAfter: after.title };
  const words = wordsOf(locale);
  const [own] = before.items;
  const [other] = after.items;
  const tellings: ((item: Item) => string)[] = [
    (item) => counted(item, locale),
    ({ name, cycle }) => `${name}, ${words.cycle(cycle.unit, cycle.every)}`,
    ({ name, unitAmount, currency }) => `${name}, ${formatMoney({ amount: unitAmount, currency }, locale)}`,
  ];
  const isOtherCycle = own?.cycle.unit !== other?.cycle.unit || own?.cycle.every !== other?.cycle.every;
  for (const tell of isOtherCycle ? tellings.slice(1) : tellings) {
    const titleBefore = told(before, after.items, tell);
    const titleAfter = told(after, before.items, tell);
    if (titleBefore !== titleAfter) return { titleBefore, titleAfter };
  }
  return { titleBefore: before.title, titleAfter: after.title };
}

/** What of one list is not as it is in the other; what it is named after where all of it is there too. */
function told({ title, items }: Named, others: readonly Item[], tell: (item: Item) => string): string {
  const own = items.filter(
    ({ id, priceId, quantity }) =>
      !others.some((other) => other.id === id && other.priceId === priceId && other.quantity === quantity),
  );
  // What comes or goes is told beside the rest.
  const isMore = own.length > 0 && own.every(({ id }) => !others.some((other) => other.id === id));
  return (isMore ? [title, ...own.map(tell)] : own.map(tell)).join(' + ') || title;
}

const counted = ({ model, name, quantity }: Item, locale: Locale): string =>
  model === 'per_unit' ? `${writeQuantity(scaled(quantity), locale)} × ${name}` : name;
