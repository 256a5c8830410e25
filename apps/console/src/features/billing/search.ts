import { adminListInvoices, adminListProposals } from '@balcao/api-client';
import type { PaletteSearch } from '@balcao/ui/data';

export default [
  {
    id: 'invoices',
    heading: { 'pt-BR': 'Faturas', 'en-US': 'Invoices' },
    page: 'invoice',
    find: async (query, signal) =>
      (await adminListInvoices({ query, signal })).data.map(({ id, title, number, billingAccount }) => ({
        id,
        icon: 'i-lucide-receipt-text',
        label: title,
        hint: [number, billingAccount.name].filter(Boolean).join(' · '),
      })),
  },
  {
    id: 'proposals',
    heading: { 'pt-BR': 'Propostas', 'en-US': 'Proposals' },
    page: 'proposal',
    find: async (query, signal) =>
      (await adminListProposals({ query, signal })).data.map(({ id, title, number, billingAccount }) => ({
        id,
        icon: 'i-lucide-file-pen-line',
        label: title,
        hint: [number, billingAccount.name].filter(Boolean).join(' · '),
      })),
  },
] satisfies PaletteSearch[];
