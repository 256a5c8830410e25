import { useBillingWords, useFormat, useFigures } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Column } from '../../components/data-table.js';
import type { InvoiceSummary } from '../../data/invoices.js';

/** The columns of a list of invoices, with whose they are unless the page says that. */
export function useInvoiceColumns({ account = true }: { account?: boolean } = {}) {
  const { t } = useI18n();
  const format = useFormat();
  const figures = useFigures();
  const words = useBillingWords('staff');
  return computed((): Column<InvoiceSummary>[] => [
    {
      label: t('billing.columns.invoice'),
      text: ({ title }) => title,
      to: ({ id }) => ({ name: 'invoice', params: { id } }),
      below: ({ number }) => number,
    },
    ...(account
      ? [{ label: t('billing.columns.customer'), text: ({ billingAccount: of }: InvoiceSummary) => of.name }]
      : []),
    { label: t('billing.columns.due'), text: ({ dueOn }) => dueOn && format.value.day(dueOn) },
    {
      label: t('billing.columns.status'),
      text: ({ status }) => words.value.status[status],
      slot: 'status',
      pill: true,
    },
    { label: t('billing.columns.total'), text: ({ total }) => figures.value.money(total), number: true, amount: true },
    {
      label: t('billing.columns.owed'),
      text: ({ owed }) => (owed.amount > 0 ? figures.value.money(owed) : undefined),
      number: true,
    },
  ]);
}
