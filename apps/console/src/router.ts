import { inPlaceOf, installPages, missingPages, scrollToPage, type MessageLoader } from '@balcao/ui';
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type RouteLocationRaw,
  type Router,
  type RouterHistory,
} from 'vue-router';
import { mayBeSignedIn } from './api/connection.js';
import { features } from './registry/features.js';
import { firstPage } from './registry/first-page.js';
import { useOperatorStore } from './stores/operator.js';
import { useSessionStore } from './stores/session.js';

const shellMessages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./shell/i18n/pt-BR.json') : import('./shell/i18n/en-US.json');

/** The staff's pages below `/console`, the operators' below `/ops`. */
export function createConsoleRouter(history: RouterHistory = createWebHistory('/')): Router {
  const pages = features.flatMap(({ routes }) => routes);
  const doors = features.flatMap(({ publicRoutes }) => publicRoutes);
  const ofOperators = ({ meta }: (typeof pages)[number]) => Boolean(meta?.access?.startsWith('operator'));
  const ofStaff = (route: (typeof pages)[number]) => !ofOperators(route);
  const router: Router = createRouter({
    history,
    scrollBehavior: scrollToPage,
    routes: [
      {
        path: '/console',
        component: () => import('./shell/ConsoleLayout.vue'),
        meta: { access: 'staff', messages: shellMessages },
        children: [
          { path: '', name: 'home', redirect: () => ({ name: firstPage(router) }) },
          ...pages.filter(ofStaff),
          ...missingPages(),
        ],
      },
      { path: '/ops', component: () => import('./shell/OpsLayout.vue'), children: pages.filter(ofOperators) },
      // After the layouts above: of two records with one path the first wins, and their first pages have it.
      { path: '/console', component: () => import('./shell/PublicLayout.vue'), children: doors.filter(ofStaff) },
      { path: '/ops', component: () => import('./shell/PublicLayout.vue'), children: doors.filter(ofOperators) },
      { path: '/:path(.*)*', redirect: '/console' },
    ],
  });
  installPages(router);
  router.beforeEach((to) => guard(router, to));
  return router;
}

/** The page that is probably shown first, told without asking the API; the guard decides. */
export function likelyFirstPage(router: Router): RouteLocationRaw {
  const page = router.resolve(router.options.history.location);
  if (page.meta.access === 'operator' && !mayBeSignedIn('operator')) return { name: 'ops-login' };
  if (page.meta.access === 'staff' && !mayBeSignedIn('staff')) return { name: 'login' };
  return page;
}

/** Brought only for whom it is asked, or the sign-in would bring all that reads of the API needs. */
const isNewOrganization = async () => (await import('./data/getting-started.js')).isNewOrganization();

/** Who may open which page. The API decides again on every request; this only avoids showing what it refuses. */
async function guard(router: Router, to: RouteLocationNormalized) {
  const { access, permissions, sandbox } = to.meta;
  if (access === 'public') return true;
  if (access === 'operator' || access === 'operator-guest') return guardOps(access);
  const session = useSessionStore();
  const signedIn = await session.ensure();
  if (access === 'guest') return signedIn ? { name: firstPage(router) } : true;
  // Who comes by the front door has no permissions yet when their first page is chosen.
  const byFrontDoor = to.redirectedFrom?.name === 'home';
  if (!signedIn) return { name: 'login', query: byFrontDoor ? {} : { next: to.fullPath } };
  if (byFrontDoor && to.name === firstPage(router) && (await isNewOrganization())) return { name: 'getting-started' };
  if (byFrontDoor && ![firstPage(router), 'getting-started'].includes(String(to.name)))
    return { name: firstPage(router) };
  if (sandbox && !session.isSandbox) return inPlaceOf(to, 'not-found', 2);
  if (permissions && !session.can(...permissions)) return inPlaceOf(to, 'no-access', 2);
  return true;
}

async function guardOps(access: 'operator' | 'operator-guest') {
  const signedIn = await useOperatorStore().ensure();
  if (access === 'operator-guest') return signedIn ? { name: 'ops' } : true;
  return signedIn ? true : { name: 'ops-login' };
}
