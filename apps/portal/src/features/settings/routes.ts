import type { MessageLoader } from '@balcao/ui';
import type { RouteRecordRaw } from 'vue-router';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');

export const settingsRoutes: RouteRecordRaw[] = [
  {
    path: 'settings',
    name: 'settings',
    component: () => import('./views/ProfileView.vue'),
    meta: { title: 'settings.title', messages },
  },
  {
    path: 'settings/security',
    name: 'security',
    component: () => import('./views/SecurityView.vue'),
    meta: { title: 'settings.security.title', messages },
  },
];
