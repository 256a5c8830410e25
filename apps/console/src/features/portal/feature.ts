import { page, type FeatureDescription, type PaletteEntry } from '@balcao/ui';
import { TABS } from './sections.js';

const section = (name: string, label: PaletteEntry['label'], icon: string): PaletteEntry => ({
  kind: 'page',
  to: { name: 'portal', params: { section: name } },
  label,
  icon,
});

export default {
  routes: [
    {
      path: `portal/:section(${Object.keys(TABS).join('|')})?`,
      name: 'portal',
      props: ({ params }) => ({ tab: params.section || 'branding' }),
      component: () => import('./views/PortalView.vue'),
      meta: { permissions: ['portals:read'], title: 'portal.title' },
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
  palette: [
    section('domain', { 'pt-BR': 'Domínio do portal', 'en-US': 'Portal domain' }, 'i-lucide-link'),
    {
      kind: 'page',
      to: { name: 'portals' },
      label: { 'pt-BR': 'Todos os portais', 'en-US': 'All portals' },
      icon: 'i-lucide-globe',
    },
    {
      kind: 'action',
      to: { name: 'new-portal' },
      label: { 'pt-BR': 'Criar um portal', 'en-US': 'Create a portal' },
      icon: 'i-lucide-plus',
    },
    section(
      'access',
      { 'pt-BR': 'Acesso e endereço do portal', 'en-US': 'Access and address of the portal' },
      'i-lucide-door-open',
    ),
    section('features', { 'pt-BR': 'Recursos do portal', 'en-US': 'Portal features' }, 'i-lucide-toggle-right'),
    section('tickets', { 'pt-BR': 'Prazos dos chamados', 'en-US': 'Ticket times' }, 'i-lucide-clock'),
    section('security', { 'pt-BR': 'Segurança do portal', 'en-US': 'Portal security' }, 'i-lucide-lock'),
    section('invitations', { 'pt-BR': 'Domínios de convite', 'en-US': 'Invitation domains' }, 'i-lucide-at-sign'),
  ],
  firstSteps: [
    { name: 'brand', to: { name: 'portal' }, minutes: 3 },
    { name: 'domain', to: { name: 'portal', params: { section: 'domain' } }, minutes: 5 },
    { name: 'signup', to: { name: 'portal', params: { section: 'signup' } }, minutes: 2 },
  ],
} satisfies FeatureDescription;
