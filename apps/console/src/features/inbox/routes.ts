import type { MessageLoader } from '@balcao/ui';
import type { RouteMeta, RouteRecordRaw } from 'vue-router';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');
const meta: RouteMeta = { permissions: ['tickets:read'], messages, full: true };
/** One page for both: the list stays where it was while tickets are opened from it. */
const InboxView = () => import('./views/InboxView.vue');

export const inboxRoutes: RouteRecordRaw[] = [
  { path: 'inbox', name: 'inbox', component: InboxView, meta: { ...meta, title: 'inbox.title' } },
  { path: 'inbox/:id', name: 'ticket', component: InboxView, props: true, meta },
];
