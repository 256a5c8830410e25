import { flushPromises } from '@vue/test-utils';
import { createApp, h } from 'vue';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { storeLocale } from '../i18n/locales.js';
import { ApiError } from '../api/api-error.js';
import { hindrance, installHindrance } from './hindrance.js';
import { mountWithFirstPage } from './warm-up.js';
import { eventually } from '../../test/support/index.js';

const page = () => Promise.resolve({ render: () => h('h1', 'Inicio') });
const lost = (): Promise<never> => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));

/** Starts an application with one page, and gives what stands in the document. */
async function started({
  load = page,
  needs = page as () => Promise<unknown>,
  guard = () => {},
} = {}): Promise<HTMLElement> {
  document.body.innerHTML = '<div id="app"><p>outline</p></div>';
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: load as never }] });
  installHindrance(router);
  router.beforeEach(guard);
  await mountWithFirstPage(createApp({ render: () => h(RouterView) }), router, needs());
  await flushPromises();
  return document.body;
}

describe('the first page', () => {
  beforeEach(() => storeLocale('pt-BR'));

  it('stands in the place of the outline', async () => {
    expect((await started()).textContent).toBe('Inicio');
  });

  it.each([
    ['the page', { load: lost }],
    ['the texts', { needs: lost }],
  ])('says so where %s did not come, and loads again once the server answers', async (_what, start) => {
    const reload = vi.fn();
    vi.stubGlobal('location', { ...location, pathname: '/', hash: '', reload });
    const fetching = vi.fn().mockRejectedValueOnce(new TypeError('away')).mockResolvedValue({ ok: true });
    vi.stubGlobal('fetch', fetching);
    const body = await started(start);
    expect(body.querySelector('h1')?.textContent).toBe('A página não carregou');
    const again = body.querySelector('button')!;
    expect(again.textContent).toContain('Tentar de novo');
    again.click();
    await flushPromises();
    expect(reload).not.toHaveBeenCalled();
    again.click();
    await eventually(() => expect(reload).toHaveBeenCalledOnce());
    vi.unstubAllGlobals();
  });

  it('leaves it to the application to ask again for what the API did not say', async () => {
    let broken = true;
    const guard = () => {
      if (broken) throw new ApiError({ status: 503, code: 'service_unavailable' });
    };
    expect((await started({ guard })).querySelector('#app')!.innerHTML).toBe('<!---->');
    broken = false;
    await hindrance.value!.retry();
    await flushPromises();
    expect(document.body.textContent).toBe('Inicio');
    expect(hindrance.value).toBeUndefined();
  });

  it('says so in the language of the device', async () => {
    storeLocale('en-US');
    expect((await started({ load: lost })).textContent).toContain('The page did not load');
  });
});
