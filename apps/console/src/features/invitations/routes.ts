import type { MessageLoader } from '@balcao/ui';
import type { RouteRecordRaw } from 'vue-router';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');

export const invitationRoutes: RouteRecordRaw[] = [
  {
    path: 'invitations',
    name: 'invitations',
    component: () => import('./views/InvitationListView.vue'),
    meta: { permissions: ['invitations:read'], title: 'invitations.title', messages },
  },
  {
    path: 'invitations/many',
    name: 'new-invitations',
    component: () => import('./views/NewInvitationsView.vue'),
    meta: { permissions: ['invitations:write'], title: 'invitations.many.title', messages },
  },
  {
    path: 'invitations/new',
    name: 'new-invitation',
    component: () => import('./views/NewInvitationView.vue'),
    meta: { permissions: ['invitations:write'], title: 'invitations.new.title', messages },
  },
];
