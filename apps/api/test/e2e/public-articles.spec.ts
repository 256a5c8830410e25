import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const KB = '/api/v1/portal/public/kb';
const ARTICLES = '/api/v1/admin/kb/articles';
const PORTAL = `/api/v1/admin/portals/${idOf('portal:aurora')}`;

let api: TestApp;
let somebody: Visitor;
let owner: Visitor;
beforeAll(async () => (api = await startTestApp({ config: { publicUrl: 'https://balcao.example' } })));
beforeEach(async () => {
  await api.reset();
  somebody = api.visitor('/o/aurora');
  owner = await api.signIn('staff', 'owner@aurora.example');
});
afterAll(() => api.close());

const article = (fields: object) =>
  owner
    .post(ARTICLES, { title: 'Segunda via do boleto', locale: 'pt-BR', bodyMarkdown: 'Peça aqui.', ...fields })
    .expect(201);
const switchOff = (feature: string) =>
  owner.patch(PORTAL, { version: 1, settings: { features: { [feature]: false } } }).expect(200);
/** What a page brings under a name. */
const given = (page: string, name: string) => {
  const [, data] = new RegExp(`<script type="application/json" id="${name}">(.*?)</script>`).exec(page) ?? [];
  return data && JSON.parse(data);
};
const head = async (path: string, headers: Record<string, string> = {}) =>
  (await somebody.with({ headers }).get(path).expect(200)).text.split('</head>', 1)[0]!;

describe('without signing in', () => {
  it('S4.17 public articles are listed, searched and read, and no others', async () => {
    const { body, headers } = await somebody.get(KB).expect(200);
    expect(body.data.map(({ slug }: { slug: string }) => slug)).toEqual(['aurora-public']);
    expect(headers['cache-control']).toBe('public, max-age=60');
    expect((await somebody.get(`${KB}?q=instalacao`).expect(200)).body.data).toHaveLength(1);
    expect((await somebody.get(`${KB}/categories`).expect(200)).body.data).toEqual([
      expect.objectContaining({ slug: 'internet', articleCount: 1 }),
    ]);
    const read = await somebody.get(`${KB}/articles/aurora-public`).expect(200);
    expect(read.body.article.bodyHtml).toContain('<strong>roteador</strong>');
    for (const hidden of ['aurora-draft', 'aurora-internal', 'aurora-portal', 'boreal-public', "'", '..%2f', '%00']) {
      await refusal(somebody.get(`${KB}/articles/${hidden}`), 404, 'not_found');
    }
  });

  it.each(['ana@padaria.example', 'nina@padaria.example'])('a session widens nothing: %s', async (email) => {
    const person = (await api.signIn('portal', email)).with({ base: '/o/aurora' });
    expect((await person.get(KB).expect(200)).body.pagination.total).toBe(1);
    await refusal(person.get(`${KB}/articles/aurora-portal`), 404, 'not_found');
  });

  it('an article that is taken back is gone', async () => {
    const { id } = (await article({ visibility: 'public' })).body.article;
    await somebody.get(`${KB}/articles/segunda-via-do-boleto`).expect(200);
    await owner.patch(`${ARTICLES}/${id}`, { version: 1, visibility: 'portal' }).expect(200);
    await refusal(somebody.get(`${KB}/articles/segunda-via-do-boleto`), 404, 'not_found');
  });

  it.each([
    ['publicArticles', 'PORTAL_PUBLIC_ARTICLES_DISABLED'],
    ['knowledgeBase', 'PORTAL_KNOWLEDGE_BASE_DISABLED'],
  ])('nothing is read where the portal has %s off', async (feature, code) => {
    await switchOff(feature);
    for (const path of ['', '?q=instalacao', '/categories', '/articles/aurora-public']) {
      await refusal(somebody.get(KB + path), 403, code as never);
    }
    expect(await head('/portal/help/aurora-public')).not.toContain('Instalação');
    await somebody.get('/portal/sitemap.xml').expect(404);
    if (feature === 'publicArticles') {
      const ana = await api.signIn('portal', 'ana@padaria.example');
      await ana.get('/api/v1/portal/kb/articles/aurora-public').expect(200);
    }
  });

  it('nothing is read of a suspended organization, nor where no portal is named', async () => {
    await refusal(api.visitor().get(KB), 404, 'not_found');
    await refusal(api.visitor('/o/nobody').get(KB), 404, 'not_found');
    await api.rows("update organizations set status = 'suspended' where slug = 'aurora'");
    await refusal(somebody.get(KB), 403, 'organization_suspended');
    expect(await head('/portal/help/aurora-public')).not.toContain('Instalação');
    const { text } = await somebody.get('/portal/login').expect(200);
    expect([given(text, 'branding'), given(text, 'signupPage')]).toEqual([undefined, undefined]);
    await somebody.get('/portal/sitemap.xml').expect(404);
  });
});

describe('the page of an article', () => {
  it('says what it is about, in the head that the server sends', async () => {
    await article({
      visibility: 'public',
      title: 'Boleto "vencido" <b> & multa',
      slug: 'boleto',
      excerpt: `Quanto custa ${'muito '.repeat(50)}`,
    });
    const html = await head('/portal/help/boleto');
    expect(html).toContain('<title>Boleto &#34;vencido&#34; &#60;b&#62; &#38; multa · Aurora Telecom</title>');
    expect(html).toMatch(/<meta name="description" content="Quanto custa muito [^"]{100,180}…"/);
    expect(html).toContain('<link rel="canonical" href="https://portal.aurora.example/portal/help/boleto" />');
    expect(html).toContain('<meta property="og:type" content="article" />');
    expect(html).toContain('<meta property="og:locale" content="pt_BR" />');
    expect(html).not.toContain('hreflang');
    expect(html).not.toMatch(/<script>|<style/);
  });

  it('is read before a script has run, and brings what the scripts would ask for', async () => {
    await article({ visibility: 'public', slug: 'boleto', bodyMarkdown: 'Peça **aqui**.\n\n</script><b>x' });
    const { text } = await somebody.get('/portal/help/boleto').expect(200);
    const [, outline = ''] = /<div id="app">([^]*)<\/article>/.exec(text) ?? [];
    expect(outline).toContain('<article lang="pt-BR"><h1>Segunda via do boleto</h1>');
    expect(outline).toContain('<p>Peça <strong>aqui</strong>.</p>');
    expect(outline).not.toMatch(/<\/?script/);
    const { body } = await somebody.get('/api/v1/portal/public/kb/articles/boleto').expect(200);
    expect(given(text, 'article')).toEqual({ wanted: 'pt-BR', article: body.article });
    // Who is signed in may read more, and is asked for it.
    const cookie = { cookie: 'balcao_portal_session=somebody' };
    expect(
      given((await somebody.with({ headers: cookie }).get('/portal/help/boleto')).text, 'article'),
    ).toBeUndefined();
    await switchOff('publicArticles');
    const shut = (await somebody.get('/portal/help/boleto')).text;
    expect(given(shut, 'article')).toBeUndefined();
    expect(shut).not.toContain('Peça');
  });

  it('has one address for each language, and the head of the one that is shown', async () => {
    await article({ visibility: 'public', slug: 'boleto' });
    await article({ visibility: 'public', slug: 'boleto', locale: 'en-US', title: 'Copy of a bill' });
    const english = '<link rel="canonical" href="https://portal.aurora.example/portal/help/boleto?lang=en-US" />';
    for (const html of [
      await head('/portal/help/boleto?lang=en-US'),
      await head('/portal/help/boleto', { 'accept-language': 'en' }),
    ]) {
      expect(html).toContain('<title>Copy of a bill · Aurora Telecom</title>');
      expect(html).toContain(english);
    }
    const html = await head('/portal/help/boleto?lang=xx');
    expect(html).toContain('<title>Segunda via do boleto · Aurora Telecom</title>');
    expect(html).toContain('hreflang="en-US" href="https://portal.aurora.example/portal/help/boleto?lang=en-US"');
    expect(html).toContain('hreflang="pt-BR" href="https://portal.aurora.example/portal/help/boleto"');
  });

  it('may be listed by search engines, unlike anything else', async () => {
    for (const path of ['/portal/help', '/portal/help/aurora-public', '/portal/help?q=x']) {
      expect((await somebody.get(path).expect(200)).headers['x-robots-tag']).toBeUndefined();
    }
    const others = ['/portal', '/portal/login', '/portal/help/aurora-portal', '/portal/help/nothing', '/console', KB];
    for (const path of others) {
      const visitor = path === '/console' ? api.visitor() : somebody;
      expect([path, (await visitor.get(path)).headers['x-robots-tag']]).toEqual([path, 'noindex']);
    }
  });

  it.each(['aurora-draft', 'aurora-internal', 'aurora-portal', 'boreal-public', 'nothing'])(
    'says nothing of %s, not even whether it exists',
    async (slug) => {
      const { text, status } = await somebody.get(`/portal/help/${slug}`);
      const { text: unknown } = await somebody.get('/portal/help/certainly-nothing');
      expect([status, text]).toEqual([404, unknown]);
      // The application says what there is for whoever may be signed in.
      const { status: signedIn } = await somebody
        .get(`/portal/help/${slug}`)
        .set('cookie', 'balcao_portal_session=anything');
      expect(signedIn).toBe(200);
    },
  );

  it('leads from every earlier address to the present one, in pages, API and site map', async () => {
    const { id } = (await article({ visibility: 'public', slug: 'velho' })).body.article;
    await article({ visibility: 'public', slug: 'velho', locale: 'en-US' });
    const renamed = await owner.patch(`${ARTICLES}/${id}`, { version: 1, slug: 'medio' });
    expect(renamed.body.article).toMatchObject({ slug: 'medio', version: 2 });
    await owner.patch(`${ARTICLES}/${id}`, { version: 2, slug: 'novo' }).expect(200);
    for (const slug of ['velho', 'medio']) {
      const page = await somebody.get(`/portal/help/${slug}?lang=en-US`).expect(301);
      expect(page.headers['location']).toBe('/o/aurora/portal/help/novo?lang=en-US');
      const answer = await somebody.get(`${KB}/articles/${slug}?locale=en-US`).expect(301);
      expect(answer.headers['location']).toBe('novo?locale=en-US');
      const { body } = await somebody.get(`${KB}/articles/${answer.headers['location']}`).expect(200);
      expect(body.article).toMatchObject({ slug: 'novo', locale: 'en-US', locales: ['pt-BR', 'en-US'] });
    }
    const { text } = await somebody.get('/portal/sitemap.xml').expect(200);
    expect(text).toContain('/portal/help/novo</loc>');
    expect(text).not.toMatch(/velho|medio/);
    expect(await head('/portal/help/novo')).toContain(
      '<link rel="canonical" href="https://portal.aurora.example/portal/help/novo" />',
    );
    // Nobody else gets an address that leads somewhere; the article itself may have it back.
    await refusal(
      owner.post(ARTICLES, { title: 'x', locale: 'pt-BR', bodyMarkdown: 'x', slug: 'velho' }),
      409,
      'slug_taken',
    );
    await owner.patch(`${ARTICLES}/${id}`, { version: 3, slug: 'velho' }).expect(200);
    await somebody.get('/portal/help/velho').expect(200);
    expect((await somebody.get('/portal/help/novo').expect(301)).headers['location']).toBe(
      '/o/aurora/portal/help/velho',
    );
  });
});

describe('the site map', () => {
  it('lists every public article in each language, and nothing else', async () => {
    await article({ visibility: 'public', slug: 'boleto' });
    await article({ visibility: 'public', slug: 'boleto', locale: 'en-US' });
    const response = await somebody.get('/portal/sitemap.xml').expect(200);
    expect(response.headers['content-type']).toMatch('application/xml');
    const { text } = response;
    const home = 'https://portal.aurora.example/portal/help';
    expect([...text.matchAll(/<loc>([^<]+)/g)].map(([, address]) => address).sort()).toEqual([
      home,
      `${home}/aurora-public`,
      `${home}/boleto`,
      `${home}/boleto?lang=en-US`,
    ]);
  });

  it('of a portal without a verified domain is at the path of the installation', async () => {
    const { text } = await api.visitor('/o/boreal').get('/portal/sitemap.xml').expect(200);
    expect(text).toContain('<loc>https://balcao.example/o/boreal/portal/help/boreal-public</loc>');
    expect(text).not.toContain('aurora');
  });

  it('is where robots.txt says', async () => {
    const ofDomain = api.visitor('', { host: 'portal.aurora.example' });
    expect((await ofDomain.get('/robots.txt').expect(200)).text).toContain(
      'Sitemap: https://portal.aurora.example/portal/sitemap.xml',
    );
    await ofDomain.get('/portal/sitemap.xml').expect(200);
    expect((await api.visitor().get('/robots.txt').expect(200)).text).not.toContain('Sitemap');
    await api.visitor().get('/portal/sitemap.xml').expect(404);
  });
});
