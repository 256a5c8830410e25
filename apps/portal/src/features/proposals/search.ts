import { portalListProposals } from '@balcao/api-client';
import type { PaletteSearch } from '@balcao/ui/data';

export default [
  {
    id: 'proposals',
    heading: { 'pt-BR': 'Propostas', 'en-US': 'Proposals' },
    page: 'proposal',
    find: async (query, signal) =>
      (await portalListProposals({ query, signal })).data.map(({ id, title, number }) => ({
        id,
        icon: 'i-lucide-file-pen-line',
        label: title,
        hint: number ?? undefined,
      })),
  },
] satisfies PaletteSearch[];
