import { useFigures } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Column } from '../../components/data-table.js';
import type { SubscriptionSummary } from '../../data/subscriptions.js';
import { LOOKS, lookOf } from './looks.js';
import { useSubscriptionWords } from './use-words.js';

/** What the next day of those means that are as they should be. */
const comingOf = (state: SubscriptionSummary['state']) =>
  state === 'pending' ? 'begins' : state === 'trialing' ? 'charges' : 'renews';

/** The columns of a list of subscriptions, with whose they are unless the page says that. */
export function useSubscriptionColumns({ account = true }: { account?: boolean } = {}) {
  const { t } = useI18n();
  const figures = useFigures();
  const words = useSubscriptionWords();
  const next = ({ state, endedOn, cancelOn, nextRenewalOn, resumeOn }: SubscriptionSummary) => {
    if (endedOn) return t('subscriptions.next.ended', { day: words.lastDay(endedOn) });
    if (cancelOn) return t('subscriptions.next.ends', { day: words.lastDay(cancelOn) });
    if (state === 'paused') return resumeOn ? t('subscriptions.next.resumes', { day: words.day(resumeOn) }) : undefined;
    return nextRenewalOn ? t(`subscriptions.next.${comingOf(state)}`, { day: words.day(nextRenewalOn) }) : undefined;
  };
  return computed((): Column<SubscriptionSummary>[] => [
    {
      label: t('subscriptions.columns.what'),
      text: ({ title }) => title,
      to: ({ id }) => ({ name: 'subscription', params: { id } }),
      below: ({ number }) => number,
    },
    ...(account
      ? [
          {
            label: t('subscriptions.columns.customer'),
            text: ({ billingAccount: of }: SubscriptionSummary) => of.name,
            wraps: true,
          },
        ]
      : []),
    {
      label: t('subscriptions.columns.state'),
      text: (item) => t(`subscriptions.states.${lookOf(item)}`),
      badge: (item) => LOOKS[lookOf(item)],
    },
    { label: t('subscriptions.columns.next'), text: next, wraps: true },
    {
      label: t('subscriptions.columns.price'),
      text: ({ recurring }) => figures.value.money(recurring),
      below: ({ cycle }) => words.every(cycle),
      number: true,
      amount: true,
    },
    {
      label: t('subscriptions.columns.owed'),
      text: ({ owed }) => (owed.amount > 0 ? figures.value.money(owed) : undefined),
      number: true,
    },
  ]);
}
