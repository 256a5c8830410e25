import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    kind: 'page',
    to: { name: 'payments', query: { look: 'yes' } },
    label: { 'pt-BR': 'Pagamentos a verificar', 'en-US': 'Payments that need a look' },
    icon: 'i-lucide-circle-alert',
  },
  {
    kind: 'page',
    to: { name: 'stray-payments' },
    label: { 'pt-BR': 'Dinheiro sem dono', 'en-US': 'Unclaimed money' },
    icon: 'i-lucide-circle-help',
  },
] satisfies PaletteEntry[];
