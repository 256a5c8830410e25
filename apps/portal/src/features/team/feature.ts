import type { FeatureDescription } from '@balcao/ui';
import { useSessionStore } from '../../stores/session.js';

export default {
  routes: [
    {
      path: 'team',
      name: 'team',
      component: () => import('./views/TeamView.vue'),
      meta: { permissions: ['users:read', 'users:manage', 'users:invite'], title: 'team.title' },
      // Who only invites sees the invitations and nobody else.
      beforeEnter: () => useSessionStore().can('users:read', 'users:manage') || { name: 'team-invitations' },
    },
    {
      path: 'team/invitations',
      name: 'team-invitations',
      component: () => import('./views/InvitationsView.vue'),
      meta: { feature: 'invitations', permissions: ['users:invite'], title: 'team.invitations.title' },
    },
  ],
  menu: [
    {
      page: 'team',
      label: { 'pt-BR': 'Equipe', 'en-US': 'Team' },
      icon: 'i-lucide-users',
      group: 'account',
      order: 40,
    },
  ],
} satisfies FeatureDescription;
