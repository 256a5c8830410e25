import { installPages, scrollToPage } from '@balcao/ui';
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type RouteLocationRaw,
  type Router,
  type RouterHistory,
} from 'vue-router';
import { base } from './api/base.js';
import { mayBeSignedIn } from './api/connection.js';
import { authRoutes } from './features/auth/routes.js';
import { helpRoutes, publicHelpRoutes } from './features/help/routes.js';
import { homeRoutes } from './features/home/routes.js';
import { settingsRoutes } from './features/settings/routes.js';
import { teamRoutes } from './features/team/routes.js';
import { ticketRoutes } from './features/tickets/routes.js';
import { usePortalStore } from './stores/portal.js';
import { useSessionStore } from './stores/session.js';

/** The portal's pages, below its base. */
export function createPortalRouter(history: RouterHistory = createWebHistory(`${base}/portal/`)): Router {
  const router = createRouter({
    history,
    scrollBehavior: scrollToPage,
    routes: [
      {
        path: '/',
        component: () => import('./shell/SignedInLayout.vue'),
        meta: {
          access: 'signed-in',
          messages: (locale) =>
            locale === 'pt-BR' ? import('./shell/i18n/pt-BR.json') : import('./shell/i18n/en-US.json'),
        },
        children: [
          ...homeRoutes,
          ...ticketRoutes,
          ...helpRoutes,
          ...teamRoutes,
          ...settingsRoutes,
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
      // After the others, so that `/` is the home page and not this layout without a page.
      {
        path: '/',
        component: () => import('./shell/PublicLayout.vue'),
        children: [...authRoutes, ...publicHelpRoutes],
      },
    ],
  });
  router.beforeEach(guard);
  installPages(router);
  return router;
}

/** The page that is probably shown first, told without asking the API; the guard decides. */
export function likelyFirstPage(router: Router): RouteLocationRaw {
  const page = router.resolve(router.options.history.location);
  const needsSession = page.meta.access === 'signed-in' && !page.meta.visitors;
  return needsSession && !mayBeSignedIn() ? { name: 'login' } : page;
}

/** Who may open which page. The API decides again on every request; this only avoids showing what it refuses. */
async function guard(to: RouteLocationNormalized) {
  const session = useSessionStore();
  const { access, feature, permissions, visitors } = to.meta;
  if (access === 'public') return true;
  const signedIn = await session.ensure();
  if (access === 'guest') return signedIn ? { name: 'home' } : true;
  if (!signedIn && visitors && usePortalStore().showsArticles)
    return { name: visitors, params: to.params, query: to.query, hash: to.hash };
  if (!signedIn) return { name: 'login', query: to.path === '/' ? {} : { next: to.fullPath } };
  if (feature && !session.has(feature)) return insteadOf(to, 'not-found');
  if (permissions && !session.can(...permissions)) return insteadOf(to, 'no-access');
  return true;
}

/** Shows another page at the same address. */
const insteadOf = (to: RouteLocationNormalized, name: 'not-found' | 'no-access') => ({
  name,
  params: { path: to.path.slice(1).split('/') },
  query: to.query,
  replace: true,
});
