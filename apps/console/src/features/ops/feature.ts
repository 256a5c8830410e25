import { page, type FeatureDescription } from '@balcao/ui';

const meta = { access: 'operator' } as const;

/** The pages of those who run the installation, below `/ops`. */
export default {
  routes: [
    page('', 'ops', () => import('./views/OpsHomeView.vue'), { ...meta, title: 'ops.title' }),
    page('new', 'new-organization', () => import('./views/NewOrganizationView.vue'), {
      ...meta,
      title: 'ops.new.title',
    }),
  ],
  publicRoutes: [
    page('login', 'ops-login', () => import('./views/OpsSignInView.vue'), {
      access: 'operator-guest',
      title: 'ops.signIn.title',
    }),
  ],
} satisfies FeatureDescription;
