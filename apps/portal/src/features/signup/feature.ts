import { page, type FeatureDescription } from '@balcao/ui';

/** How a company becomes a customer by itself: three steps below one address, and where the link of its mail leads. */
export default {
  publicRoutes: [
    {
      path: 'signup/:slug',
      component: () => import('./views/SignupView.vue'),
      props: true,
      meta: { access: 'public', title: 'signup.title' },
      children: [
        page('', 'signup', () => import('./views/CompanyView.vue')),
        page('administrator', 'signup-administrator', () => import('./views/AdministratorView.vue')),
        page(':id', 'signup-status', () => import('./views/status-page.js')),
      ],
    },
    page('confirm-signup', 'confirm-signup', () => import('./views/confirm-page.js'), {
      access: 'public',
      title: 'signup.confirm.title',
    }),
  ],
} satisfies FeatureDescription;
