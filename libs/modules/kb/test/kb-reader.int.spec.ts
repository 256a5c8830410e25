import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Audit } from '@balcao/platform-audit';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { sql, systemClock, systemContext } from '@balcao/platform-tenancy';
import { CategoryService } from '../src/category.service.js';
import { ArticleEntity } from '../src/persistence/article.entity.js';
import { CategoryEntity } from '../src/persistence/category.entity.js';
import { KbReaderService, type ReaderFilter } from '../src/kb-reader.service.js';
import { asReader, asVisitor, createArticle } from './factories.js';

const PAGE: ReaderFilter = { locale: 'pt-BR', limit: 20, offset: 0 };

let test: TestDatabase;
let reader: KbReaderService;
let organizationId: string;

beforeAll(async () => {
  test = await testDatabase({ entities: [ArticleEntity, CategoryEntity] });
  reader = new KbReaderService(test.database);
});
afterAll(() => test.close());
beforeEach(async () => {
  organizationId = await insertOrganization(test.owner);
});

const find = async (filter: Partial<ReaderFilter>, context = asReader(organizationId)) =>
  (await reader.list(context, { ...PAGE, ...filter })).rows.map((row) => row.title);

describe('what customers can read', () => {
  it('is published, and their organization’s', async () => {
    for (const visibility of ['draft', 'internal', 'portal', 'public'] as const) {
      await createArticle(test.database, organizationId, { title: `Roteador ${visibility}`, visibility });
    }
    await createArticle(test.database, await insertOrganization(test.owner, 'Boreal'), { title: 'Roteador alheio' });
    const readable = ['Roteador portal', 'Roteador public'];
    expect((await find({})).sort()).toEqual(readable);
    expect((await find({ q: 'roteador' })).sort()).toEqual(readable);
    // Staff who look through the same window see the same.
    expect((await find({ q: 'roteador' }, systemContext(organizationId, { clock: systemClock }))).sort()).toEqual(
      readable,
    );
    await expect(reader.article(asReader(organizationId), 'roteador-draft', 'pt-BR')).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('comes in their language, and in the other where there is no translation', async () => {
    await createArticle(test.database, organizationId, { title: 'Segunda via', slug: 'copy' });
    await createArticle(test.database, organizationId, { title: 'Copy of an invoice', slug: 'copy', locale: 'en-US' });
    await createArticle(test.database, organizationId, { title: 'Only here', slug: 'only', locale: 'en-US' });
    await createArticle(test.database, organizationId, {
      title: 'Rascunho',
      slug: 'only',
      locale: 'pt-BR',
      visibility: 'draft',
    });
    expect((await find({ locale: 'pt-BR' })).sort()).toEqual(['Only here', 'Segunda via']);
    expect((await find({ locale: 'en-US' })).sort()).toEqual(['Copy of an invoice', 'Only here']);
    expect(await find({ locale: 'pt-BR', q: 'invoice' })).toEqual([]);
    expect(await find({ locale: 'en-US', q: 'invoice' })).toEqual(['Copy of an invoice']);
    expect(await reader.article(asReader(organizationId), 'copy', 'en-US')).toMatchObject({
      title: 'Copy of an invoice',
    });
    expect(await reader.article(asReader(organizationId), 'only', 'pt-BR')).toMatchObject({ title: 'Only here' });
  });

  it('stands in categories that hold something, under names in their language', async () => {
    const categories = new CategoryService(test.database, new Audit());
    const internet = await categories.create(systemContext(organizationId, { clock: systemClock }), {
      namePt: 'Internet',
      nameEn: 'The internet',
      position: 2,
    });
    await categories.create(systemContext(organizationId, { clock: systemClock }), {
      namePt: 'Vazia',
      nameEn: 'Empty',
    });
    await createArticle(test.database, organizationId, { categoryId: internet.id, tags: ['wifi'] });
    await createArticle(test.database, organizationId, { title: 'Solto' });
    expect(await reader.categories(asReader(organizationId), 'en-US')).toEqual([
      { id: internet.id, slug: 'internet', name: 'The internet', articleCount: 1 },
    ]);
    expect(await find({ category: 'internet' })).toEqual(['Wi-Fi fraco: onde pôr o roteador']);
    expect(await find({ category: 'internet', q: 'roteador', tag: 'wifi' })).toEqual([
      'Wi-Fi fraco: onde pôr o roteador',
    ]);
    expect(await find({ category: 'nenhuma' })).toEqual([]);
    expect(await find({ tag: 'wifi' })).toHaveLength(1);
    expect(await find({ q: 'roteador', tag: 'x' })).toEqual([]);
  });
});

describe('a visitor', () => {
  const everything = async (context = asVisitor(organizationId)) => ({
    list: await find({}, context),
    found: await find({ q: 'roteador' }, context),
    misspelt: await find({ q: 'rroteador' }, context),
    addresses: (await reader.addresses(context, 100)).map(({ slug }) => slug),
    categories: await reader.categories(context, 'pt-BR'),
  });

  it('reads what is public, and nothing else', async () => {
    const categories = new CategoryService(test.database, new Audit());
    const { id } = await categories.create(systemContext(organizationId, { clock: systemClock }), {
      namePt: 'Rede',
      nameEn: 'Network',
    });
    await categories.create(systemContext(organizationId, { clock: systemClock }), {
      namePt: 'Vazia',
      nameEn: 'Empty',
    });
    for (const visibility of ['draft', 'internal', 'portal', 'public'] as const) {
      const bodyMarkdown = `O roteador ${visibility}.`;
      await createArticle(test.database, organizationId, {
        title: visibility,
        visibility,
        bodyMarkdown,
        categoryId: id,
      });
    }
    const foreign = await insertOrganization(test.owner, 'Boreal');
    await createArticle(test.database, foreign, { title: 'Roteador alheio', visibility: 'public' });
    expect(await everything()).toEqual({
      list: ['public'],
      found: ['public'],
      misspelt: ['public'],
      addresses: ['public'],
      categories: [expect.objectContaining({ slug: 'rede', articleCount: 1 })],
    });
    for (const slug of ['draft', 'internal', 'portal', 'roteador-alheio']) {
      expect(await reader.find(asVisitor(organizationId), slug, 'pt-BR')).toBeUndefined();
      await expect(reader.article(asVisitor(organizationId), slug, 'pt-BR')).rejects.toMatchObject({
        code: 'not_found',
      });
    }
  });

  it('gets the other language where the translation is for customers only', async () => {
    await createArticle(test.database, organizationId, { title: 'Rede', slug: 'network', visibility: 'portal' });
    const english = { title: 'Network', slug: 'network', locale: 'en-US', visibility: 'public' } as const;
    await createArticle(test.database, organizationId, english);
    expect(await find({ locale: 'pt-BR' }, asVisitor(organizationId))).toEqual(['Network']);
    expect(await find({ locale: 'pt-BR' })).toEqual(['Rede']);
    const article = await reader.article(asVisitor(organizationId), 'network', 'pt-BR');
    expect(article).toMatchObject({ locale: 'en-US', locales: ['en-US'] });
    expect(await reader.article(asReader(organizationId), 'network', 'pt-BR')).toMatchObject({
      locales: ['pt-BR', 'en-US'],
    });
  });
});

describe('a portal that offers one language', () => {
  it('S0.47 shows no article in another one', async () => {
    await createArticle(test.database, organizationId, { title: 'Rede', slug: 'network', visibility: 'public' });
    await createArticle(test.database, organizationId, { title: 'Network', slug: 'network', locale: 'en-US' });
    await createArticle(test.database, organizationId, { title: 'Only here', slug: 'only', locale: 'en-US' });
    const context = { ...asReader(organizationId), languages: ['pt-BR'] as const };
    expect(await find({ locale: 'en-US' }, context)).toEqual(['Rede']);
    expect(await find({ q: 'network' }, context)).toEqual([]);
    expect(await reader.article(context, 'network', 'en-US')).toMatchObject({ title: 'Rede', locales: ['pt-BR'] });
    await expect(reader.article(context, 'only', 'en-US')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('search', () => {
  beforeEach(async () => {
    await createArticle(test.database, organizationId);
    await createArticle(test.database, organizationId, {
      title: 'Entenda sua conta',
      bodyMarkdown: 'As **ligações** e a configuração do roteador.',
    });
    await createArticle(test.database, organizationId, {
      title: 'Reading your bill',
      locale: 'en-US',
      bodyMarkdown: 'Where the charges are explained.',
    });
  });

  describe('forgives', () => {
    beforeEach(async () => {
      await createArticle(test.database, organizationId, {
        title: 'Segunda via',
        excerpt: 'Como pagar depois do vencimento',
        bodyMarkdown: 'O boleto sai na hora, e a emissão da nota fiscal vem em seguida. Peça também o parcelamento.',
        tags: ['cobrança'],
      });
      await createArticle(test.database, organizationId, {
        title: 'Late payments',
        locale: 'en-US',
        bodyMarkdown: 'You will receive an invoice by mail. Refunds take a week.',
      });
    });

    it.each([
      ['boletto', 'Segunda via'],
      ['bolleto', 'Segunda via'],
      ['boletos', 'Segunda via'],
      ['emissao', 'Segunda via'],
      ['emissões', 'Segunda via'],
      ['emisão nota', 'Segunda via'],
      ['parcelamneto', 'Segunda via'],
      ['cobranca', 'Segunda via'],
      ['cobranças', 'Segunda via'],
      ['recive', 'Late payments'],
      ['invoces', 'Late payments'],
      ['refund', 'Late payments'],
      ['receiving', 'Late payments'],
    ])('S4.18 %s', async (q, title) => {
      expect((await find({ q }))[0]).toBe(title);
    });

    it.each(['xyzw', 'zebras', 'abacaxi', 'helicóptero', 'qqqqqqqq'])('but finds nothing like %s', async (q) => {
      expect(await find({ q })).toEqual([]);
    });
  });

  it.each([
    ['onde por o ROTEADOR', 'Wi-Fi fraco: onde pôr o roteador'],
    ['wifi', 'Wi-Fi fraco: onde pôr o roteador'],
    ['wi-fi', 'Wi-Fi fraco: onde pôr o roteador'],
    ['ligação', 'Entenda sua conta'],
    ['ligacoes', 'Entenda sua conta'],
    ['configurações', 'Entenda sua conta'],
    ['confi', 'Entenda sua conta'],
    ['fornos', 'Wi-Fi fraco: onde pôr o roteador'],
    ['não entendo minha conta', 'Entenda sua conta'],
    ['explain', 'Reading your bill'],
    ['charged', 'Reading your bill'],
    ['roteadr fraco', 'Wi-Fi fraco: onde pôr o roteador'],
    ['bil', 'Reading your bill'],
    ['zebra forno', 'Wi-Fi fraco: onde pôr o roteador'],
  ])('finds %j', async (q, title) => {
    expect((await find({ q }))[0]).toBe(title);
  });

  it('puts what a title says before what a text mentions', async () => {
    expect(await find({ q: 'roteador' })).toEqual(['Wi-Fi fraco: onde pôr o roteador', 'Entenda sua conta']);
  });

  it('counts all it found, on every page', async () => {
    expect(await reader.list(asReader(organizationId), { ...PAGE, q: 'roteador', limit: 1, offset: 1 })).toMatchObject({
      total: 2,
      rows: [{ title: 'Entenda sua conta' }],
    });
    expect(await reader.list(asReader(organizationId), { ...PAGE, q: 'roteador', offset: 40 })).toEqual({
      total: 2,
      rows: [],
    });
  });

  it.each([
    "' or 1=1 --",
    '!!! ???',
    'a:* & !b | (c',
    '\\',
    '%',
    '"x" -y',
    '<script>',
    'de',
    'a',
    '& | !',
    'x'.repeat(200),
    '日本語',
  ])('takes %j for words', async (q) => {
    await expect(find({ q })).resolves.toBeInstanceOf(Array);
  });
});

describe('the search function', () => {
  it('answers nothing without the tenant’s settings, and nothing of another’s with them', async () => {
    await createArticle(test.database, organizationId);
    const foreign = await insertOrganization(test.owner, 'Boreal');
    const ids = sql`select id from kb_search('roteador', 'pt-BR', array['pt-BR', 'en-US'], null, null, 20, 0)`;
    await test.owner.query('set role balcao_app');
    const unbound = await test.owner.query('select id from kb_search($1, $2, array[$2], null, null, 20, 0)', [
      'roteador',
      'pt-BR',
    ]);
    const unscoped = await test.owner.query(
      "select id from (select set_config('app.organization_id', $3, false)) s, kb_search($1, $2, array[$2], null, null, 20, 0)",
      ['roteador', 'pt-BR', organizationId],
    );
    await test.owner.query("reset role; select set_config('app.organization_id', '', false)");
    expect([unbound.rowCount, unscoped.rowCount]).toEqual([0, 0]);
    expect(await test.database.read(asReader(organizationId), (db) => db.query(ids))).toHaveLength(1);
    expect(await test.database.read(asReader(foreign), (db) => db.query(ids))).toHaveLength(0);
  });

  it('shows nothing that is not published to a reader who names its visibility', async () => {
    await createArticle(test.database, organizationId, { visibility: 'draft' });
    await createArticle(test.database, organizationId, { visibility: 'internal' });
    const ids = sql`
      select id from kb_search('roteador', 'pt-BR', array['pt-BR'], null, null, 20, 0, array['draft', 'internal', 'public'])`;
    for (const context of [asReader(organizationId), asVisitor(organizationId)])
      expect(await test.database.read(context, (db) => db.query(ids))).toEqual([]);
    expect(
      await test.database.read(systemContext(organizationId, { clock: systemClock }), (db) => db.query(ids)),
    ).toHaveLength(2);
    const foreign = await insertOrganization(test.owner, 'Boreal');
    expect(await test.database.read(systemContext(foreign, { clock: systemClock }), (db) => db.query(ids))).toEqual([]);
  });
});
