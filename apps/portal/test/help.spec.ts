import { describe, expect, it } from 'vitest';
import type { ArticleSummary } from '../src/api/types.js';
import { json, listOf, openPortal, problem, type Api } from './harness.js';

const wifi = { id: 'k-1', slug: 'wifi', name: 'Internet e Wi-Fi' };
const article = (n: number, more: Partial<ArticleSummary> = {}): ArticleSummary => ({
  id: `a-${n}`,
  slug: `artigo-${n}`,
  title: `Artigo ${n}`,
  excerpt: 'Resumo',
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
      api: { ...library, 'GET kb': () => json(listOf([article(1, { highlight })])) },
    });
    expect(portal.called('GET kb')[0]?.query.get('q')).toBe('wifi');
    expect([...document.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['Wi-Fi']);
    expect(document.querySelector('main script')).toBeNull();
    expect(portal.text()).toContain('1 artigo para “wifi”');
  });

  it('reads an article with its contents', async () => {
    const bodyHtml = '<p>Comece assim.</p><h2>Escolha o lugar</h2><p>No centro.</p><h2>Meça</h2><p>Duas vezes.</p>';
    const portal = await openPortal('/help/artigo-1', {
      api: { ...library, 'GET kb/articles/artigo-1': () => json({ article: { ...article(1), bodyHtml } }) },
    });
    expect(portal.heading()).toBe('Artigo 1');
    expect(document.title).toBe('Artigo 1 · Aurora Telecom');
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
