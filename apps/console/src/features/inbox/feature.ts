import { page, type FeatureDescription } from '@balcao/ui';

const meta = { permissions: ['tickets:read'], full: true } as const;
/** One page for both: the list stays where it was while tickets are opened from it. */
const InboxView = () => import('./views/InboxView.vue');

export default {
  routes: [
    page('inbox', 'inbox', InboxView, { ...meta, title: 'inbox.title' }),
    page('inbox/:id', 'ticket', InboxView, meta),
  ],
  menu: [
    { page: 'inbox', label: { 'pt-BR': 'Caixa de entrada', 'en-US': 'Inbox' }, icon: 'i-lucide-inbox', order: 10 },
  ],
} satisfies FeatureDescription;
