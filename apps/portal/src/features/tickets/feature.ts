import type { FeatureDescription } from '@balcao/ui';
import type { RouteMeta } from 'vue-router';

const readers: RouteMeta = { feature: 'tickets', permissions: ['tickets:read_own', 'tickets:read_account'] };

export default {
  routes: [
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
      meta: { feature: 'tickets', permissions: ['tickets:create'], title: 'tickets.new.title' },
    },
    {
      path: 'tickets/:id',
      name: 'ticket',
      props: true,
      component: () => import('./views/TicketView.vue'),
      meta: readers,
    },
  ],
  menu: [
    {
      page: 'tickets',
      label: { 'pt-BR': 'Chamados', 'en-US': 'Tickets' },
      icon: 'i-lucide-message-square',
      group: 'support',
      order: 20,
    },
  ],
  palette: [
    {
      to: { name: 'new-ticket' },
      label: { 'pt-BR': 'Abrir chamado', 'en-US': 'Open a ticket' },
      icon: 'i-lucide-plus',
      kind: 'action',
    },
  ],
} satisfies FeatureDescription;
