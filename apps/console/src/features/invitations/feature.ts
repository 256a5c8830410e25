import { page, type FeatureDescription } from '@balcao/ui';

const write = { permissions: ['invitations:write'] } as const;

export default {
  routes: [
    page('invitations', 'invitations', () => import('./views/InvitationListView.vue'), {
      permissions: ['invitations:read'],
      title: 'invitations.title',
    }),
    page('invitations/many', 'new-invitations', () => import('./views/NewInvitationsView.vue'), {
      ...write,
      title: 'invitations.many.title',
    }),
    page('invitations/lists/:id', 'invitation-import', () => import('./views/ImportView.vue'), {
      permissions: ['invitations:read'],
    }),
    page('invitations/new', 'new-invitation', () => import('./views/NewInvitationView.vue'), {
      ...write,
      title: 'invitations.new.title',
    }),
  ],
  menu: [
    {
      page: 'invitations',
      under: 'customers',
      label: { 'pt-BR': 'Convites', 'en-US': 'Invitations' },
      icon: 'i-lucide-mail-plus',
      order: 22,
    },
  ],
} satisfies FeatureDescription;
