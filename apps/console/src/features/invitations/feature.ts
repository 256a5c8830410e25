import type { FeatureDescription } from '@balcao/ui';

const write = { permissions: ['invitations:write'] } as const;

export default {
  routes: [
    {
      path: 'invitations',
      name: 'invitations',
      component: () => import('./views/InvitationListView.vue'),
      meta: { permissions: ['invitations:read'], title: 'invitations.title' },
    },
    {
      path: 'invitations/many',
      name: 'new-invitations',
      component: () => import('./views/NewInvitationsView.vue'),
      meta: { ...write, title: 'invitations.many.title' },
    },
    {
      path: 'invitations/new',
      name: 'new-invitation',
      component: () => import('./views/NewInvitationView.vue'),
      meta: { ...write, title: 'invitations.new.title' },
    },
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
  palette: [
    {
      kind: 'action',
      to: { name: 'new-invitation' },
      label: { 'pt-BR': 'Convidar pessoa', 'en-US': 'Invite a person' },
      icon: 'i-lucide-mail-plus',
    },
    {
      kind: 'action',
      to: { name: 'new-invitations' },
      label: { 'pt-BR': 'Convidar várias pessoas', 'en-US': 'Invite several people' },
      icon: 'i-lucide-users',
    },
  ],
} satisfies FeatureDescription;
