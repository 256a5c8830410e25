import { portalListTickets } from '@balcao/api-client';
import type { PaletteSearch } from '@balcao/ui/data';

export default [
  {
    id: 'tickets',
    heading: { 'pt-BR': 'Chamados', 'en-US': 'Tickets' },
    page: 'ticket',
    find: async (query, signal) =>
      (await portalListTickets({ query, signal })).data.map(({ id, subject, number }) => ({
        id,
        icon: 'i-lucide-message-square',
        label: subject,
        hint: number,
      })),
  },
] satisfies PaletteSearch[];
