import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    kind: 'action',
    to: { name: 'new-invoice' },
    label: { 'pt-BR': 'Nova fatura', 'en-US': 'New invoice' },
    icon: 'i-lucide-plus',
  },
  {
    kind: 'page',
    to: { name: 'invoices', query: { view: 'overdue' } },
    label: { 'pt-BR': 'Faturas vencidas', 'en-US': 'Overdue invoices' },
    icon: 'i-lucide-circle-alert',
  },
] satisfies PaletteEntry[];
