import { setLocale } from '@balcao/ui';
import { describe, expect, it } from 'vitest';
import type { ArticleSummary } from '../src/api/types.js';
import { branding, eventually, give, json, listOf, openPortal, problem, settle, type Api } from './harness.js';

const wifi = { id: 'k-1', slug: 'wifi', name: 'Internet e Wi-Fi' };
const article = (n: number, more: Partial<ArticleSummary> = {}): ArticleSummary => ({
  id: `a-${n}`,
  slug: `artigo-${n}`,
  title: `Artigo ${n}`,
  excerpt: 'Resumo',
  titleHighlight: null,
  highlight: null,
  category: wifi,
  tags: [],
  locale: 'pt-BR',
  updatedAt: '2026-11-03T12:00:00Z',
  ...more,
});
const library: Api = {
  'GET kb': () => json(listOf([1, 2, 3, 4].map((n) => article(n)))),
  'GET kb/categories': () => json({ data: [{ ...wifi, articleCount: 4 }] }),
};

describe('the help', () => {
  it('shows the first titles of each category and the way to all', async () => {
    const portal = await openPortal('/help', { api: library });
    expect(portal.text()).toContain('Internet e Wi-Fi');
    expect(portal.text()).toContain('4 artigos');
    expect(portal.text()).toContain('Artigo 3');
    expect(portal.text()).not.toContain('Artigo 4');
    expect(document.querySelector('a[href="/help?category=wifi"]')).not.toBeNull();
  });

  it('marks what was found and nothing else', async () => {
    const highlight = [
      { text: 'sinal de ', marked: false },
      { text: 'Wi-Fi', marked: true },
      { text: ' <script>alert(1)</script>', marked: false },
    ];
    const portal = await openPortal('/help?q=wifi', {
      api: {
        ...library,
        'GET kb': () => json(listOf([article(1, { highlight, titleHighlight: [{ text: 'Artigo 1', marked: true }] })])),
      },
    });
    expect(portal.called('GET kb')[0]?.query.get('q')).toBe('wifi');
    expect([...document.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['Artigo 1', 'Wi-Fi']);
    expect(document.querySelector('main script')).toBeNull();
    expect(portal.text()).toContain('1 artigo para “wifi”');
    // Once is enough.
    expect(portal.text()).not.toContain('ao todo');
  });

  it('reads an article with its contents', async () => {
    const bodyHtml = '<p>Comece assim.</p><h2>Escolha o lugar</h2><p>No centro.</p><h2>Meça</h2><p>Duas vezes.</p>';
    const portal = await openPortal('/help/artigo-1', {
      api: {
        ...library,
        'GET kb/articles/artigo-1': () => json({ article: { ...article(1), locales: ['pt-BR'], bodyHtml } }),
      },
    });
    expect(portal.heading()).toBe('Artigo 1');
    expect(document.title).toBe('Artigo 1 · Aurora');
    expect(
      [...document.querySelectorAll('nav[aria-label="Neste artigo"] a')].map((link) => link.textContent?.trim()),
    ).toEqual(['Escolha o lugar', 'Meça']);
  });

  it('says so when an article is gone', async () => {
    const portal = await openPortal('/help/velho', {
      api: { 'GET kb/articles/velho': () => problem(404, 'not_found') },
    });
    expect(portal.heading()).toBe('Este artigo não está mais aqui');
  });
});

describe('the help without signing in', () => {
  const open: Api = {
    'GET public/kb': () => json(listOf([1, 2].map((n) => article(n)))),
    'GET public/kb/categories': () => json({ data: [{ ...wifi, articleCount: 2 }] }),
    'GET public/kb/articles/artigo-1': () =>
      json({ article: { ...article(1), locales: ['pt-BR', 'en-US'], bodyHtml: '<p>Comece assim.</p>' } }),
  };
  const visit = (path: string, api: Api = {}) => openPortal(path, { session: false, api: { ...open, ...api } });

  it('S4.17 shows the public articles, and the way in', async () => {
    const portal = await visit('/help');
    expect(portal.text()).toContain('Artigo 2');
    expect(portal.called('GET kb')).toEqual([]);
    expect(document.querySelector('a[href="/login?next=/help"]')?.textContent).toContain('Entrar');
    expect(document.querySelector('a[href="/login?next=/tickets/new"]')).not.toBeNull();
    await portal.router.push({ name: 'help', query: { q: 'modem & fios' } });
    await settle();
    const asked = new URL(document.querySelector<HTMLAnchorElement>('a[href^="/login?next=/tickets"]')!.href)
      .searchParams;
    expect(asked.get('next')).toBe('/tickets/new?subject=modem%20%26%20fios');
    await portal.router.push('/help/artigo-1');
    await settle();
    expect(portal.heading()).toBe('Artigo 1');
  });

  it('shows the article that came with the page, once, and asks for any other', async () => {
    const came = { ...article(2), locales: ['pt-BR'], bodyHtml: '<p>Veio junto.</p>' };
    give('article', { wanted: 'pt-BR', article: came });
    const portal = await visit('/help/artigo-2');
    expect(portal.text()).toContain('Veio junto.');
    await portal.router.push('/help/artigo-1');
    await settle();
    expect(portal.heading()).toBe('Artigo 1');
    expect(portal.called('GET public/kb/articles/artigo-2')).toHaveLength(0);
    expect(portal.called('GET public/kb/articles/artigo-1')).toHaveLength(1);
  });

  it.each([
    ['of another address', 'artigo-9', 'pt-BR'],
    ['in another language than the reader’s', 'artigo-1', 'en-US'],
  ] as const)('asks for its article where the page came with one %s', async (_why, slug, wanted) => {
    give('article', { wanted, article: { ...article(1), slug, locales: [wanted], bodyHtml: '<p>Veio junto.</p>' } });
    const portal = await visit('/help/artigo-1');
    expect(portal.called('GET public/kb/articles/artigo-1')).toHaveLength(1);
    expect(portal.text()).toContain('Comece assim.');
  });

  it('leads to an article in its other language', async () => {
    const portal = await visit('/help/artigo-1?lang=en-US');
    expect(portal.called('GET public/kb/articles/artigo-1')[0]?.query.get('locale')).toBe('en-US');
    const other = document.querySelector('a[href="/help/artigo-1?lang=en-US"]');
    expect([other?.textContent, other?.getAttribute('lang')]).toEqual(['English', 'en-US']);
    expect(document.querySelector('article')?.lang).toBe('pt-BR');
  });

  it('speaks another language as soon as it is chosen', async () => {
    const portal = await visit('/help/artigo-1');
    await setLocale('en-US');
    await eventually(() => expect(portal.called('GET public/kb/articles/artigo-1')).toHaveLength(2));
    expect(portal.called('GET public/kb/articles/artigo-1')[1]!.query.get('locale')).toBe('en-US');
    await portal.router.push('/help');
    await settle();
    expect(portal.called('GET public/kb/categories')[0]!.query.get('locale')).toBe('en-US');
    await setLocale('pt-BR');
    await eventually(() => expect(portal.called('GET public/kb/categories')).toHaveLength(2));
  });

  it('says so where an article exists in another language only', async () => {
    const english = { ...article(1, { locale: 'en-US' }), locales: ['en-US'], bodyHtml: '<p>Start here.</p>' };
    const api: Api = { 'GET public/kb/articles/artigo-1': () => json({ article: english }) };
    expect((await visit('/help/artigo-1', api)).text()).toContain('Este artigo só existe em English.');
    expect(document.querySelector('article')?.lang).toBe('en-US');
  });

  it.each(['knowledgeBase', 'publicArticles'] as const)('is behind the sign-in where %s is off', async (feature) => {
    const features = { ...branding().features, [feature]: false };
    const portal = await visit('/help', { 'GET branding': () => json({ branding: branding({ features }) }) });
    expect(portal.router.currentRoute.value.fullPath).toBe('/login?next=/help');
    expect(document.querySelector('header a[href="/help"]')).toBeNull();
  });

  it('is the customers’ own for who is signed in', async () => {
    const portal = await openPortal('/help', { api: library });
    expect(portal.called('GET public/kb')).toEqual([]);
    expect(portal.router.currentRoute.value.name).toBe('help');
  });
});

describe('the languages of a portal', () => {
  it('S0.47 a language that is not offered is never spoken, whoever prefers it', async () => {
    const onlyEnglish = branding({ languages: ['en-US'], defaultLocale: 'en-US' });
    const portal = await openPortal('/', { api: { 'GET branding': () => json({ branding: onlyEnglish }) } });
    expect(document.documentElement.lang).toBe('en-US');
    expect(portal.text()).not.toContain('Início');
  });
});
