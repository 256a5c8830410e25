import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    kind: 'action',
    to: { name: 'invite-staff' },
    label: { 'pt-BR': 'Convidar para a equipe', 'en-US': 'Invite to the team' },
    icon: 'i-lucide-user-plus',
  },
] satisfies PaletteEntry[];
