import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    kind: 'page',
    to: { name: 'inbox', query: { view: 'mine' } },
    label: { 'pt-BR': 'Meus chamados', 'en-US': 'My tickets' },
    icon: 'i-lucide-inbox',
  },
  {
    kind: 'page',
    to: { name: 'inbox', query: { view: 'unassigned' } },
    label: { 'pt-BR': 'Chamados sem responsável', 'en-US': 'Unassigned tickets' },
    icon: 'i-lucide-inbox',
  },
] satisfies PaletteEntry[];
