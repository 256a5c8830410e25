import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    kind: 'action',
    to: { name: 'new-subscription' },
    label: { 'pt-BR': 'Nova assinatura', 'en-US': 'New subscription' },
    icon: 'i-lucide-plus',
  },
  {
    kind: 'page',
    to: { name: 'subscription-settings' },
    label: { 'pt-BR': 'Regras das assinaturas', 'en-US': 'Rules of subscriptions' },
    icon: 'i-lucide-settings',
  },
] satisfies PaletteEntry[];
