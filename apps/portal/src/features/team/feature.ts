import { page, type FeatureDescription } from '@balcao/ui';
import { useSessionStore } from '../../stores/session.js';

export default {
  routes: [
    {
      ...page('team', 'team', () => import('./views/TeamView.vue'), {
        permissions: ['users:read', 'users:manage', 'users:invite'],
        title: 'team.title',
      }),
      // Who only invites sees the invitations and nobody else.
      beforeEnter: () => useSessionStore().can('users:read', 'users:manage') || { name: 'team-invitations' },
    },
    page('team/invitations', 'team-invitations', () => import('./views/InvitationsView.vue'), {
      feature: 'invitations',
      permissions: ['users:invite'],
      title: 'team.invitations.title',
    }),
  ],
  menu: [
    {
      page: 'team',
      label: { 'pt-BR': 'Equipe', 'en-US': 'Team' },
      icon: 'i-lucide-users',
      group: 'account',
      order: 40,
      rare: true,
    },
  ],
} satisfies FeatureDescription;
