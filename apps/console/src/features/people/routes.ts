import type { MessageLoader } from '@balcao/ui';
import type { RouteRecordRaw } from 'vue-router';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');

export const peopleRoutes: RouteRecordRaw[] = [
  {
    path: 'people',
    name: 'people',
    component: () => import('./views/StaffView.vue'),
    meta: { permissions: ['staff:read'], title: 'people.title', messages },
  },
  {
    path: 'people/new',
    name: 'invite-staff',
    component: () => import('./views/InviteStaffView.vue'),
    meta: { permissions: ['staff:write'], title: 'people.invite.title', messages },
  },
  {
    path: 'people/:id',
    name: 'staff-member',
    props: true,
    component: () => import('./views/StaffMemberView.vue'),
    meta: { permissions: ['staff:read'], messages },
  },
  {
    path: 'people/roles',
    name: 'roles',
    component: () => import('./views/RoleListView.vue'),
    meta: { permissions: ['roles:read'], title: 'people.roles.title', messages },
  },
  {
    path: 'people/roles/new',
    name: 'new-role',
    component: () => import('./views/RoleView.vue'),
    meta: { permissions: ['roles:write'], title: 'people.roles.new', messages },
  },
  {
    path: 'people/roles/:id',
    name: 'role',
    props: true,
    component: () => import('./views/RoleView.vue'),
    meta: { permissions: ['roles:read'], title: 'people.roles.one', messages },
  },
];
