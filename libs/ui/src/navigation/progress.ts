import type { RouteLocationNormalized, Router } from 'vue-router';

/** Says while a page is on its way: `data-going` draws a bar along the top, after a moment that what is quick never takes. */
export function installProgress(router: Router): void {
  let going: RouteLocationNormalized | undefined;

  function tell(to: RouteLocationNormalized | undefined): void {
    going = to;
    document.documentElement.toggleAttribute('data-going', Boolean(to));
    const main = document.querySelector('main');
    if (to) main?.setAttribute('aria-busy', 'true');
    else main?.removeAttribute('aria-busy');
  }

  /** One that was given up for another is not the one that is waited for. */
  const arrived = (to: RouteLocationNormalized) => void (to === going && tell(undefined));
  router.beforeEach((to) => tell(to));
  router.afterEach(arrived);
  router.onError((_error, to) => arrived(to));
}
