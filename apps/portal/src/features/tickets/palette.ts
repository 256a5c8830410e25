import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    to: { name: 'new-ticket' },
    label: { 'pt-BR': 'Abrir chamado', 'en-US': 'Open a ticket' },
    icon: 'i-lucide-plus',
    kind: 'action',
  },
] satisfies PaletteEntry[];
