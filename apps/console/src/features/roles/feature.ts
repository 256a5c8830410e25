import { page, type FeatureDescription } from '@balcao/ui';

const read = { permissions: ['roles:read'] } as const;

/** The roles of customers' people. */
export default {
  routes: [
    page('roles', 'roles', () => import('./views/RoleListView.vue'), { ...read, title: 'roles.title' }),
    page('roles/new', 'new-role', () => import('./views/RoleView.vue'), {
      permissions: ['roles:write'],
      title: 'roles.new',
    }),
    page('roles/:id', 'role', () => import('./views/RoleView.vue'), read),
  ],
  menu: [
    {
      page: 'roles',
      under: 'customers',
      label: { 'pt-BR': 'Papéis do portal', 'en-US': 'Portal roles' },
      icon: 'i-lucide-shield-check',
      order: 23,
    },
  ],
} satisfies FeatureDescription;
