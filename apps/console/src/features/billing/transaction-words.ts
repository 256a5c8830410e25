import { useBillingWords, useFigures } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { DEPOSIT_METHODS, type Transaction } from '../../data/ledger.js';

/** A line of a customer's books in words, and its amount by the side that it stands on. */
export function useTransactionWords() {
  const { t } = useI18n();
  const figures = useFigures();
  const words = useBillingWords('staff');
  return computed(() => ({
    what: ({ kind, method, number }: Transaction) => {
      const way = DEPOSIT_METHODS.find((one) => one === method);
      return [words.value.entry[kind], way ? words.value.method[way] : number].filter(Boolean).join(', ');
    },
    about: ({ invoiceNumber, invoiceTitle, paid, reference, reason }: Transaction) => {
      const paying = paid.map(({ number, amount }) => `${number} (${figures.value.money(amount)})`).join(', ');
      const pays = paying && t('billing.statement.pays', { invoices: paying });
      return [invoiceNumber, invoiceTitle, pays, reference, reason].filter(Boolean).join(' · ');
    },
    amount: ({ side, amount }: Transaction) =>
      figures.value.signed({ ...amount, amount: side === 'credit' ? -amount.amount : amount.amount }),
  }));
}
