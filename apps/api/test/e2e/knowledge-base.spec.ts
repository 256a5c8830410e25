import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const KB = '/api/v1/portal/kb';
const ARTICLES = '/api/v1/admin/kb/articles';
const ROUTER = {
  title: 'Configuração do roteador',
  locale: 'pt-BR',
  bodyMarkdown:
    '## Onde pôr\n\nNo **alto**, longe do forno.\n\n- um\n- dois\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))',
  visibility: 'public',
};

let api: TestApp;
let ana: Visitor;
let agent: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  ana = await api.signIn('portal', 'ana@padaria.example');
  agent = await api.signIn('staff', 'agent@aurora.example');
});
afterAll(() => api.close());

const slugs = async (query: string) =>
  (await ana.get(KB + query).expect(200)).body.data.map(({ slug }: { slug: string }) => slug);

describe('customers read', () => {
  it('S4.17 published articles only', async () => {
    expect((await slugs('')).sort()).toEqual(['aurora-portal', 'aurora-public']);
    for (const hidden of ['aurora-draft', 'aurora-internal', 'boreal-public', 'nothing', "'", '..%2f']) {
      await refusal(ana.get(`${KB}/articles/${hidden}`), 404, 'not_found');
    }
  });

  it('S4.17 an article as soon as it is published, and no longer than that', async () => {
    const { body } = await agent.post(ARTICLES, { ...ROUTER, visibility: 'draft' }).expect(201);
    const { id, slug } = body.article;
    await refusal(ana.get(`${KB}/articles/${slug}`), 404, 'not_found');
    await agent.patch(`${ARTICLES}/${id}`, { version: 1, visibility: 'portal' }).expect(200);
    await ana.get(`${KB}/articles/${slug}`).expect(200);
    await agent.patch(`${ARTICLES}/${id}`, { version: 2, visibility: 'internal' }).expect(200);
    await refusal(ana.get(`${KB}/articles/${slug}`), 404, 'not_found');
  });

  it('S4.19 with category and tags', async () => {
    const { body } = await ana.get(KB).expect(200);
    expect(body.data[0]).toMatchObject({
      tags: ['roteador'],
      category: { id: idOf('category:aurora'), slug: 'internet', name: 'Conexão' },
      excerpt: expect.any(String),
    });
    const categories = await ana.get(`${KB}/categories`).expect(200);
    expect(categories.body.data).toEqual([expect.objectContaining({ slug: 'internet', articleCount: 2 })]);
    expect(await slugs('?category=internet&tag=roteador')).toHaveLength(2);
    expect(await slugs('?tag=nothing')).toEqual([]);
  });

  it('S4.20 Markdown as safe HTML', async () => {
    const { body } = await agent.post(ARTICLES, ROUTER).expect(201);
    const { article } = (await ana.get(`${KB}/articles/${body.article.slug}`).expect(200)).body;
    expect(article.bodyHtml).toContain('<strong>alto</strong>');
    expect(article.bodyHtml).toContain('<li>um</li>');
    expect(article.bodyHtml).not.toMatch(/<script|href="javascript:/i);
  });

  it('S4.18 S4.32 what they search for, without accents, in both languages', async () => {
    const { body } = await agent.post(ARTICLES, ROUTER).expect(201);
    const english = {
      title: 'Slow connections',
      locale: 'en-US',
      bodyMarkdown: 'Restart the modem.',
      visibility: 'public',
    };
    const slow = (await agent.post(ARTICLES, english).expect(201)).body.article.slug;
    expect(await slugs('?q=configuracao')).toEqual([body.article.slug]);
    expect(await slugs('?q=CONFIGURAÇÕES')).toEqual([body.article.slug]);
    // A category's name finds what stands in it, behind what says it itself.
    expect(await slugs('?q=connection&locale=en-US')).toEqual([slow, 'aurora-public', 'aurora-portal']);
    expect(await slugs('?q=nadaassim')).toEqual([]);
  });
});

describe('staff write', () => {
  it('S4.17 of two changes at once the second is told', async () => {
    const article = `${ARTICLES}/${idOf('article:aurora:draft')}`;
    await agent.patch(article, { version: 1, title: 'Primeira' }).expect(200);
    await refusal(agent.patch(article, { version: 1, title: 'Segunda' }), 409, 'conflict');
    expect((await agent.get(article)).body.article.title).toBe('Primeira');
  });

  it('a slug stands for one article of a language', async () => {
    const taken = { ...ROUTER, slug: 'aurora-public' };
    await refusal(agent.post(ARTICLES, taken), 409, 'slug_taken');
    await agent.post(ARTICLES, { ...taken, locale: 'en-US' }).expect(201);
  });

  it('a category with articles stays', async () => {
    const category = `/api/v1/admin/kb/categories/${idOf('category:aurora')}`;
    await refusal(agent.delete(category), 409, 'category_in_use');
    await api.rows('update kb_articles set category_id = null');
    await agent.delete(category).expect(204);
    await refusal(agent.delete(category), 404, 'not_found');
  });

  it('a deleted article is gone', async () => {
    const article = `${ARTICLES}/${idOf('article:aurora:public')}`;
    await agent.delete(article).expect(204);
    await refusal(agent.get(article), 404, 'not_found');
    await refusal(ana.get(`${KB}/articles/aurora-public`), 404, 'not_found');
  });

  it('S4.20 a preview shows what customers will see and stores nothing', async () => {
    const { body } = await agent.post('/api/v1/admin/kb/preview', {
      bodyMarkdown: '**Olá** <img src=x onerror=alert(1)>',
    });
    expect(body.html).toContain('<strong>Olá</strong>');
    expect(body.html).not.toContain('<img');
  });
});
