import type { MessageLoader } from '@balcao/ui';
import type { RouteRecordRaw } from 'vue-router';
import { SECTIONS } from './sections.js';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');

export const portalRoutes: RouteRecordRaw[] = [
  {
    path: `portal/:section(${SECTIONS.join('|')})?`,
    name: 'portal',
    props: ({ params }) => ({ section: params.section || 'appearance' }),
    component: () => import('./views/PortalView.vue'),
    meta: { permissions: ['portals:read'], title: 'portal.title', messages },
  },
];
