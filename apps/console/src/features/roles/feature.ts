import type { FeatureDescription } from '@balcao/ui';

const read = { permissions: ['roles:read'] } as const;

/** The roles of customers' people. */
export default {
  routes: [
    {
      path: 'roles',
      name: 'roles',
      component: () => import('./views/RoleListView.vue'),
      meta: { ...read, title: 'roles.title' },
    },
    {
      path: 'roles/new',
      name: 'new-role',
      component: () => import('./views/RoleView.vue'),
      meta: { permissions: ['roles:write'], title: 'roles.new' },
    },
    { path: 'roles/:id', name: 'role', props: true, component: () => import('./views/RoleView.vue'), meta: read },
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
  palette: [
    {
      kind: 'action',
      to: { name: 'new-role' },
      label: { 'pt-BR': 'Criar papel do portal', 'en-US': 'Create a portal role' },
      icon: 'i-lucide-shield-plus',
    },
  ],
} satisfies FeatureDescription;
