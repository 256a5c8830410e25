import { inPlaceOf, installPages, missingPages, scrollToPage, type Feature } from '@balcao/ui';
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
import { features as ownFeatures } from './features.js';
import { usePortalStore } from './stores/portal.js';
import { useSessionStore } from './stores/session.js';

/** The portal's pages, below its base. */
export function createPortalRouter(
  history: RouterHistory = createWebHistory(`${base}/portal/`),
  features: readonly Feature[] = ownFeatures,
): Router {
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
        children: [...features.flatMap(({ routes }) => routes), ...missingPages()],
      },
      // After the others, so that `/` is the home page and not this layout without a page.
      {
        path: '/',
        component: () => import('./shell/PublicLayout.vue'),
        children: features.flatMap(({ publicRoutes }) => publicRoutes),
      },
    ],
  });
  installPages(router);
  router.beforeEach(guard);
  return router;
}

/** The page that is probably shown first, told without asking the API; the guard decides. */
export function likelyFirstPage(router: Router): RouteLocationRaw {
  const page = router.resolve(router.options.history.location);
  const { access, visitors } = page.meta;
  if (access !== 'signed-in' || mayBeSignedIn()) return page;
  return visitors ? { name: visitors, params: page.params } : { name: 'login' };
}

/** Who may open which page. The API decides again on every request; this only avoids showing what it refuses. */
async function guard(to: RouteLocationNormalized) {
  const session = useSessionStore();
  const { access, feature, visitors } = to.meta;
  // Nothing of the address goes along: a token may stand in it.
  if (access === 'public') return !feature || usePortalStore().has(feature) || { name: 'login' };
  const signedIn = await session.ensure();
  if (access === 'guest') return signedIn ? { name: 'home' } : true;
  if (!signedIn && visitors && usePortalStore().showsArticles)
    return { name: visitors, params: to.params, query: to.query, hash: to.hash };
  if (!signedIn) return { name: 'login', query: to.path === '/' ? {} : { next: to.fullPath } };
  if (session.opens(to.meta)) return true;
  return inPlaceOf(to, feature && !session.has(feature) ? 'not-found' : 'no-access');
}
