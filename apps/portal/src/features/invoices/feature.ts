import { page, type FeatureDescription } from '@balcao/ui';

const readers = { feature: 'billing', permissions: ['invoices:read'] } as const;

export default {
  routes: [
    page('invoices', 'invoices', () => import('./views/InvoiceListView.vue'), { ...readers, title: 'invoices.title' }),
    page('invoices/:id', 'invoice', () => import('./views/InvoiceView.vue'), readers),
    page('fiscal-notes', 'fiscal-notes', () => import('./views/FiscalNotesView.vue'), {
      ...readers,
      title: 'invoices.folder.title',
    }),
    page('transactions', 'transactions', () => import('./views/TransactionsView.vue'), {
      ...readers,
      title: 'invoices.transactions.title',
    }),
    page('statement', 'statement', () => import('./views/StatementView.vue'), {
      ...readers,
      title: 'invoices.statement.title',
    }),
  ],
  publicRoutes: [
    page('pay', 'linked-invoice', () => import('./views/linked-invoice-page.js'), {
      access: 'public',
      feature: 'billing',
      title: 'invoices.link.title',
    }),
  ],
  menu: [
    {
      page: 'invoices',
      label: { 'pt-BR': 'Faturas', 'en-US': 'Invoices' },
      icon: 'i-lucide-receipt-text',
      group: 'billing',
      order: 12,
    },
    {
      page: 'transactions',
      label: { 'pt-BR': 'Transações', 'en-US': 'Transactions' },
      icon: 'i-lucide-arrow-left-right',
      group: 'billing',
      order: 17,
      rare: true,
    },
    {
      page: 'statement',
      label: { 'pt-BR': 'Extrato', 'en-US': 'Statement' },
      icon: 'i-lucide-scroll-text',
      group: 'billing',
      order: 18,
      rare: true,
    },
    {
      page: 'fiscal-notes',
      label: { 'pt-BR': 'Notas fiscais', 'en-US': 'Fiscal notes' },
      icon: 'i-lucide-file-text',
      group: 'billing',
      order: 19,
      rare: true,
    },
  ],
} satisfies FeatureDescription;
