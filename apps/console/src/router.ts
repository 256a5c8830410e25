import { installPages, scrollToPage, type MessageLoader } from '@balcao/ui';
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type RouteLocationRaw,
  type Router,
  type RouterHistory,
} from 'vue-router';
import { mayBeSignedIn } from './api/connection.js';
import { articleRoutes } from './features/articles/routes.js';
import { authRoutes } from './features/auth/routes.js';
import { customerRoutes } from './features/customers/routes.js';
import { inboxRoutes } from './features/inbox/routes.js';
import { invitationRoutes } from './features/invitations/routes.js';
import { opsPublicRoutes, opsRoutes } from './features/ops/routes.js';
import { peopleRoutes } from './features/people/routes.js';
import { portalRoutes } from './features/portal/routes.js';
import { profileRoutes } from './features/profile/routes.js';
import { firstPage } from './shell/navigation.js';
import { useOperatorStore } from './stores/operator.js';
import { useSessionStore } from './stores/session.js';

const shellMessages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./shell/i18n/pt-BR.json') : import('./shell/i18n/en-US.json');

/** The staff's pages below `/console`, the operators' below `/ops`. */
export function createConsoleRouter(history: RouterHistory = createWebHistory('/')): Router {
  const router = createRouter({
    history,
    scrollBehavior: scrollToPage,
    routes: [
      {
        path: '/console',
        component: () => import('./shell/ConsoleLayout.vue'),
        meta: { access: 'staff', messages: shellMessages },
        children: [
          { path: '', name: 'home', redirect: () => ({ name: firstPage() }) },
          ...inboxRoutes,
          ...customerRoutes,
          ...invitationRoutes,
          ...articleRoutes,
          ...portalRoutes,
          ...peopleRoutes,
          ...profileRoutes,
          // The same address for both: it stays readable, and the guard chooses by name.
          {
            path: ':path(.*)*',
            name: 'not-found',
            component: () => import('./shell/NotFoundView.vue'),
            meta: { title: 'app.notFound.title' },
          },
          {
            path: ':path(.*)*',
            name: 'no-access',
            component: () => import('./shell/NoAccessView.vue'),
            meta: { title: 'shell.noAccess' },
          },
        ],
      },
      {
        path: '/ops',
        component: () => import('./shell/OpsLayout.vue'),
        meta: { access: 'operator' },
        children: opsRoutes,
      },
      // After the layouts above: of two records with one path the first wins, and their first pages have it.
      { path: '/console', component: () => import('./shell/PublicLayout.vue'), children: authRoutes },
      { path: '/ops', component: () => import('./shell/PublicLayout.vue'), children: opsPublicRoutes },
      { path: '/:path(.*)*', redirect: '/console' },
    ],
  });
  router.beforeEach(guard);
  installPages(router);
  return router;
}

/** The page that is probably shown first, told without asking the API; the guard decides. */
export function likelyFirstPage(router: Router): RouteLocationRaw {
  const page = router.resolve(router.options.history.location);
  if (page.meta.access === 'operator' && !mayBeSignedIn('operator')) return { name: 'ops-login' };
  if (page.meta.access === 'staff' && !mayBeSignedIn('staff')) return { name: 'login' };
  return page;
}

/** Who may open which page. The API decides again on every request; this only avoids showing what it refuses. */
async function guard(to: RouteLocationNormalized) {
  const { access, permissions } = to.meta;
  if (access === 'public') return true;
  if (access === 'operator' || access === 'operator-guest') return guardOps(access);
  const session = useSessionStore();
  const signedIn = await session.ensure();
  if (access === 'guest') return signedIn ? { name: firstPage() } : true;
  if (!signedIn) return { name: 'login', query: { next: to.fullPath } };
  // Who came by the front door had no permissions yet when the redirect was chosen.
  if (to.redirectedFrom?.name === 'home' && to.name !== firstPage()) return { name: firstPage() };
  if (permissions && !session.can(...permissions)) {
    return { name: 'no-access', params: { path: to.path.split('/').slice(2) }, query: to.query, replace: true };
  }
  return true;
}

async function guardOps(access: 'operator' | 'operator-guest') {
  const signedIn = await useOperatorStore().ensure();
  if (access === 'operator-guest') return signedIn ? { name: 'ops' } : true;
  return signedIn ? true : { name: 'ops-login' };
}
