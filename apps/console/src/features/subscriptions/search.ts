import { adminListSubscriptions } from '@balcao/api-client';
import type { PaletteSearch } from '@balcao/ui/data';

export default [
  {
    id: 'subscriptions',
    heading: { 'pt-BR': 'Assinaturas', 'en-US': 'Subscriptions' },
    page: 'subscription',
    find: async (query, signal) =>
      (await adminListSubscriptions({ query, signal })).data.map(({ id, title, number, billingAccount }) => ({
        id,
        icon: 'i-lucide-repeat',
        label: title,
        hint: [number, billingAccount.name].join(' · '),
      })),
  },
] satisfies PaletteSearch[];
