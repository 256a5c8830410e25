import { adminListBillingAccounts, adminListPortalUsers } from '@balcao/api-client';
import type { PaletteSearch } from '@balcao/ui/data';

export default [
  {
    id: 'accounts',
    heading: { 'pt-BR': 'Clientes', 'en-US': 'Customers' },
    page: 'customer',
    find: async (query, signal) =>
      (await adminListBillingAccounts({ query, signal })).data.map(({ id, name, externalId }) => ({
        id,
        icon: 'i-lucide-building-2',
        label: name,
        hint: externalId ?? undefined,
      })),
  },
  {
    id: 'users',
    heading: { 'pt-BR': 'Pessoas', 'en-US': 'People' },
    page: 'user',
    find: async (query, signal) =>
      (await adminListPortalUsers({ query, signal })).data.map(({ id, name, billingAccount }) => ({
        id,
        icon: 'i-lucide-user',
        label: name,
        hint: billingAccount.name,
      })),
  },
] satisfies PaletteSearch[];
