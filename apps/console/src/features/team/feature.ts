import type { FeatureDescription } from '@balcao/ui';

const read = { permissions: ['staff:read'] } as const;

/** The organization's own people. */
export default {
  routes: [
    {
      path: 'team',
      name: 'team',
      component: () => import('./views/StaffView.vue'),
      meta: { ...read, title: 'team.title' },
    },
    {
      path: 'team/new',
      name: 'invite-staff',
      component: () => import('./views/InviteStaffView.vue'),
      meta: { permissions: ['staff:write'], title: 'team.invite.title' },
    },
    {
      path: 'team/:id',
      name: 'staff-member',
      props: true,
      component: () => import('./views/StaffMemberView.vue'),
      meta: read,
    },
  ],
  menu: [
    {
      page: 'team',
      group: 'organization',
      label: { 'pt-BR': 'Equipe', 'en-US': 'Team' },
      icon: 'i-lucide-contact',
      order: 60,
    },
  ],
  palette: [
    {
      kind: 'action',
      to: { name: 'invite-staff' },
      label: { 'pt-BR': 'Convidar para a equipe', 'en-US': 'Invite to the team' },
      icon: 'i-lucide-user-plus',
    },
  ],
} satisfies FeatureDescription;
