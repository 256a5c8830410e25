import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    kind: 'action',
    to: { name: 'new-invitation' },
    label: { 'pt-BR': 'Convidar pessoa', 'en-US': 'Invite a person' },
    icon: 'i-lucide-mail-plus',
  },
  {
    kind: 'action',
    to: { name: 'new-invitations' },
    label: { 'pt-BR': 'Convidar várias pessoas', 'en-US': 'Invite several people' },
    icon: 'i-lucide-users',
  },
] satisfies PaletteEntry[];
