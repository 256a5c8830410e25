import { page, type FeatureDescription } from '@balcao/ui';

const readers = { feature: 'tickets', permissions: ['tickets:read_own', 'tickets:read_account'] } as const;

export default {
  routes: [
    page('tickets', 'tickets', () => import('./views/TicketListView.vue'), { ...readers, title: 'tickets.title' }),
    page('tickets/new', 'new-ticket', () => import('./views/NewTicketView.vue'), {
      feature: 'tickets',
      permissions: ['tickets:create'],
      title: 'tickets.new.title',
    }),
    page('tickets/:id', 'ticket', () => import('./views/TicketView.vue'), readers),
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
} satisfies FeatureDescription;
