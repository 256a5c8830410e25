import type { RouteLocationRaw, RouteMeta, Router } from 'vue-router';

/**
 * Where somebody wanted to go before they had to sign in: a page of this application that a session opens. An address
 * from the outside never leads away.
 */
export function returnAddress(
  router: Router,
  { opens, otherwise }: { opens: (meta: RouteMeta) => boolean; otherwise: RouteLocationRaw },
): RouteLocationRaw {
  const { next } = router.currentRoute.value.query;
  if (typeof next !== 'string' || !next.startsWith('/') || next.startsWith('//')) return otherwise;
  return opens(router.resolve(next).meta) ? next : otherwise;
}
