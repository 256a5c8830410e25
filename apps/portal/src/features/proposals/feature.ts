import { page, type FeatureDescription } from '@balcao/ui';

const readers = { feature: 'billing', permissions: ['proposals:read'] } as const;

export default {
  routes: [
    page('proposals', 'proposals', () => import('./views/ProposalListView.vue'), {
      ...readers,
      title: 'proposals.title',
    }),
    page('proposals/:id', 'proposal', () => import('./views/ProposalView.vue'), readers),
  ],
  publicRoutes: [
    page('proposal', 'linked-proposal', () => import('./views/linked-proposal-page.js'), {
      access: 'public',
      feature: 'billing',
      title: 'proposals.link.title',
    }),
    page('proposal-check', 'check-proposal', () => import('./views/CheckProposalView.vue'), {
      access: 'public',
      feature: 'billing',
      title: 'proposals.check.title',
    }),
  ],
  menu: [
    {
      page: 'proposals',
      label: { 'pt-BR': 'Propostas', 'en-US': 'Proposals' },
      icon: 'i-lucide-file-pen-line',
      group: 'billing',
      order: 14,
    },
  ],
} satisfies FeatureDescription;
