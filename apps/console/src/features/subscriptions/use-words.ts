import { addDays, dayAt } from '@balcao/money';
import { businessNow, useFigures, useFormat, type Money } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { PlanPrice } from '../../data/plans.js';
import type { SubscribedItem } from '../../data/subscriptions.js';
import { useSessionStore } from '../../stores/session.js';

type Cycle = PlanPrice['cycle'];

/** What is said of plans and subscriptions in several places: how often, how much, until when. */
export function useSubscriptionWords() {
  const { t } = useI18n();
  const format = useFormat();
  const figures = useFigures();
  const session = useSessionStore();

  const day = (on: string) => format.value.day(on);
  const every = ({ unit, every: n }: Cycle) => t(`subscriptions.every.${unit}`, { n }, n);
  const unitOf = (unitName: string | null) => unitName ?? t('subscriptions.unit');
  const counted = ({
    model,
    unitAmount,
    unitName,
    included,
  }: Pick<PlanPrice, 'model' | 'unitAmount' | 'unitName' | 'included'>) =>
    t(`subscriptions.counted.${model === 'usage' && Number(included) > 0 ? 'beyond' : model}`, {
      amount: figures.value.money(unitAmount),
      unit: unitOf(unitName),
      included: figures.value.quantity(included),
    });
  return {
    /** The day that it is where the organization is; in a sandbox what its clock says. */
    today: computed(() => dayAt(new Date(businessNow()), session.me?.organization.timeZone ?? 'UTC')),
    day,
    /** The last day of what ends before this one. */
    lastDay: (endsOn: string) => day(addDays(endsOn, -1)),
    period: ({ startsOn, endsOn }: { startsOn: string; endsOn: string }) =>
      t('subscriptions.period', { from: day(startsOn), to: day(addDays(endsOn, -1)) }),
    every,
    /** Mensal · Anual · A cada 3 meses */
    cycle: ({ unit, every: n }: Cycle) => t(`subscriptions.cycle.${unit}`, { n }, n),
    price: (money: Money, cycle: Cycle) =>
      t('subscriptions.price', { amount: figures.value.money(money), every: every(cycle) }),
    counted,
    /** A price in a line: what one costs and how often, what comes before and besides. */
    priceLine: (price: PlanPrice) =>
      [
        price.model === 'once' ? counted(price) : `${counted(price)}, ${every(price.cycle)}`,
        price.trialDays > 0 ? t('subscriptions.trialOf', price.trialDays) : undefined,
        price.setupAmount.amount > 0
          ? t('subscriptions.setupOf', { amount: figures.value.money(price.setupAmount) })
          : undefined,
        price.tax &&
          t(price.tax.included ? 'subscriptions.taxWithin' : 'subscriptions.taxOnTop', {
            name: price.tax.name,
            percent: figures.value.percent(price.tax.percent),
          }),
      ]
        .filter(Boolean)
        .join(' · '),
    /** What stands below an item's name. */
    facts: (item: SubscribedItem) =>
      [
        item.detail,
        item.model === 'flat'
          ? undefined
          : item.model === 'per_unit'
            ? `${figures.value.quantity(item.quantity)} × ${figures.value.money(item.unitAmount)}`
            : counted(item),
      ]
        .filter(Boolean)
        .join(' · '),
  };
}
