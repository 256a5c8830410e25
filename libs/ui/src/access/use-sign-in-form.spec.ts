import { describe, expect, it } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { returnAddress } from './use-sign-in-form.js';

const page = { template: '<p />' };

async function ledTo(next: string, base = '/o/aurora/portal/'): Promise<string | undefined> {
  const router = createRouter({
    history: createMemoryHistory(base),
    routes: [
      { path: '/login', component: page },
      { path: '/:rest(.*)*', component: page, meta: { access: 'signedIn' } },
    ],
  });
  await router.push({ path: '/login', query: { next } });
  return returnAddress(router, 'signedIn');
}

describe('where a sign-in leads back to', () => {
  it.each([
    ['/', '/'],
    ['/tickets?status=open&q=a/../b#last', '/tickets?status=open&q=a/../b#last'],
    ['/tickets/x/../new', '/tickets/new'],
    ['/artigos/instalação', '/artigos/instala%C3%A7%C3%A3o'],
  ])('is a page of the application: %s', async (next, way) => {
    expect(await ledTo(next)).toBe(way);
    expect(await ledTo(next, '/')).toBe(way);
  });

  it.each([
    '/../../boreal/portal/login',
    '/../../../console',
    '/tickets/%2e%2e/%2e%2e',
    '/tickets/%2E./.%2e/boreal',
    '/tickets\\..\\..\\x',
    '/.\t./x',
    '/../portal',
    '/../portal-of-another/',
    '/..//evil.example/',
    '/x/..//evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    'tickets',
    'javascript:alert(1)',
    '/login',
    '',
  ])('is never outside of it: %s', async (next) => {
    expect(await ledTo(next)).toBeUndefined();
  });

  it.each(['/..//evil.example/', '/x/..//evil.example/', '/\t/evil.example/'])(
    'is no other host for an application at the root: %s',
    async (next) => expect(await ledTo(next, '/')).toBeUndefined(),
  );
});
