import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { systemClock, systemContext } from '@balcao/platform-tenancy';
import { ArticleService, type ArticleFilter } from '../src/article.service.js';
import { CategoryService } from '../src/category.service.js';
import { ArticleEntity } from '../src/persistence/article.entity.js';
import { CategoryEntity } from '../src/persistence/category.entity.js';
import { asReader, createArticle, renderer } from './factories.js';

const PAGE: ArticleFilter = { limit: 20, offset: 0 };

let test: TestDatabase;
let articles: ArticleService;
let categories: CategoryService;
let organizationId: string;

beforeAll(async () => {
  test = await testDatabase({ entities: [ArticleEntity, CategoryEntity] });
  articles = new ArticleService(test.database, new Audit(), renderer);
  categories = new CategoryService(test.database, new Audit());
});
afterAll(() => test.close());
beforeEach(async () => {
  organizationId = await insertOrganization(test.owner);
});

const staff = () => systemContext(organizationId, { clock: systemClock });

describe('writing an article', () => {
  it('makes its address from the title, another one for the same title', async () => {
    const titles = { title: 'Ligação caiu?', bodyMarkdown: '# Olá\n\nUm **texto**.' };
    expect(await createArticle(test.database, organizationId, titles)).toMatchObject({
      slug: 'ligacao-caiu',
      version: 1,
    });
    expect(await createArticle(test.database, organizationId, titles)).toMatchObject({ slug: 'ligacao-caiu-2' });
    // A translation may have the same address, another article in the same language may not.
    expect(
      await createArticle(test.database, organizationId, { ...titles, slug: 'ligacao-caiu', locale: 'en-US' }),
    ).toMatchObject({ slug: 'ligacao-caiu' });
    await expect(
      createArticle(test.database, organizationId, { ...titles, slug: 'ligacao-caiu' }),
    ).rejects.toMatchObject({ code: 'slug_taken' });
  });

  it('makes an address that nobody has by chance where its title has nothing for one', async () => {
    const slugs = await Promise.all(
      ['🎉', '日本語', '🎉'].map(async (title) => (await createArticle(test.database, organizationId, { title })).slug),
    );
    for (const slug of slugs) expect(slug).toMatch(/^artigo-[0-9a-f]{8}$/);
    expect(new Set(slugs).size).toBe(3);
  });

  it('teaches search its words, until there are more than any language needs', async () => {
    const known = async (word: string) =>
      (
        await test.owner.query('select from kb_vocabulary where organization_id = $1 and word = $2', [
          organizationId,
          word,
        ])
      ).rowCount === 1;
    await createArticle(test.database, organizationId, { bodyMarkdown: 'xilofone' });
    expect(await known('xilofon')).toBe(true);
    await test.owner.query(
      `insert into kb_vocabulary (organization_id, word) select $1, 'palavra' || n from generate_series(1, 100000) n`,
      [organizationId],
    );
    await createArticle(test.database, organizationId, { bodyMarkdown: 'berimbau' });
    expect(await known('berimbau')).toBe(false);
  });

  it('is refused on a version that is no longer the latest', async () => {
    const { id, version } = await createArticle(test.database, organizationId, { visibility: 'draft' });
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map((number) => articles.update(staff(), id, { version, title: `Título ${number}` })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' });
    expect(await articles.get(staff(), id)).toMatchObject({ version: 2, publishedAt: null });
  });

  it('keeps the moment of first publication and clears what is null', async () => {
    const { id } = await createArticle(test.database, organizationId, { visibility: 'draft', excerpt: 'Resumo' });
    const published = await articles.update(staff(), id, { version: 1, visibility: 'portal' });
    expect(published.publishedAt).toBeInstanceOf(Date);
    expect(await articles.update(staff(), id, { version: 2, visibility: 'draft', excerpt: null })).toMatchObject({
      publishedAt: published.publishedAt,
      excerpt: '',
    });
  });

  it('leaves an audit row without the text', async () => {
    const { id } = await createArticle(test.database, organizationId, { bodyMarkdown: 'segredo' });
    await articles.update(staff(), id, { version: 1, bodyMarkdown: 'outro segredo' });
    await articles.remove(staff(), id);
    const { rows } = await test.owner.query(
      'select action, changes::text from audit_log where target_id = $1 order by id',
      [id],
    );
    expect(rows.map((row) => row.action)).toEqual([
      'staff.kb.article.create',
      'staff.kb.article.update',
      'staff.kb.article.delete',
    ]);
    for (const row of rows) expect(row.changes).not.toContain('segredo');
  });

  it('is nothing a customer can do, nor another organization’s staff', async () => {
    const { id } = await createArticle(test.database, organizationId);
    const foreign = systemContext(await insertOrganization(test.owner, 'Boreal'), { clock: systemClock });
    for (const context of [asReader(organizationId), foreign]) {
      await expect(articles.update(context, id, { version: 1, title: 'x' })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(articles.remove(context, id)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(
      articles.create(asReader(organizationId), { title: 'x', locale: 'pt-BR', bodyMarkdown: 'x' }),
    ).rejects.toThrow(/row-level security/);
    expect(await articles.get(staff(), id)).toMatchObject({ version: 1 });
  });

  it('needs a category of the organization', async () => {
    const foreign = systemContext(await insertOrganization(test.owner, 'Boreal'), { clock: systemClock });
    const category = await categories.create(foreign, { namePt: 'Internet', nameEn: 'Internet' });
    for (const categoryId of [category.id, newId()]) {
      await expect(createArticle(test.database, organizationId, { categoryId })).rejects.toMatchObject({
        code: 'validation_failed',
      });
    }
  });

  it('can be found by title, visibility and language', async () => {
    await createArticle(test.database, organizationId, { title: 'Ligação', visibility: 'draft' });
    await createArticle(test.database, organizationId, { title: 'Bill', locale: 'en-US' });
    const find = async (filter: Partial<ArticleFilter>) =>
      (await articles.list(staff(), { ...PAGE, ...filter })).rows.map((row) => row.title);
    expect(await find({ q: 'ligacao' })).toEqual(['Ligação']);
    expect(await find({ visibility: ['portal', 'public'] })).toEqual(['Bill']);
    expect(await find({ locale: 'pt-BR' })).toEqual(['Ligação']);
    expect(await articles.list(staff(), { ...PAGE, offset: 20 })).toEqual({ rows: [], total: 2 });
  });
});

describe('the languages of an article', () => {
  const both = async () => {
    const original = await createArticle(test.database, organizationId, { title: 'Segunda via do boleto' });
    const english = await createArticle(test.database, organizationId, {
      ...{ title: 'A copy of your invoice', bodyMarkdown: 'It says.', slug: original.slug },
      ...{ locale: 'en-US', visibility: 'draft' },
    });
    return [original.id, english.id];
  };
  const list = (filter: Partial<ArticleFilter>) => articles.list(staff(), { ...PAGE, ...filter });

  it('are known to each of them', async () => {
    const [original, english] = await both();
    await createArticle(test.database, organizationId);
    const translations = [
      { id: original, locale: 'pt-BR', title: 'Segunda via do boleto', visibility: 'portal' },
      { id: english, locale: 'en-US', title: 'A copy of your invoice', visibility: 'draft' },
    ];
    for (const id of [original!, english!]) expect(await articles.get(staff(), id)).toMatchObject({ translations });
  });

  it('are listed once, in the reader’s where that is looked for, and pages count them once', async () => {
    const [original, english] = await both();
    const alone = await createArticle(test.database, organizationId, { title: 'Terms', locale: 'en-US' });
    const first = await list({ limit: 1 });
    const second = await list({ limit: 1, offset: 1 });
    expect([first.total, second.total]).toEqual([2, 2]);
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual([alone.id, original]);
    for (const filter of [{ locale: 'en-US' as const }, { visibility: ['draft' as const] }])
      expect((await list(filter)).rows.map(({ id }) => id)).toContain(english);
    const inEnglish = await articles.list({ ...staff(), locale: 'en-US' }, PAGE);
    expect(inEnglish.rows.map(({ id }) => id)).toEqual([alone.id, english]);
  });

  it('are searched by words as readers search, whoever reads them', async () => {
    const [original, english] = await both();
    const internal = { title: 'Cobrança em dobro', visibility: 'internal' as const };
    const { id: double } = await createArticle(test.database, organizationId, internal);
    const found = async (filter: Partial<ArticleFilter>) => (await list(filter)).rows.map(({ id }) => id);
    expect(await found({ q: 'boletos' })).toEqual([original]);
    expect(await found({ q: 'invoice' })).toEqual([english]);
    expect(await found({ q: 'em dobro' })).toEqual([double]);
    expect(await found({ q: 'em dobro', visibility: ['portal'] })).toEqual([]);
    expect(await found({ q: 'boletto' })).toEqual([original]);
    await articles.update(staff(), double, { version: 1, title: 'Estorno' });
    expect(await found({ q: 'dobro' })).toEqual([]);
  });
});

describe('categories', () => {
  it('count an article with its languages once, as the list behind them does', async () => {
    const { id: categoryId } = await categories.create(staff(), { namePt: 'Contas', nameEn: 'Bills' });
    await createArticle(test.database, organizationId, { categoryId, slug: 'boleto' });
    await createArticle(test.database, organizationId, { categoryId, slug: 'boleto', locale: 'en-US' });
    await createArticle(test.database, organizationId, { categoryId, visibility: 'draft' });
    expect(await categories.list(staff())).toMatchObject([{ articleCount: 2 }]);
    expect(await articles.list(staff(), { ...PAGE, categoryId })).toMatchObject({ total: 2 });
  });

  it('are made, moved and counted', async () => {
    const internet = await categories.create(staff(), { namePt: 'Internet e Wi-Fi', nameEn: 'Internet', position: 1 });
    expect(internet).toEqual({
      id: internet.id,
      slug: 'internet-e-wi-fi',
      namePt: 'Internet e Wi-Fi',
      nameEn: 'Internet',
      position: 1,
      articleCount: 0,
    });
    await categories.create(staff(), { namePt: 'Contas', nameEn: 'Bills' });
    await createArticle(test.database, organizationId, { categoryId: internet.id });
    expect((await categories.list(staff())).map(({ slug, articleCount }) => [slug, articleCount])).toEqual([
      ['contas', 0],
      ['internet-e-wi-fi', 1],
    ]);
    expect(await categories.update(staff(), internet.id, { slug: 'net' })).toMatchObject({
      slug: 'net',
      articleCount: 1,
    });
    await expect(categories.create(staff(), { namePt: 'x', nameEn: 'x', slug: 'net' })).rejects.toMatchObject({
      code: 'slug_taken',
    });
  });

  it('go only when they are empty', async () => {
    const { id } = await categories.create(staff(), { namePt: 'Internet', nameEn: 'Internet' });
    const article = await createArticle(test.database, organizationId, { categoryId: id });
    await expect(categories.remove(staff(), id)).rejects.toMatchObject({ code: 'category_in_use' });
    await articles.update(staff(), article.id, { version: 1, categoryId: null });
    await categories.remove(staff(), id);
    await expect(categories.remove(staff(), id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
