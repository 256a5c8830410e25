import { Injectable } from '@nestjs/common';
import { newId } from '@balcao/platform-database';
import { DomainError, refusedField, unknownReference } from '@balcao/platform-errors';
import type { Db } from '@balcao/platform-tenancy';
import { isTooMuch, onceLines, plain, recurringLines, scaled } from './domain/charges.js';
import type { Item } from './domain/plan.js';
import { SubscriptionRepository, type PriceState } from './persistence/subscription.repository.js';

/** What somebody wants a subscription to have. */
export interface ItemWish {
  /** Of the item whose place it takes; a new one where absent. */
  id?: string;
  priceId: string;
  /** How many; of a flat price one. */
  quantity?: string;
  detail?: string | null;
}

export type SoldItem = Item & PriceState;

/** What items come to is the same in every period. */
const NO_PERIOD = { startsOn: '', endsOn: '' };

/** Makes items of what is wished for. */
@Injectable()
export class SubscriptionItems {
  constructor(private readonly rows: SubscriptionRepository) {}

  /**
   * @param before what is there: its prices stay good though nobody else gets them
   * @param isPromised whether all of them stay good
   * @throws DomainError validation_failed for a price that there is not, a quantity of nothing, more than an invoice can ask for, or
   *   what was asked for once already;
   *   plan_archived; plans_do_not_fit
   */
  async of(
    db: Db,
    wishes: readonly ItemWish[],
    { before = [], isPromised = false }: { before?: readonly Item[]; isPromised?: boolean } = {},
  ): Promise<SoldItem[]> {
    const prices = await this.rows.prices(
      db,
      wishes.map(({ priceId }) => priceId),
    );
    const items = wishes.map((wish, place): SoldItem => {
      const price = prices.find(({ priceId }) => priceId === wish.priceId);
      if (!price) throw unknownReference(`items.${place}.priceId`);
      const there = before.find(({ id }) => id === wish.id);
      if (wish.id !== undefined && !there) throw unknownReference(`items.${place}.id`);
      const isGood = isPromised || there?.priceId === price.priceId;
      if ((price.archivedAt || price.planArchivedAt) && !isGood) throw new DomainError('plan_archived');
      const quantity =
        price.model === 'flat' || price.model === 'usage' ? '1' : (wish.quantity ?? there?.quantity ?? '1');
      if (scaled(quantity) <= 0n) throw refusedField(`items.${place}.quantity`, 'moneyNotPositive');
      // More of it, or another in its place, would be asked for by nothing.
      const isOther = there?.priceId !== price.priceId || scaled(there.quantity) !== scaled(quantity);
      if (there?.model === 'once' && there.onceBilledOn && isOther)
        throw refusedField(`items.${place}.priceId`, 'askedForAlready');
      return {
        ...price,
        id: there?.id ?? newId(),
        quantity: plain(scaled(quantity)),
        detail: wish.detail === undefined ? (there?.detail ?? null) : wish.detail,
        onceBilledOn: there?.onceBilledOn ?? null,
      };
    });
    if (new Set(items.map(({ id }) => id)).size !== items.length) throw refusedField('items', 'arrayUnique');
    const [first] = items;
    const fits = items.every(
      ({ currency, cycle }) =>
        currency === first!.currency && cycle.unit === first!.cycle.unit && cycle.every === first!.cycle.every,
    );
    if (!fits) throw new DomainError('plans_do_not_fit');
    const isTooMuchUpTo = (place: number): boolean => {
      const some = items.slice(0, place + 1);
      const asked = [...recurringLines(some, NO_PERIOD, null), ...onceLines(some, 'pt-BR')];
      return isTooMuch(asked, first!.currency);
    };
    if (isTooMuchUpTo(items.length - 1)) {
      const place = items.findIndex((_, each) => isTooMuchUpTo(each));
      throw refusedField(`items.${place}.quantity`, 'moneyTooLarge');
    }
    return items;
  }

  /** The same items, by their ids of before, at the prices that are sold now. @throws DomainError plan_archived */
  async atPricesOfNow(db: Db, items: readonly Item[]): Promise<SoldItem[]> {
    const latest = await this.rows.latestPrices(db, items);
    return items
      .filter(({ model }) => model !== 'once')
      .map((item) => {
        const price = latest.find(
          ({ planId, model, cycle, currency }) =>
            planId === item.planId &&
            model === item.model &&
            currency === item.currency &&
            cycle.unit === item.cycle.unit &&
            cycle.every === item.cycle.every,
        );
        if (!price) throw new DomainError('plan_archived');
        const { id, quantity, detail, onceBilledOn } = item;
        return { ...price, id, quantity, detail, onceBilledOn };
      });
  }
}

/** What a subscription is named after: its first plan, or what it has first. */
export const titleOf = (items: readonly (Item & { kind?: string })[]): string =>
  (items.find(({ kind }) => kind === 'plan') ?? items[0]!).name;
