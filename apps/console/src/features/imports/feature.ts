import { page, type FeatureDescription } from '@balcao/ui';

export default {
  routes: [
    page('invoices/import', 'import-invoices', () => import('./views/ImportInvoicesView.vue'), {
      permissions: ['invoices:write'],
      title: 'imports.invoices.title',
    }),
    page('invoices/imports/:id', 'invoice-import', () => import('./views/InvoiceImportView.vue'), {
      permissions: ['invoices:read'],
    }),
  ],
} satisfies FeatureDescription;
