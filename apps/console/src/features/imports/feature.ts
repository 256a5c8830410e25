import { page, type FeatureDescription } from '@balcao/ui';

export default {
  routes: [
    page('customers/import', 'import-accounts', () => import('./views/ImportAccountsView.vue'), {
      permissions: ['customers:write'],
      title: 'imports.accounts.title',
      lineOf: 'customers',
    }),
    page('customers/imports/:id', 'account-import', () => import('./views/AccountImportView.vue'), {
      permissions: ['customers:read'],
      lineOf: 'customers',
    }),
    page('invoices/import', 'import-invoices', () => import('./views/ImportInvoicesView.vue'), {
      permissions: ['invoices:write'],
      title: 'imports.invoices.title',
      lineOf: 'billing',
    }),
    page('invoices/imports/:id', 'invoice-import', () => import('./views/InvoiceImportView.vue'), {
      permissions: ['invoices:read'],
      lineOf: 'billing',
    }),
  ],
} satisfies FeatureDescription;
