import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    to: { name: 'security' },
    label: { 'pt-BR': 'Mudar senha', 'en-US': 'Change password' },
    icon: 'i-lucide-key-round',
    kind: 'page',
  },
] satisfies PaletteEntry[];
