import type { MessageLoader } from '@balcao/ui';
import type { RouteRecordRaw } from 'vue-router';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');

export const opsPublicRoutes: RouteRecordRaw[] = [
  {
    path: 'login',
    name: 'ops-login',
    component: () => import('./views/OpsSignInView.vue'),
    meta: { access: 'operator-guest', title: 'ops.signIn.title', messages },
  },
];

export const opsRoutes: RouteRecordRaw[] = [
  { path: '', name: 'ops', component: () => import('./views/OpsHomeView.vue'), meta: { title: 'ops.title', messages } },
  {
    path: 'new',
    name: 'new-organization',
    component: () => import('./views/NewOrganizationView.vue'),
    meta: { title: 'ops.new.title', messages },
  },
];
