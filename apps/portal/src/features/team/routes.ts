import type { MessageLoader } from '@balcao/ui';
import type { RouteRecordRaw } from 'vue-router';
import { useSessionStore } from '../../stores/session.js';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');

export const teamRoutes: RouteRecordRaw[] = [
  {
    path: 'team',
    name: 'team',
    component: () => import('./views/TeamView.vue'),
    meta: { permissions: ['users:read', 'users:manage', 'users:invite'], title: 'team.title', messages },
    // Who only invites sees the invitations and nobody else.
    beforeEnter: () => useSessionStore().can('users:read', 'users:manage') || { name: 'team-invitations' },
  },
  {
    path: 'team/invitations',
    name: 'team-invitations',
    component: () => import('./views/InvitationsView.vue'),
    meta: { feature: 'invitations', permissions: ['users:invite'], title: 'team.invitations.title', messages },
  },
];
