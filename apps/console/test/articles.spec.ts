import { describe, expect, it } from 'vitest';
import type { Article } from '../src/data/types.js';
import { type Api, json, listOf, me, openConsole, pick, problem, settle, textsOf } from './harness.js';

const translation = ({ id = 'a-1', locale = 'pt-BR', title = 'Como reiniciar o modem' }: Partial<Article> = {}) => ({
  id,
  locale,
  title,
  visibility: 'draft' as const,
});
const article = (more: Partial<Article> = {}): Article => ({
  id: 'a-1',
  slug: 'reiniciar',
  title: 'Como reiniciar o modem',
  locale: 'pt-BR',
  visibility: 'draft',
  category: null,
  publishedAt: null,
  createdAt: '2026-11-17T12:00:00Z',
  updatedAt: '2026-11-18T12:00:00Z',
  excerpt: '',
  bodyMarkdown: 'Tire da tomada.',
  tags: ['modem'],
  version: 3,
  translations: [translation(more)],
  ...more,
});
const english = translation({ id: 'a-2', locale: 'en-US', title: 'How to restart the modem' });
const category = { id: 'c-1', slug: 'internet', namePt: 'Internet', nameEn: 'The internet', articleCount: 2 };
const working = (more: Api = {}): Api => ({
  'GET kb/articles': () => json(listOf([article()])),
  'GET kb/articles/a-1': () => json({ article: article() }),
  'GET kb/categories': () => json({ data: [category] }),
  'POST kb/preview': ({ body }) => json({ html: `<p>${(body as { bodyMarkdown: string }).bodyMarkdown}</p>` }),
  ...more,
});

describe('articles', () => {
  it('are filtered by what the address says', async () => {
    const page = await openConsole('/console/articles?visibility=draft&locale=pt-BR&category=c-1', { api: working() });
    expect(Object.fromEntries(page.called('GET kb/articles')[0]!.query)).toEqual({
      visibility: 'draft',
      locale: 'pt-BR',
      categoryId: 'c-1',
      page: '1',
      limit: '25',
    });
  });

  it('stand in one row with their other language, and lead to each', async () => {
    const page = await openConsole('/console/articles', {
      api: working({ 'GET kb/articles': () => json(listOf([article({ translations: [translation(), english] })])) }),
    });
    expect(document.querySelectorAll('tbody tr')).toHaveLength(1);
    expect(document.querySelector('tbody .row-link')!.textContent).toContain('Como reiniciar o modem');
    await page.click('English');
    expect(page.path()).toBe('/console/articles/a-2');
  });

  it('are shown as customers will read them', async () => {
    await openConsole('/console/articles/a-1', { api: working() });
    expect(document.querySelector('.prose')!.innerHTML).toBe('<p>Tire da tomada.</p>');
  });

  it('are saved with the version that was read and with tags as a list', async () => {
    const page = await openConsole('/console/articles/a-1', {
      api: working({ 'PATCH kb/articles/a-1': () => json({ article: article({ version: 4 }) }) }),
    });
    await page.type('Etiquetas', 'modem, wifi, modem,');
    await page.click('Salvar');
    expect(page.called('PATCH kb/articles/a-1')[0]!.body).toMatchObject({ version: 3, tags: ['modem', 'wifi'] });
    await page.type('Título', 'Outro título');
    await page.click('Salvar');
    expect(page.called('PATCH kb/articles/a-1')[1]!.body).toMatchObject({ version: 4 });
  });

  it('are never saved over somebody else’s change unless one says so', async () => {
    let stored = article({ version: 5, title: 'O título de outra pessoa' });
    let opened = false;
    const page = await openConsole('/console/articles/a-1', {
      api: working({
        'GET kb/articles/a-1': () => json({ article: opened ? stored : ((opened = true), article()) }),
        'PATCH kb/articles/a-1': ({ body }) => {
          const change = body as Article;
          if (change.version !== stored.version) return problem(409, 'conflict');
          stored = { ...stored, ...change, version: 6 };
          return json({ article: stored });
        },
      }),
    });
    await page.type('Título', 'O meu título');
    await page.click('Salvar');
    expect(page.alert()).toContain('Outra pessoa mudou esta página');
    expect(page.field('Título').value).toBe('O meu título');
    await page.click('Salvar a minha');
    expect(page.called('PATCH kb/articles/a-1').at(-1)!.body).toMatchObject({ version: 5, title: 'O meu título' });
    expect(page.alert()).toBeUndefined();
  });

  it('keep what was written when somebody deletes them meanwhile, and are saved as new ones', async () => {
    let opened = false;
    const gone = () => problem(404, 'not_found');
    const page = await openConsole('/console/articles/a-1', {
      api: working({
        'GET kb/articles/a-1': () => (opened ? gone() : ((opened = true), json({ article: article() }))),
        'PATCH kb/articles/a-1': gone,
        'POST kb/articles': () => json({ article: article({ id: 'a-9' }) }, 201),
        'GET kb/articles/a-9': () => json({ article: article({ id: 'a-9' }) }),
      }),
    });
    await page.type('Texto', 'Uma hora de trabalho.');
    await page.click('Salvar');
    expect(page.text()).toContain('Outra pessoa apagou este artigo.');
    expect(page.field('Texto').value).toBe('Uma hora de trabalho.');
    expect(() => page.button('Apagar')).toThrow();
    await page.click('Salvar');
    expect(page.called('POST kb/articles')[0]!.body).toMatchObject({
      bodyMarkdown: 'Uma hora de trabalho.',
      locale: 'pt-BR',
      slug: 'reiniciar',
    });
    expect(page.path()).toBe('/console/articles/a-9');
    expect(page.text()).not.toContain('Outra pessoa apagou este artigo.');
  });

  it('keep their language; the one that is missing is written as a translation of the same address', async () => {
    const original = article({ visibility: 'portal', category });
    const page = await openConsole('/console/articles/a-1', {
      api: working({
        'GET kb/articles/a-1': () => json({ article: original }),
        'PATCH kb/articles/a-1': () => json({ article: original }),
        'GET kb/articles/a-2': () => json({ article: article({ id: 'a-2', locale: 'en-US' }) }),
        'POST kb/articles': () => json({ article: article({ id: 'a-2', locale: 'en-US' }) }, 201),
      }),
    });
    await page.type('Título', 'Reiniciar');
    await page.click('Salvar');
    expect(page.called('PATCH kb/articles/a-1')[0]!.body).not.toHaveProperty('locale');
    await page.click('Escrever em inglês');
    expect(page.path()).toBe('/console/articles/new?of=a-1&locale=en-US');
    await page.type('Título', 'Restart');
    await page.type('Texto', 'Pull the plug.');
    await page.click('Salvar');
    expect(page.called('POST kb/articles')[0]!.body).toMatchObject({
      slug: 'reiniciar',
      locale: 'en-US',
      visibility: 'portal',
      categoryId: 'c-1',
      title: 'Restart',
    });
    expect(page.path()).toBe('/console/articles/a-2');
  });

  it('are asked about before another one is written in place of a translation', async () => {
    const page = await openConsole('/console/articles/new?of=a-1&locale=en-US', {
      api: working({ 'GET kb/articles/a-1': () => json({ article: article() }) }),
    });
    await page.type('Título', 'Restart');
    void page.router.push({ query: {} });
    expect(await page.dialog()).toContain('Sair sem salvar?');
    await page.click('Continuar editando');
    expect([page.path(), page.field('Título').value]).toEqual(['/console/articles/new?of=a-1&locale=en-US', 'Restart']);
  });

  it('that have the language already are opened in it, and offer no other to write', async () => {
    const both = [translation(), english];
    const page = await openConsole('/console/articles/new?of=a-1&locale=en-US', {
      api: working({
        'GET kb/articles/a-1': () => json({ article: article({ translations: both }) }),
        'GET kb/articles/a-2': () => json({ article: article({ ...english, translations: both }) }),
        'PATCH kb/articles/a-1': () => json({ article: article({ translations: both }) }),
      }),
    });
    expect(page.path()).toBe('/console/articles/a-2');
    expect(page.text()).not.toContain('Escrever em');
    await page.click('Português');
    expect(page.path()).toBe('/console/articles/a-1');
    await page.type('Título', 'Reiniciar');
    await page.click('Salvar');
    expect(page.called('PATCH kb/articles/a-1')[0]!.body).toMatchObject({ title: 'Reiniciar' });
  });

  it('are written anew and opened', async () => {
    const page = await openConsole('/console/articles/new', {
      api: working({ 'POST kb/articles': () => json({ article: article() }, 201) }),
    });
    await page.type('Título', 'Como reiniciar o modem');
    await page.click('Salvar');
    expect(page.errorOf('Texto')).toContain('Preencha o campo “Texto”.');
    await page.type('Texto', 'Tire da tomada.');
    await page.click('Salvar');
    expect(page.called('POST kb/articles')[0]!.body).toEqual({
      title: 'Como reiniciar o modem',
      excerpt: '',
      bodyMarkdown: 'Tire da tomada.',
      categoryId: null,
      tags: [],
      locale: 'pt-BR',
      visibility: 'draft',
    });
    expect(page.path()).toBe('/console/articles/a-1');
  });

  it('can only be read without the permission, and no preview is asked for', async () => {
    const page = await openConsole('/console/articles/a-1', {
      api: working({ 'GET auth/me': () => json(me('billing')) }),
    });
    expect(page.field('Texto').value).toBe('Tire da tomada.');
    expect(page.called('POST kb/preview')).toHaveLength(0);
    expect(() => page.button('Apagar')).toThrow();
  });

  it('are deleted after a question that names them', async () => {
    const page = await openConsole('/console/articles/a-1', {
      api: working({ 'DELETE kb/articles/a-1': () => json(undefined, 204) }),
    });
    await page.click('Apagar');
    expect(await page.dialog()).toContain('Apagar “Como reiniciar o modem”?');
    await page.click('Apagar artigo');
    expect(page.path()).toBe('/console/articles');
  });
});

describe('categories', () => {
  it('are named in the reader’s language and kept while they hold articles', async () => {
    const empty = { ...category, id: 'c-2', namePt: 'Telefonia', nameEn: 'Phone', articleCount: 0 };
    const page = await openConsole('/console/articles/categories', {
      api: working({
        'GET kb/categories': () => json({ data: [category, empty] }),
        'DELETE kb/categories/c-2': () => problem(409, 'category_in_use', { detail: 'Há artigos nesta categoria.' }),
      }),
    });
    expect(page.text()).toContain('Internet');
    expect(page.text()).toContain('2 artigos');
    expect(textsOf(await page.menu('Ações de Internet'))).toEqual(['Editar categoria']);
    await page.press('Escape');
    await pick(page, 'Ações de Telefonia', 'Apagar categoria');
    await page.click('Apagar categoria');
    expect(page.text()).toContain('Há artigos nesta categoria.');
  });

  it('are added in both languages', async () => {
    const page = await openConsole('/console/articles/categories', {
      api: working({ 'POST kb/categories': () => json({ category }, 201) }),
    });
    await page.click('Criar categoria');
    await page.type('Nome em português', 'Contas');
    await page.type('Nome em inglês', 'Bills');
    await page.click('Salvar');
    await settle();
    expect(page.called('POST kb/categories')[0]!.body).toEqual({ namePt: 'Contas', nameEn: 'Bills' });
  });
});
