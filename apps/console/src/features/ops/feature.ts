import type { FeatureDescription } from '@balcao/ui';

const meta = { access: 'operator' } as const;

/** The pages of those who run the installation, below `/ops`. */
export default {
  routes: [
    {
      path: '',
      name: 'ops',
      component: () => import('./views/OpsHomeView.vue'),
      meta: { ...meta, title: 'ops.title' },
    },
    {
      path: 'new',
      name: 'new-organization',
      component: () => import('./views/NewOrganizationView.vue'),
      meta: { ...meta, title: 'ops.new.title' },
    },
  ],
  publicRoutes: [
    {
      path: 'login',
      name: 'ops-login',
      component: () => import('./views/OpsSignInView.vue'),
      meta: { access: 'operator-guest', title: 'ops.signIn.title' },
    },
  ],
} satisfies FeatureDescription;
