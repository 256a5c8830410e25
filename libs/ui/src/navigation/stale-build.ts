import type { RouteLocationNormalized, Router } from 'vue-router';
import { toast } from '../feedback/toasts.js';
import { translate } from '../i18n/i18n.js';

const KEY = 'balcao-reloaded-at';
/** A second failure this soon is no new version: loading again would go on for ever. */
const PAUSE = 30_000;

/**
 * When a page's code does not come, either a new version was published while this page was open, and its old files are
 * gone: then the wanted page is loaded afresh, once. Or the server cannot be reached: then one stays where one is, with
 * all that was typed, and goes on when the connection is back.
 */
export function reloadWhenStale(router: Router): void {
  let broken = false;
  let wanted: RouteLocationNormalized | undefined;
  addEventListener('vite:preloadError', () => (broken = true));
  addEventListener('online', () => wanted && void router.push(wanted.fullPath));
  router.afterEach((_to, _from, failure) => {
    if (!failure) wanted = undefined;
  });
  router.onError(async (_error, to) => {
    if (!broken) return;
    broken = false;
    if (!(await serverAnswers())) {
      wanted = to;
      toast({ text: translate('ui.offline.page'), tone: 'danger' });
    } else if (!reloadedJustNow()) {
      location.assign(router.resolve(to.fullPath).href);
    }
  });
}

/** The browser may believe to be connected where it is not. */
export async function serverAnswers(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    return (await fetch(location.pathname, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(5000) }))
      .ok;
  } catch {
    return false;
  }
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
