import type { MessageLoader } from '@balcao/ui';
import type { RouteRecordRaw } from 'vue-router';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');

export const customerRoutes: RouteRecordRaw[] = [
  {
    path: 'customers',
    name: 'customers',
    component: () => import('./views/AccountListView.vue'),
    meta: { permissions: ['customers:read'], title: 'customers.title', messages },
  },
  {
    path: 'customers/new',
    name: 'new-customer',
    component: () => import('./views/NewAccountView.vue'),
    meta: { permissions: ['customers:write'], title: 'customers.new.title', messages },
  },
  {
    path: 'customers/:id',
    name: 'customer',
    props: true,
    component: () => import('./views/AccountView.vue'),
    meta: { permissions: ['customers:read'], messages },
  },
  {
    path: 'users',
    name: 'users',
    component: () => import('./views/UserListView.vue'),
    meta: { permissions: ['users:read'], title: 'users.title', messages },
  },
  {
    path: 'users/:id',
    name: 'user',
    props: true,
    component: () => import('./views/UserView.vue'),
    meta: { permissions: ['users:read'], messages },
  },
];
