import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    to: { name: 'transactions' },
    label: { 'pt-BR': 'Transações', 'en-US': 'Transactions' },
    icon: 'i-lucide-arrow-left-right',
    kind: 'page',
  },
  {
    to: { name: 'statement' },
    label: { 'pt-BR': 'Extrato', 'en-US': 'Statement' },
    icon: 'i-lucide-scroll-text',
    kind: 'page',
  },
] satisfies PaletteEntry[];
