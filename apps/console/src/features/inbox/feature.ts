import type { FeatureDescription } from '@balcao/ui';
import type { RouteMeta } from 'vue-router';

const meta: RouteMeta = { permissions: ['tickets:read'], full: true };
/** One page for both: the list stays where it was while tickets are opened from it. */
const InboxView = () => import('./views/InboxView.vue');

export default {
  routes: [
    { path: 'inbox', name: 'inbox', component: InboxView, meta: { ...meta, title: 'inbox.title' } },
    { path: 'inbox/:id', name: 'ticket', component: InboxView, props: true, meta },
  ],
  menu: [
    { page: 'inbox', label: { 'pt-BR': 'Caixa de entrada', 'en-US': 'Inbox' }, icon: 'i-lucide-inbox', order: 10 },
  ],
  palette: [
    {
      kind: 'page',
      to: { name: 'inbox', query: { view: 'mine' } },
      label: { 'pt-BR': 'Meus chamados', 'en-US': 'My tickets' },
      icon: 'i-lucide-inbox',
    },
    {
      kind: 'page',
      to: { name: 'inbox', query: { view: 'unassigned' } },
      label: { 'pt-BR': 'Chamados sem responsável', 'en-US': 'Unassigned tickets' },
      icon: 'i-lucide-inbox',
    },
  ],
} satisfies FeatureDescription;
