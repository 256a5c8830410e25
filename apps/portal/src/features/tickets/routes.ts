import type { MessageLoader } from '@balcao/ui';
import type { RouteMeta, RouteRecordRaw } from 'vue-router';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');
const readers: RouteMeta = {
  feature: 'tickets',
  permissions: ['tickets:read_own', 'tickets:read_account'],
  messages,
};

export const ticketRoutes: RouteRecordRaw[] = [
  {
    path: 'tickets',
    name: 'tickets',
    component: () => import('./views/TicketListView.vue'),
    meta: { ...readers, title: 'tickets.title' },
  },
  {
    path: 'tickets/new',
    name: 'new-ticket',
    component: () => import('./views/NewTicketView.vue'),
    meta: { feature: 'tickets', permissions: ['tickets:create'], messages, title: 'tickets.new.title' },
  },
  {
    path: 'tickets/:id',
    name: 'ticket',
    props: true,
    component: () => import('./views/TicketView.vue'),
    meta: readers,
  },
];
