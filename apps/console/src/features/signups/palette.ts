import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    kind: 'action',
    to: { name: 'signups', query: { status: 'in_review' } },
    label: { 'pt-BR': 'Conferir cadastros', 'en-US': 'Review signups' },
    icon: 'i-lucide-clipboard-check',
  },
] satisfies PaletteEntry[];
