import type { FeatureDescription } from '@balcao/ui';

export default {
  routes: [
    {
      path: 'customers',
      name: 'customers',
      component: () => import('./views/AccountListView.vue'),
      meta: { permissions: ['customers:read'], title: 'customers.title' },
    },
    {
      path: 'customers/new',
      name: 'new-customer',
      component: () => import('./views/NewAccountView.vue'),
      meta: { permissions: ['customers:write'], title: 'customers.new.title' },
    },
    {
      path: 'customers/:id',
      name: 'customer',
      props: true,
      component: () => import('./views/AccountView.vue'),
      meta: { permissions: ['customers:read'] },
    },
    {
      path: 'users',
      name: 'users',
      component: () => import('./views/UserListView.vue'),
      meta: { permissions: ['users:read'], title: 'users.title' },
    },
    {
      path: 'users/:id',
      name: 'user',
      props: true,
      component: () => import('./views/UserView.vue'),
      meta: { permissions: ['users:read'] },
    },
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
  palette: [
    {
      kind: 'action',
      to: { name: 'new-customer' },
      label: { 'pt-BR': 'Cadastrar cliente', 'en-US': 'Add a customer' },
      icon: 'i-lucide-plus',
    },
  ],
} satisfies FeatureDescription;
