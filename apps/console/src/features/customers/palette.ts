import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    kind: 'action',
    to: { name: 'new-customer' },
    label: { 'pt-BR': 'Cadastrar cliente', 'en-US': 'Add a customer' },
    icon: 'i-lucide-plus',
  },
] satisfies PaletteEntry[];
