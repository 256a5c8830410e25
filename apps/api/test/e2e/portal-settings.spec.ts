import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PortalFinder } from '@balcao/module-directory';
import { idOf } from '../support/ids.js';
import { pictureWorker } from '../support/picture-worker.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const PORTAL = `/api/v1/admin/portals/${idOf('portal:aurora')}`;
const BRANDING = '/api/v1/portal/branding';
const STYLES = '/portal/branding.css';
/** One pixel. */
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** A pixel that is seen. */
const GIF = 'data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=';

const svg = (source: string) => `data:image/svg+xml;base64,${btoa(source)}`;

let api: TestApp;
let owner: Visitor;
let somebody: Visitor;
// What an earlier run has kept would not count as new.
const folder = mkdtempSync(join(tmpdir(), 'balcao-pictures-'));
beforeAll(async () => (api = await startTestApp({ config: { storageUrl: `file:${folder}` } })));
beforeEach(async () => {
  await api.reset();
  owner = await api.signIn('staff', 'owner@aurora.example');
  somebody = api.visitor('/o/aurora');
  // Languages are remembered for some seconds; what a test left behind is not.
  await owner.patch(PORTAL, { version: 1, settings: { branding: { languages: ['pt-BR', 'en-US'] } } }).expect(200);
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

const changeSection = (settings: object, version = 2) => owner.patch(PORTAL, { version, settings });
const change = (branding: object) => changeSection({ branding });
const style = (customCss: string | null, version = 2) => changeSection({ style: { customCss } }, version);
const branding = async () => (await somebody.get(BRANDING).expect(200)).body.branding;

describe('S3.45 the stylesheet of a tenant', () => {
  it('is served with the colours, confined to the page, and answered by the API', async () => {
    const customCss = '.card {\n  border-radius: 0;\n}\n@media (width > 600px) { body { color: red } }';
    const { body } = await style(customCss).expect(200);
    expect(body.portal.settings.style.customCss).toBe(customCss);
    const confined = ':where(#app) .card{border-radius:0}@media (width>600px){:where(#app){color:red}}';
    const { text, headers } = await somebody.get(STYLES).expect(200);
    expect(text).toMatch(/--brand:#[0-9a-f]{6}/);
    expect(text.endsWith(confined)).toBe(true);
    expect(headers['content-type']).toBe('text/css; charset=utf-8');
    expect(headers['content-security-policy']).toContain("style-src 'self'");
    expect((await branding()).customCss).toBe(confined);
    expect((await api.visitor('/o/boreal').get(STYLES).expect(200)).text).not.toContain('#app');
  });

  it('S3.86 has the cache headers of the branding, and an ETag that changes with it', async () => {
    const { headers } = await somebody.get(STYLES).expect(200);
    expect(headers['cache-control']).toBe('public, max-age=300, stale-while-revalidate=86400');
    const etag = headers['etag']!;
    expect((await somebody.get(STYLES).set('If-None-Match', etag)).status).toBe(304);
    await style('.a{color:red}').expect(200);
    expect((await somebody.get(STYLES).set('If-None-Match', etag)).status).toBe(200);
  });

  it('is refused as a whole, with the line and the reason of everything that cannot be taken', async () => {
    const customCss =
      '.a { color: red }\n@import "https://evil.example/x.css";\n.b { background: url(https://evil.example) }';
    const { body } = await style(customCss).expect(400);
    expect(body.errors).toEqual([
      {
        path: 'settings.style.customCss',
        code: 'css_at_rule',
        line: 2,
        params: { found: '@import "https://evil.example/x.css";', column: 1 },
        message: expect.stringContaining('@import'),
      },
      {
        path: 'settings.style.customCss',
        code: 'css_url',
        line: 3,
        params: { found: 'url(https://evil.example)', column: 18 },
        message: expect.stringContaining('url('),
      },
    ]);
    expect((await somebody.get(STYLES).expect(200)).text).not.toContain('.a');
  });

  const tried = (body: object, by = owner) => by.post(`${PORTAL}/style/preview`, body);

  it('is seen before it is saved, as it would be served, and nothing is stored', async () => {
    await style('.stored{color:red}').expect(200);
    const served = (await somebody.get(STYLES).expect(200)).text;
    expect((await tried({}).expect(200)).body).toEqual({ css: served, problems: [] });
    const theme = { light: { primary: '#facc15' } };
    const { css } = (await tried({ theme, customCss: 'body{color:red}' }).expect(200)).body;
    expect(css).toContain(':root,.light{--brand:#facc15');
    expect(css.endsWith('\n:where(#app){color:red}')).toBe(true);
    expect((await tried({ customCss: null }).expect(200)).body.css).toBe(served.replace(/:where.*/, ''));
    expect((await somebody.get(STYLES).expect(200)).text).toBe(served);
    const saved = { branding: { theme }, style: { customCss: 'body{color:red}' } };
    await changeSection(saved, 3).expect(200);
    expect((await somebody.get(STYLES).expect(200)).text).toBe(css);
  });

  it('that is tried is answered with what saving would refuse, and the colours without it', async () => {
    const customCss = '.a { color: red }\n@import "x";\n.b { background: url(x) }';
    const { errors } = (await style(customCss).expect(400)).body;
    const { css, problems } = (await tried({ customCss }).expect(200)).body;
    expect(problems).toEqual(errors.map((error: object) => ({ ...error, path: 'customCss' })));
    expect(problems.map(({ line }: { line: number }) => line)).toEqual([2, 3]);
    expect(css).toMatch(/--brand:#/);
    expect(css).not.toContain('.a');
    const { body } = await tried({ theme: { dark: { accent: 'quase azul' } } }).expect(400);
    expect(body.errors).toMatchObject([{ path: 'theme.dark.accent', code: 'isColour' }]);
    await tried({ customCss: 'a'.repeat(20_001) }).expect(400);
  });

  it('is tried by owners and admins, 120 times in a minute, counted before anything is compiled', async () => {
    await refusal(tried({}, await api.signIn('staff', 'agent@aurora.example')), 403, 'permission_denied');
    const admin = await api.signIn('staff', 'admin@aurora.example');
    const refused = { customCss: '@import "x"' };
    for (let look = 0; look < 120; look++) await tried(look ? {} : refused, admin).expect(200);
    await refusal(tried(refused, admin), 429, 'rate_limited');
    await tried({}).expect(200);
  });

  it.each([null, '', '  \n'])('is taken away by %j', async (nothing) => {
    await style('.a{color:red}').expect(200);
    const { body } = await style(nothing, 3).expect(200);
    expect(body.portal.settings.style.customCss).toBeNull();
    expect((await branding()).customCss).toBeNull();
  });

  it('that no longer passes is not served, however it came to be stored', async () => {
    const stored = { style: { customCss: '@import "x"; .a{color:red}' } };
    await api.rows("update portals set settings = $1 where slug = 'aurora'", stored);
    expect((await somebody.get(STYLES).expect(200)).text).not.toMatch(/import|\.a\{/);
    expect((await branding()).customCss).toBeNull();
  });

  it('is edited by owners and admins only', async () => {
    for (const role of ['agent', 'billing']) {
      const person = await api.signIn('staff', `${role}@aurora.example`);
      const answer = person.patch(PORTAL, { version: 2, settings: { style: { customCss: '.a{}' } } });
      await refusal(answer, 403, 'permission_denied');
    }
    const admin = await api.signIn('staff', 'admin@aurora.example');
    await admin.patch(PORTAL, { version: 2, settings: { style: { customCss: '.a{color:red}' } } }).expect(200);
  });

  it('stands in the audit where it was changed, and only there', async () => {
    await style('.secret-class{color:red}').expect(200);
    await owner.patch(PORTAL, { version: 3, name: 'Outro nome' }).expect(200);
    const rows = await api.rows<{ changes: string }>(
      "select changes::text as changes from audit_log where action = 'staff.portal.update' order by id",
    );
    expect(rows.map(({ changes }) => changes.includes('secret-class'))).toEqual([false, true, false]);
  });
});

describe('S0.47 the languages of a portal', () => {
  it('are at least one, and the default is among them', async () => {
    await refusal(change({ languages: [] }), 400, 'validation_failed');
    await refusal(change({ languages: ['en-US'] }), 400, 'validation_failed');
    await refusal(change({ languages: ['pt-BR'], defaultLocale: 'en-US' }), 400, 'validation_failed');
    await change({ languages: ['en-US'], defaultLocale: 'en-US' }).expect(200);
    expect(await branding()).toMatchObject({ languages: ['en-US'], defaultLocale: 'en-US' });
  });

  it('are the only ones that anybody hears', async () => {
    const ana = await api.signIn('portal', 'ana@padaria.example', { base: '/o/aurora' });
    const portuguese = { 'accept-language': 'pt-BR' };
    await change({ languages: ['en-US'], defaultLocale: 'en-US' }).expect(200);
    const refused = await somebody.with({ headers: portuguese }).get('/api/v1/portal/public/kb/articles/x').expect(404);
    expect(refused.body.detail).toMatch(/^We could not find/);
    const missing = await ana.with({ headers: portuguese }).get('/api/v1/portal/kb/articles/x').expect(404);
    expect(missing.body.detail).toMatch(/^We could not find/);
    expect((await somebody.with({ headers: portuguese }).get('/portal/login')).text).toContain('<html lang="en-US"');
    // Its articles are all in Portuguese.
    expect((await somebody.get('/api/v1/portal/public/kb').expect(200)).body.data).toEqual([]);
    expect((await ana.get('/api/v1/portal/kb').expect(200)).body.data).toEqual([]);
  });

  it('S0.47 without a preference the default speaks, not the organization', async () => {
    await change({ defaultLocale: 'en-US' }).expect(200);
    const refused = await somebody.get('/api/v1/portal/public/kb/articles/x').expect(404);
    expect(refused.body.detail).toMatch(/^We could not find/);
    expect((await somebody.get('/portal/login')).text).toContain('<html lang="en-US"');
  });
});

describe('S0.43 S0.44 S3.34 S3.35 pictures', () => {
  it.each([
    'http://cdn.example/logo.png',
    'javascript:alert(1)',
    'https://a:b@cdn.example/logo.png',
    'https://cdn.example/logo.png" onerror="x',
    '//cdn.example/logo.png',
    svg('<html><svg></svg></html>'),
    '/pictures/nothing.png',
    `/pictures/${idOf('organization:boreal')}/0123456789abcdef0123456789abcdef.png`,
    `/pictures/${idOf('organization:aurora')}/0123456789abcdef0123456789abcdef.png`,
    'data:image/png;base64,PHN2Zz48L3N2Zz4=',
    'data:text/html;base64,iVBORw0KGgoAAAANSUhEUg==',
    `${PNG.slice(0, -2)}${'A'.repeat(250_000)}==`,
  ])('are refused where no browser would show them, or none should (%#)', async (address) => {
    for (const field of ['logoUrl', 'logoDarkUrl', 'faviconUrl']) {
      const { body } = await change({ [field]: address }).expect(400);
      expect(body.errors[0]).toMatchObject({ path: `settings.branding.${field}` });
    }
  });

  it('of the web are named nowhere: they are fetched, and send nobody there from here', async () => {
    const { body } = await change({ logoUrl: 'https://evil.example/logo', faviconUrl: 'https://evil.example/icon' });
    expect(body.portal.settings.branding).toMatchObject({ logoUrl: null, faviconUrl: null });
    expect(body.arriving).toMatchObject([
      { purpose: 'logoUrl', status: 'waiting' },
      { purpose: 'faviconUrl', status: 'waiting' },
    ]);
    expect(JSON.stringify(await branding())).not.toContain('evil.example');
    expect((await somebody.get('/portal/login')).text).not.toContain('evil.example');
    for (const path of ['/apple-touch-icon.png', '/favicon.ico']) {
      const { headers } = await somebody.get(path).redirects(0).expect(302);
      expect(headers['location']).toMatch(/^(?:\/o\/aurora\/portal)?\/pictures\//);
    }
  });

  it('are kept as files, which any page may show and keep for ever', async () => {
    const kept =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><style>a{}</style><path d="M0 0h9v9z"/></svg>';
    // Written anew from what was understood of it.
    const drawing = svg(`<?xml version="1.0"?><!-- words -->${kept}`);
    await change({ logoUrl: GIF, logoDarkUrl: drawing, faviconUrl: GIF }).expect(200);
    await pictureWorker(api).work();
    expect((await changeSection({ tickets: { autoCloseDays: 6 } }, 5).expect(200)).body.arriving).toEqual([]);
    const { logoUrl, logoDarkUrl, faviconUrl } = await branding();
    expect(logoUrl).toMatch(new RegExp(`^/pictures/${idOf('organization:aurora')}/[0-9a-f]{32}\\.png$`));
    expect(faviconUrl).toBe(logoUrl);
    for (const [address, type] of [
      [logoUrl, 'image/png'],
      [logoDarkUrl, 'image/svg+xml'],
    ]) {
      const { headers, body: content } = await api.visitor().get(address).expect(200);
      expect(headers).toMatchObject({
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'cross-origin',
        'content-security-policy': expect.stringMatching(/^default-src 'none';.*sandbox$/),
      });
      if (type === 'image/svg+xml') expect((content as Buffer).toString()).toBe(kept);
    }
    // Published again, they stay what they are.
    const { version } = (await owner.get(PORTAL)).body.portal;
    const again = await changeSection({ branding: { logoUrl } }, version).expect(200);
    expect(again.body.portal.settings.branding.logoUrl).toBe(logoUrl);
  });

  it('that turn out to be none are told of where the change said that they arrive', async () => {
    const { body } = await change({ logoUrl: svg('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>') }).expect(
      200,
    );
    expect(body.arriving).toMatchObject([{ purpose: 'logoUrl', status: 'waiting', problem: null }]);
    await pictureWorker(api).work();
    const { picture } = (await owner.get(`${PORTAL}/pictures/${body.arriving[0].id}`).expect(200)).body;
    expect(picture).toMatchObject({ status: 'refused', problem: { message: expect.any(String) } });
    expect((await branding()).logoUrl).toBeNull();
  });

  it.each(['', 'x', 'a/b.png', `${'0'.repeat(36)}/${'0'.repeat(32)}.png`, '../files/a', '%2e%2e%2ffiles%2fa'])(
    'that are not there are not found: %s',
    (path) => api.visitor().get(`/pictures/${path}`).expect(404),
  );

  it('for the tab are never ours: without one the initials stand in its colour', async () => {
    const other = api.visitor('/o/boreal');
    const name = `Boreal ${randomBytes(8).toString('hex').replace(/\d/g, 'x')} Energia`;
    await api.rows('update portals set name = $1 where id = $2', name, idOf('portal:boreal'));
    api.app.get(PortalFinder, { strict: false }).forgetRecent();
    expect((await other.get('/portal/login')).text).toMatch(
      /<link rel="icon" href="\/o\/boreal\/portal\/pictures\/favicon\?look=\w{12}" \/>/,
    );
    const { headers, body } = await other.get('/portal/pictures/favicon').expect(200);
    expect(headers['content-type']).toMatch(/^image\/svg\+xml/);
    expect((body as Buffer).toString()).toMatch(/^<svg .*>BE<\/text><\/svg>$/);
    expect((await other.get('/favicon.ico').expect(302)).headers['location']).toBe('/o/boreal/portal/pictures/favicon');
    expect((await api.visitor().get('/favicon.ico').expect(302)).headers['location']).toBe('/portal/favicon.svg');
  });
});

describe('texts in each language', () => {
  const WELCOME = { 'pt-BR': 'Boas-vindas', 'en-US': 'Welcome' };

  it('are changed one by one, and answered in all of them', async () => {
    await change({ welcomeMessage: WELCOME }).expect(200);
    const { body } = await changeSection({ branding: { welcomeMessage: { 'en-US': null } } }, 3).expect(200);
    expect(body.portal.settings.branding.welcomeMessage).toEqual({ 'pt-BR': 'Boas-vindas', 'en-US': null });
    expect(await branding()).toMatchObject({
      welcomeMessage: 'Boas-vindas',
      texts: { welcomeMessage: { 'pt-BR': 'Boas-vindas', 'en-US': null } },
    });
  });

  it('have their limits, and no other language', async () => {
    for (const [texts, path] of [
      [{ welcomeMessage: { 'pt-BR': 'x'.repeat(501) } }, 'welcomeMessage.pt-BR'],
      [{ supportHours: { 'en-US': 'x'.repeat(101) } }, 'supportHours.en-US'],
      [{ footerText: { 'fr-FR': 'Bonjour' } }, 'footerText.fr-FR'],
      [{ footerText: 'Texto' }, 'footerText'],
    ] as const) {
      const { body } = await change(texts).expect(400);
      expect(body.errors[0].path).toBe(`settings.branding.${path}`);
    }
  });
});

it('S0.45 S0.46 any CSS colour is taken and stored as HSL', async () => {
  let version = 2;
  for (const colour of ['teal', '#13725c', 'rgb(19 114 92)', 'hsl(166 71% 26%)', 'oklch(0.5 0.1 170)']) {
    const theme = { light: { primary: colour }, dark: { primary: colour } };
    const { body } = await changeSection({ branding: { theme } }, version).expect(200);
    ({ version } = body.portal);
    const { h, s, l } = body.portal.settings.branding.theme.light.primary;
    expect([h, s, l].every((part) => typeof part === 'number')).toBe(true);
    expect(Math.abs(h - 170)).toBeLessThan(12);
  }
});

it('are sent back as they were read, and stay what they were', async () => {
  const theme = { light: { primary: 'oklch(0.5 0.1 170)', accent: '#facc15' }, dark: { primary: 'hsl(166 71% 26%)' } };
  const settings = { branding: { theme, footerText: { 'pt-BR': 'Aurora' } }, tickets: { autoCloseDays: 3 } };
  const { portal: read } = (await changeSection(settings).expect(200)).body;
  const { portal: again } = (await changeSection(read.settings, read.version).expect(200)).body;
  expect(again.settings).toEqual(read.settings);
  for (const primary of [
    { h: 361, s: 1, l: 1 },
    { h: 1, s: 1 },
    { h: 1, s: 1, l: 1, a: 0 },
    { h: '1', s: 1, l: 1 },
    [],
  ])
    await refusal(
      changeSection({ branding: { theme: { light: { primary } } } }, again.version),
      400,
      'validation_failed',
    );
});

it('of two changes at once the second is told', async () => {
  await change({ footerText: { 'pt-BR': 'Primeiro' } }).expect(200);
  await refusal(change({ footerText: { 'pt-BR': 'Segundo' } }), 409, 'conflict');
  expect((await branding()).footerText).toBe('Primeiro');
});

it('of two changes at once of different sections both are kept, whichever was read', async () => {
  const others = await api.signIn('staff', 'admin@aurora.example');
  await others.patch(PORTAL, { version: 2, settings: { security: { lockMinutes: 17 } } }).expect(200);
  await change({ footerText: { 'pt-BR': 'Beside it' } }).expect(200);
  const { body } = await others.patch(PORTAL, { version: 3, name: 'Outro nome' }).expect(200);
  expect(body.portal).toMatchObject({
    name: 'Outro nome',
    version: 5,
    settings: { security: { lockMinutes: 17 }, branding: { footerText: { 'pt-BR': 'Beside it' } } },
  });
  await refusal(changeSection({ security: { lockMinutes: 18 } }), 409, 'conflict');
  await refusal(changeSection({ tickets: { autoCloseDays: 3 }, security: { lockMinutes: 18 } }), 409, 'conflict');
  await refusal(owner.patch(PORTAL, { version: 4, name: 'Ainda outro' }), 409, 'conflict');
  const atOnce = await Promise.all([owner, others].map((each) => each.patch(PORTAL, { version: 5, name: 'Um só' })));
  expect(atOnce.map(({ status }) => status).sort()).toEqual([200, 409]);
});

it('what was written for an older version is neither compiled nor looked at', async () => {
  await refusal(style('}', 3), 409, 'conflict');
  await refusal(changeSection({ branding: { logoUrl: PNG } }, 3), 409, 'conflict');
  await refusal(style('}'), 400, 'validation_failed');
});
