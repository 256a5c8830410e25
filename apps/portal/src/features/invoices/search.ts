import { portalListInvoices } from '@balcao/api-client';
import type { PaletteSearch } from '@balcao/ui/data';

export default [
  {
    id: 'invoices',
    heading: { 'pt-BR': 'Faturas', 'en-US': 'Invoices' },
    page: 'invoice',
    find: async (query, signal) =>
      (await portalListInvoices({ query, signal })).data.map(({ id, title, number }) => ({
        id,
        icon: 'i-lucide-receipt-text',
        label: title,
        hint: number ?? undefined,
      })),
  },
] satisfies PaletteSearch[];
