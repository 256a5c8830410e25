import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    kind: 'action',
    to: { name: 'new-invoice' },
    label: { 'pt-BR': 'Nova fatura', 'en-US': 'New invoice' },
    icon: 'i-lucide-plus',
  },
  {
    kind: 'action',
    to: { name: 'new-proposal' },
    label: { 'pt-BR': 'Nova proposta', 'en-US': 'New proposal' },
    icon: 'i-lucide-plus',
  },
  {
    kind: 'page',
    to: { name: 'invoices', query: { view: 'overdue' } },
    label: { 'pt-BR': 'Faturas vencidas', 'en-US': 'Overdue invoices' },
    icon: 'i-lucide-circle-alert',
  },
  {
    kind: 'page',
    to: { name: 'payment-proofs' },
    label: { 'pt-BR': 'Comprovantes de pagamento', 'en-US': 'Proofs of payment' },
    icon: 'i-lucide-receipt',
  },
] satisfies PaletteEntry[];
