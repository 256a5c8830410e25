import { minorDigits } from '@balcao/money';
import { currentLocale } from '@balcao/ui';
import { computed, type ComputedRef } from 'vue';

/** What stands at a chart's lines: so short that twelve of them fit on a phone. */
export interface Axis {
  /** R$ 250 mil, of minor units. */
  amount(minor: number): string;
  /** nov, of a day of that month. */
  month(day: string): string;
}

export const useAxis = (currency: () => string): ComputedRef<Axis> =>
  computed(() => {
    const locale = currentLocale();
    const amount = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: currency(),
      notation: 'compact',
      minimumFractionDigits: 0,
      maximumFractionDigits: 1,
    });
    const month = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short' });
    const unit = 10 ** minorDigits(currency());
    return {
      amount: (minor) => amount.format(minor / unit),
      // Portuguese abbreviates with a point.
      month: (day) => month.format(new Date(`${day}T00:00:00Z`)).replace('.', ''),
    };
  });
