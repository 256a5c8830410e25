import type { Plan, PlanPrice } from '../../data/plans.js';
import type { SubscribedItem } from '../../data/subscriptions.js';
import { quantityOf, quantityProblem, typedQuantity } from './typed.js';

/** One of what a subscription has, as it is edited. */
export interface ItemRow {
  /** Tells it from the others while it is edited. */
  key: number;
  /** Of the item that stays, or whose place it takes. */
  id?: string;
  priceId: string;
  quantity: string;
  detail: string;
}

/** The rows of items as the API takes them, written as one text; a first one where there are none. */
export function wishedRows(text: string): readonly ItemRow[] {
  if (text === '') return [newRow()];
  const items = JSON.parse(text) as { priceId: string; quantity?: string; detail?: string | null }[];
  return items.map(({ priceId, quantity = '1', detail }) => ({
    ...newRow(),
    priceId,
    quantity: typedQuantity(quantity),
    detail: detail ?? '',
  }));
}

/** A price with the plan that it is of. */
export interface OfferedPrice extends PlanPrice {
  planName: string;
}

let made = 0;
export const newRow = (): ItemRow => ({ key: ++made, priceId: '', quantity: '1', detail: '' });
export const rowOf = ({ id, priceId, quantity, detail }: SubscribedItem): ItemRow => ({
  ...newRow(),
  id,
  priceId,
  quantity: typedQuantity(quantity),
  detail: detail ?? '',
});

/** Prices that are sold, and those that somebody has already; the plans first, by name. */
export function pricesOf(plans: readonly Plan[], kept: readonly string[]): OfferedPrice[] {
  return [...plans]
    .sort((one, other) => other.kind.localeCompare(one.kind) || one.name.localeCompare(other.name))
    .flatMap(({ name, archivedAt, prices }) =>
      prices
        .filter((price) => kept.includes(price.id) || (archivedAt === null && price.archivedAt === null))
        .map((price) => ({ ...price, planName: name })),
    );
}

/** Whether two prices may stand in one subscription. */
export const fit = (one: PlanPrice, other: PlanPrice): boolean =>
  one.unitAmount.currency === other.unitAmount.currency &&
  one.cycle.unit === other.cycle.unit &&
  one.cycle.every === other.cycle.every;

const isCounted = (price: PlanPrice | undefined) => price?.model === 'per_unit' || price?.model === 'once';

/** Whether how many of it there are is somebody's to say. */
export const countsOf = (row: ItemRow, prices: readonly OfferedPrice[]): boolean =>
  isCounted(prices.find(({ id }) => id === row.priceId));

/** What rows come to for the API; undefined as long as one of them is not whole. */
export function itemsOf(rows: readonly ItemRow[], prices: readonly OfferedPrice[]) {
  const isWhole = (row: ItemRow) =>
    prices.some(({ id }) => id === row.priceId) && !(countsOf(row, prices) && quantityProblem(row.quantity));
  if (rows.length === 0 || !rows.every(isWhole)) return undefined;
  return rows.map((row) => ({
    ...(row.id && { id: row.id }),
    priceId: row.priceId,
    ...(countsOf(row, prices) && { quantity: quantityOf(row.quantity) }),
    ...(row.detail.trim() && { detail: row.detail.trim() }),
  }));
}
