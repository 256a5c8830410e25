import { createApp, type App } from 'vue';
import type { RouteLocationRaw, Router } from 'vue-router';
import { initialLocale } from '../i18n/locales.js';
import CannotStart from './CannotStart.vue';
import { hindrance } from './hindrance.js';

/**
 * Begins to load the components and texts of the page that is likely to be the first, while the rest of the application
 * starts: one after the other, they would each cost a round trip. What fails here is loaded again, and reported, by
 * the navigation itself. Route components must be loaders (`() => import(…)`).
 */
export function warmUp(router: Router, first: RouteLocationRaw): void {
  const locale = initialLocale();
  for (const { components, meta } of router.resolve(first).matched) {
    const loaders = Object.values(components ?? {}) as (() => Promise<unknown>)[];
    for (const loading of [...loaders.map((load) => load()), meta.messages?.(locale)]) void loading?.catch(() => {});
  }
}

/**
 * Shows the application with its first page once what it needs is there: the outline in the document stands until then,
 * and nothing is ever blank. Where the page or its texts do not come, that is said instead.
 */
export async function mountWithFirstPage(app: App, router: Router, needs: Promise<unknown>): Promise<void> {
  try {
    await needs;
    app.use(router);
    // What the API did not say is asked for again by the application.
    await router.isReady().catch((error: unknown) => {
      if (!hindrance.value) throw error;
    });
    app.mount('#app');
  } catch {
    createApp(CannotStart).mount('#app');
  }
}
