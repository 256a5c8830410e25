import { page, type FeatureDescription } from '@balcao/ui';

export default {
  routes: [
    page('billing', 'billing', () => import('./views/BillingView.vue'), {
      permissions: ['invoices:read'],
      title: 'billing.title',
    }),
    page('billing/invoices', 'invoices', () => import('./views/InvoiceListView.vue'), {
      permissions: ['invoices:read'],
      title: 'billing.invoices.title',
    }),
    page('billing/invoices/new', 'new-invoice', () => import('./views/NewInvoiceView.vue'), {
      permissions: ['invoices:write'],
      title: 'billing.new',
    }),
    page('billing/invoices/:id', 'invoice', () => import('./views/InvoiceView.vue'), {
      permissions: ['invoices:read'],
    }),
    page('billing/proofs', 'payment-proofs', () => import('./views/PaymentProofListView.vue'), {
      permissions: ['invoices:read'],
      title: 'billing.proofs.title',
    }),
    page('billing/proofs/:id', 'payment-proof', () => import('./views/PaymentProofView.vue'), {
      permissions: ['invoices:read'],
    }),
    page('billing/proposals', 'proposals', () => import('./views/ProposalListView.vue'), {
      permissions: ['proposals:read'],
      title: 'billing.proposals.title',
    }),
    page('billing/proposals/new', 'new-proposal', () => import('./views/NewProposalView.vue'), {
      permissions: ['proposals:write'],
      title: 'billing.proposals.new',
    }),
    page('billing/proposals/:id', 'proposal', () => import('./views/ProposalView.vue'), {
      permissions: ['proposals:read'],
    }),
    page('billing/settings', 'billing-settings', () => import('./views/BillingSettingsView.vue'), {
      permissions: ['billing_settings:write'],
    }),
    page('customers/:id/billing', 'customer-billing', () => import('./views/CustomerBillingView.vue'), {
      permissions: ['invoices:read'],
      lineOf: 'customers',
    }),
    page('customers/:id/fiscal-notes', 'customer-fiscal-notes', () => import('./views/CustomerFiscalNotesView.vue'), {
      permissions: ['invoices:read'],
    }),
    page('customers/:id/statement', 'customer-statement', () => import('./views/CustomerStatementView.vue'), {
      permissions: ['invoices:read'],
      lineOf: 'customers',
    }),
  ],
  menu: [
    {
      page: 'billing',
      label: { 'pt-BR': 'Cobrança', 'en-US': 'Billing' },
      tab: { 'pt-BR': 'Painel', 'en-US': 'Overview' },
      icon: 'i-lucide-receipt-text',
      order: 27,
    },
    {
      page: 'invoices',
      under: 'billing',
      label: { 'pt-BR': 'Faturas', 'en-US': 'Invoices' },
      icon: 'i-lucide-receipt-text',
      order: 28,
    },
    {
      page: 'proposals',
      under: 'billing',
      label: { 'pt-BR': 'Propostas', 'en-US': 'Proposals' },
      icon: 'i-lucide-file-pen-line',
      order: 29,
    },
    {
      page: 'payment-proofs',
      under: 'billing',
      label: { 'pt-BR': 'Comprovantes', 'en-US': 'Proofs' },
      icon: 'i-lucide-receipt',
      order: 30,
    },
    {
      page: 'billing-settings',
      under: 'billing',
      label: { 'pt-BR': 'Ajustes', 'en-US': 'Settings' },
      icon: 'i-lucide-settings',
      order: 34,
    },
  ],
} satisfies FeatureDescription;
