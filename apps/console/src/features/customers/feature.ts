import { page, type FeatureDescription } from '@balcao/ui';

export default {
  routes: [
    page('customers', 'customers', () => import('./views/AccountListView.vue'), {
      permissions: ['customers:read'],
      title: 'customers.title',
    }),
    page('customers/new', 'new-customer', () => import('./views/NewAccountView.vue'), {
      permissions: ['customers:write'],
      title: 'customers.new.title',
    }),
    page('customers/:id', 'customer', () => import('./views/AccountView.vue'), { permissions: ['customers:read'] }),
    page('users', 'users', () => import('./views/UserListView.vue'), {
      permissions: ['users:read'],
      title: 'users.title',
    }),
    page('users/:id', 'user', () => import('./views/UserView.vue'), { permissions: ['users:read'] }),
  ],
  menu: [
    {
      page: 'customers',
      label: { 'pt-BR': 'Clientes', 'en-US': 'Customers' },
      tab: { 'pt-BR': 'Contas', 'en-US': 'Accounts' },
      icon: 'i-lucide-users',
      order: 20,
    },
    {
      page: 'users',
      under: 'customers',
      label: { 'pt-BR': 'Pessoas', 'en-US': 'People' },
      icon: 'i-lucide-user',
      order: 21,
    },
  ],
} satisfies FeatureDescription;
