import { useBusinessFormat, useFormat } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { isOpen } from '../../data/payment-looks.js';
import type { Payment } from '../../data/payments.js';

interface Standing {
  tone: 'info' | 'warning' | 'danger';
  title: string;
  lines: string[];
}

/** What staff should know of a payment that is not simply paid: why it failed or ended, what is not known, who looks after it. */
export function useStanding(payment: () => Payment | undefined) {
  const { t } = useI18n();
  const format = useFormat();
  const business = useBusinessFormat();

  const asked = ({ askAt }: Payment) =>
    askAt
      ? t('payments.standing.askedAgain', { at: format.value.dateTime(askAt) })
      : t('payments.standing.askedNoMore');

  function standingOf(one: Payment): Standing | undefined {
    const { state, failure, withdrawnFor, expiresAt, askAt } = one;
    const until = business.value.dateTime(expiresAt);
    if (state === 'unknown' || state === 'sending')
      return {
        tone: state === 'unknown' || !askAt ? 'warning' : 'info',
        title: t(`payments.standing.${state}`),
        lines: [t(`payments.standing.${state}Text`), asked(one)],
      };
    const why = withdrawnFor && t(`payments.standing.withdrawn.${withdrawnFor}`);
    const counts = t('payments.standing.countsAnyway');
    if (state === 'failed')
      return {
        tone: 'danger',
        title: t('payments.standing.failed'),
        lines: [t(`payments.failures.${failure ?? 'other'}`)],
      };
    if (state === 'canceled')
      return {
        tone: 'info',
        title: t('payments.standing.canceled'),
        lines: [why, counts].filter((line) => line !== null),
      };
    if (state === 'expired')
      return {
        tone: 'info',
        title: t('payments.standing.expired', { until }),
        lines: [why, counts].filter((line) => line !== null),
      };
    if (isOpen(one) && why)
      return { tone: 'warning', title: t('payments.standing.withdrawnOpen'), lines: [why, counts] };
    if (isOpen(one) && !askAt) return { tone: 'warning', title: t('payments.needsLook'), lines: [asked(one)] };
    return undefined;
  }

  return computed(() => {
    const one = payment();
    return one && standingOf(one);
  });
}
