import { page, type FeatureDescription } from '@balcao/ui';

const read = { permissions: ['staff:read'] } as const;

/** The organization's own people. */
export default {
  routes: [
    page('team', 'team', () => import('./views/StaffView.vue'), { ...read, title: 'team.title' }),
    page('team/new', 'invite-staff', () => import('./views/InviteStaffView.vue'), {
      permissions: ['staff:write'],
      title: 'team.invite.title',
    }),
    page('team/:id', 'staff-member', () => import('./views/StaffMemberView.vue'), read),
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
} satisfies FeatureDescription;
