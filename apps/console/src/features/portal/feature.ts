import { page, type FeatureDescription } from '@balcao/ui';

export default {
  routes: [
    // Which sections there are, the view knows: their schema is too much for what every page of the console brings.
    {
      path: 'portal/:section?',
      name: 'portal',
      props: ({ params }) => ({ tab: params.section || 'branding' }),
      component: () => import('./views/PortalView.vue'),
      meta: { permissions: ['portals:read'], title: 'portal.title', about: ['portal'] },
    },
    page('portals', 'portals', () => import('./views/PortalListView.vue'), {
      permissions: ['portals:read'],
      title: 'portal.list.title',
    }),
    page('portals/new', 'new-portal', () => import('./views/NewPortalView.vue'), {
      permissions: ['portals:write'],
      title: 'portal.new.title',
    }),
  ],
  menu: [
    {
      page: 'portal',
      group: 'organization',
      label: { 'pt-BR': 'Portal', 'en-US': 'Portal' },
      icon: 'i-lucide-globe',
      order: 50,
    },
  ],
} satisfies FeatureDescription;
