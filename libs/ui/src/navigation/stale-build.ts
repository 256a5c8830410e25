import type { Router } from 'vue-router';

const KEY = 'balcao-reloaded-at';
/** A second failure this soon is no new version: loading again would go on for ever. */
const PAUSE = 30_000;

/**
 * When a new version was published while this page was open, its old files are gone: the wanted page is then loaded
 * afresh, once.
 */
export function reloadWhenStale(router: Router): void {
  let stale = false;
  addEventListener('vite:preloadError', () => (stale = true));
  router.onError((_error, to) => {
    if (!stale || reloadedJustNow()) return;
    location.assign(router.resolve(to.fullPath).href);
  });
}

function reloadedJustNow(): boolean {
  try {
    const last = Number(sessionStorage.getItem(KEY));
    sessionStorage.setItem(KEY, String(Date.now()));
    return Date.now() - last < PAUSE;
  } catch {
    return true;
  }
}
