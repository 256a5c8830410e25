import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    kind: 'page',
    to: { name: 'profile' },
    label: { 'pt-BR': 'Meu perfil', 'en-US': 'My profile' },
    icon: 'i-lucide-user-round',
  },
] satisfies PaletteEntry[];
