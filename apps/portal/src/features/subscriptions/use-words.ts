import { addDays } from '@balcao/money';
import { useFigures, useFormat, type Money } from '@balcao/ui';
import { useI18n } from 'vue-i18n';
import type { SubscribedItem, SubscriptionSummary } from '../../data/subscriptions.js';

type Cycle = SubscriptionSummary['cycle'];

/** What is said of subscriptions in several places: how often, how much, until when. */
export function useSubscriptionWords() {
  const { t } = useI18n();
  const format = useFormat();
  const figures = useFigures();

  /** por mês · por ano · a cada 3 meses */
  const every = ({ unit, every: n }: Cycle) => t(`subscriptions.every.${unit}`, { n }, n);
  const day = (on: string) => format.value.day(on);
  return {
    every,
    /** Mensal · Anual · A cada 3 meses */
    cycle: ({ unit, every: n }: Cycle) => t(`subscriptions.cycle.${unit}`, { n }, n),
    /** R$ 819,40 por mês */
    price: ({ cycle }: { cycle: Cycle }, money: Money) =>
      t('subscriptions.price', { amount: figures.value.money(money), every: every(cycle) }),
    day,
    /** The last day of what ends before this one. */
    lastDay: (endsOn: string) => day(addDays(endsOn, -1)),
    period: ({ startsOn, endsOn }: { startsOn: string; endsOn: string }) =>
      t('subscriptions.period', { from: day(startsOn), to: day(addDays(endsOn, -1)) }),
    /** What stands below an item's name: what of it, and how many at which price. */
    facts: (item: Pick<SubscribedItem, 'detail' | 'model' | 'quantity' | 'unitAmount' | 'unitName' | 'included'>) => {
      const unit = item.unitName ?? t('subscriptions.unit');
      const each = figures.value.money(item.unitAmount);
      const many = figures.value.quantity(item.quantity);
      const counted =
        item.model === 'usage'
          ? t(Number(item.included) > 0 ? 'subscriptions.usageBeyond' : 'subscriptions.usage', {
              each,
              unit,
              included: figures.value.quantity(item.included),
            })
          : item.model === 'per_unit'
            ? `${many} × ${each}`
            : undefined;
      return [item.detail, counted].filter((fact): fact is string => Boolean(fact));
    },
  };
}
