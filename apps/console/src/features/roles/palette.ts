import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    kind: 'action',
    to: { name: 'new-role' },
    label: { 'pt-BR': 'Criar papel do portal', 'en-US': 'Create a portal role' },
    icon: 'i-lucide-plus',
  },
] satisfies PaletteEntry[];
