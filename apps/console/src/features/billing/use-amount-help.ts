import { useFigures } from '@balcao/ui';
import { useI18n } from 'vue-i18n';
import type { Invoice } from '../../data/invoices.js';

/** What is said beside the amount of money from outside that pays an invoice: of a late one, what becomes of fine and interest. */
export function useAmountHelp(): (invoice: Pick<Invoice, 'owed' | 'amountDue'>) => string {
  const { t } = useI18n();
  const figures = useFigures();
  return ({ owed, amountDue }) =>
    amountDue.amount > owed.amount
      ? t('billing.deposit.amountLate', {
          owed: figures.value.money(owed),
          charges: figures.value.money({ ...owed, amount: amountDue.amount - owed.amount }),
        })
      : t('billing.deposit.amountHelp');
}
