import { connect, type AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PortalFinder } from '@balcao/module-directory';
import { CustomStyles } from '@balcao/module-portal';
import { idOf } from '../support/ids.js';
import { pictureWorker } from '../support/picture-worker.js';
import { refusal } from '../support/problem.js';
import { startTestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const api = await startTestApp();
afterAll(() => api.close());
const { port } = (api.app.getHttpServer() as Server).address() as AddressInfo;
const ME = '/api/v1/portal/auth/me';
const LOGIN = '/api/v1/portal/auth/login';

interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What the server answers to bytes, until it closes the connection or has been silent for a while. */
function conversation(bytes: string, silence = 5_000): Promise<{ text: string; closed: boolean }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(silence, () => {
      resolve({ text, closed: false });
      socket.destroy();
    });
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('end', () => resolve({ text, closed: true }));
    socket.on('error', reject);
  });
}

function parsed(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const headers = Object.fromEntries(
    fields.map((field) => [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 2)]),
  );
  return { status: Number(line.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}

const HOST = 'Host: localhost\r\n';

describe('what is refused before it is a request', () => {
  it.each([
    ['an unknown method', `FOO /health/live HTTP/1.1\r\n${HOST}\r\n`, 400, 'malformed_request'],
    ['no request line', 'nonsense\r\n\r\n', 400, 'malformed_request'],
    ['a bare line feed in a header', `GET / HTTP/1.1\r\n${HOST}X: a\nb: c\r\n\r\n`, 400, 'malformed_request'],
    [
      'two lengths',
      `POST ${LOGIN} HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
      400,
      'malformed_request',
    ],
    ['headers of 20 KB', `GET / HTTP/1.1\r\n${HOST}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
    ['an address of 20 KB', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`, 431, 'headers_too_large'],
    ['no host', `GET ${ME} HTTP/1.1\r\nConnection: close\r\n\r\n`, 400, 'malformed_request'],
    [
      'two hosts',
      `GET ${ME} HTTP/1.1\r\n${HOST}Host: evil.example\r\nConnection: close\r\n\r\n`,
      400,
      'malformed_request',
    ],
  ])('%s is a problem document with the headers of every answer', async (_what, bytes, status, code) => {
    const { text, closed } = await conversation(bytes);
    const answer = parsed(text);
    expect([answer.status, closed]).toEqual([status, true]);
    const problem = JSON.parse(answer.body) as Record<string, unknown>;
    expect(problem).toMatchObject({ status, code, type: `urn:balcao:error:${code}`, errors: [] });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': 'pt-BR',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-request-id': problem['requestId'],
      'content-length': String(Buffer.byteLength(answer.body)),
    });
  });
});

it('a HEAD that is refused before it is a request has no body', async () => {
  const { text, closed } = await conversation(`HEAD /${'x'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`);
  const { status, headers, body } = parsed(text);
  expect([status, closed, body]).toEqual([431, true, '']);
  expect(Number(headers['content-length'])).toBeGreaterThan(100);
});

describe('the target of a request', () => {
  it.each([
    '/api/v1/portal/tickets/%zz',
    '/%ff',
    '/portal/%',
    '/o/aurora/portal/..%2f..%2fetc/passwd%',
    '/portal/..%2f..%2fpackage.json',
    '/console/..%2f..%2fapi/package.json',
  ])('that cannot be decoded or leads elsewhere is 404 like any other: %s', async (path) => {
    const { headers } = await refusal(api.visitor().get(path), 404, 'not_found');
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'ratelimit-limit': expect.any(String) });
  });

  it('may be 2,000 characters long', async () => {
    await refusal(api.visitor().get(`/api/v1/portal/tickets/${'x'.repeat(1_900)}`), 401, 'unauthenticated');
    const { headers } = await refusal(
      api.visitor().get(`/api/v1/portal/tickets/${'x'.repeat(2_000)}`),
      414,
      'uri_too_long',
    );
    expect(headers).toMatchObject({ vary: expect.stringContaining('Cookie'), 'x-frame-options': 'DENY' });
  });

  it('may be absolute, and then names the host', async () => {
    const ask = async (target: string) =>
      parsed((await conversation(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)).text);
    const branding = await ask('http://portal.aurora.example/api/v1/portal/branding');
    expect([branding.status, branding.body]).toEqual([200, expect.stringContaining('"slug":"aurora"')]);
    const below = await ask('http://localhost/o/boreal/api/v1/portal/branding');
    expect([below.status, below.body]).toEqual([200, expect.stringContaining('"slug":"boreal"')]);
    expect((await ask('http://evil.example/console')).status).toBe(421);
    expect((await ask('HTTP://localhost')).status).toBe(302);
  });
});

describe('every answer', () => {
  it.each([
    ['/health/live', 200],
    [ME, 401],
    ['/nothing', 404],
    ['/portal/login', 200],
    ['/api/openapi.json', 200],
    ['/console', 200],
  ])('says its number, and that it might be compressed: %s', async (path, status) => {
    const { headers, body } = await api.visitor().get(path).expect(status);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    if (status >= 400) expect(body.requestId).toBe(headers['x-request-id']);
    expect(headers['vary']).toMatch(/accept-encoding/i);
  });

  it.each([
    ['pt-BR', 'pt-BR'],
    ['en', 'en-US'],
    ['fr', 'pt-BR'],
  ])('that is a text says in which language, asked for %s', async (language, expected) => {
    const visitor = api.visitor('/o/aurora', { 'accept-language': language });
    for (const path of [ME, '/portal/login'])
      expect((await visitor.get(path)).headers['content-language']).toBe(expected);
  });

  it('of 401 says how to prove who one is', async () => {
    for (const path of [ME, '/api/v1/admin/auth/me', '/ops/queues'])
      expect((await api.visitor().get(path).expect(401)).headers['www-authenticate']).toBe('Bearer realm="balcao"');
  });

  /** What is the same for everybody who asks, and may be kept by others on the way. */
  const PUBLIC =
    /^\/(?:portal\/(?:branding\.css|manifest\.webmanifest|pictures\/favicon)|robots\.txt|portal\/sitemap\.xml)$/;
  const pages = api.routes.filter(({ method, config }) => method === 'GET' && !config.access);

  let operator: Visitor;
  beforeAll(async () => void (operator = await api.signIn('operator', 'operator@balcao.example')));

  it.each(pages.map(({ url }) => url))(
    'says whether %s may be kept, and keeps from others what is not theirs',
    async (url) => {
      for (const [base, reader] of [
        ['', operator],
        ['/o/aurora', api.visitor()],
      ] as const)
        for (const path of [url.replace(/:\w+|\*/g, 'nothing'), url.replace('*', 'assets/nothing.js')]) {
          const { status, headers } = await reader.with({ base }).get(path).redirects(0);
          const expected =
            PUBLIC.test(url) && status === 200 ? /^public, max-age=\d+/ : /^(?:private, |no-cache$|no-store$)/;
          expect([path, status, headers['cache-control']]).toEqual([path, status, expect.stringMatching(expected)]);
        }
    },
  );

  it('keeps its tag when it is compressed, as a weak one', async () => {
    const visitor = api.visitor();
    for (const path of ['/api/openapi.json', '/portal/branding.css']) {
      const tags = await Promise.all(
        ['identity', 'gzip', 'br'].map(async (coding) => {
          const { headers } = await visitor.get(path).set('Accept-Encoding', coding).expect(200);
          expect(headers['cache-control']).toBeTruthy();
          if (path.endsWith('json'))
            expect(headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding);
          return headers['etag'];
        }),
      );
      expect(new Set(tags).size).toBe(1);
      expect(tags[0]).toMatch(/^W\/"/);
      const known = await visitor.get(path).set('If-None-Match', tags[0]!).expect(304);
      expect(known.headers['vary']).toMatch(/accept-encoding/i);
    }
  });
});

describe('a body', () => {
  it('whose bytes are no UTF-8 is refused, and says so; a mark at its beginning is none of it', async () => {
    const sent = (bytes: Buffer) =>
      api
        .visitor()
        .post(LOGIN)
        .set('Content-Type', 'application/json')
        .serialize((body) => body as never)
        .send(bytes as never);
    const json = '{"email":"joão@b.co","password":"ação"}';
    for (const bytes of [
      Buffer.from(json, 'latin1'),
      Buffer.concat([Buffer.from('{"email":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
      Buffer.from(json).subarray(0, -4),
    ]) {
      const { body } = await refusal(sent(bytes), 400, 'malformed_body');
      expect(body.errors).toEqual([{ path: '', code: 'isUtf8', message: 'O corpo não está em UTF-8.' }]);
    }
    await refusal(sent(Buffer.from('\ufeff{"email":"a@b.co","password":"x"}')), 401, 'invalid_credentials');
  });

  const announced = (path: string, length: number) =>
    `POST ${path} HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`;

  it('that waits to be asked for is asked for where it may come', async () => {
    const { text } = await conversation(announced(LOGIN, 2));
    expect(text).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  });

  it.each([
    ['nobody is signed in', '/api/v1/portal/tickets', 2, 401],
    ['it is too large', LOGIN, 50_000_000, 413],
    ['there is nothing', '/nothing', 2, 404],
  ])('that waits is not asked for where %s, and the connection ends', async (_why, path, length, status) => {
    const { text, closed } = await conversation(announced(path, length));
    expect([parsed(text).status, closed]).toEqual([status, true]);
  });

  it('that is large is not read to its end after a refusal; a small one is, and the connection lives on', async () => {
    const send = (length: number) =>
      `POST /api/v1/portal/tickets HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
    const large = await conversation(send(50_000_000));
    expect([parsed(large.text).status, large.closed]).toEqual([401, true]);
    const small = await conversation(`${send(2)}{}GET /health/live HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`);
    expect(small.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200']);
  });
});

const drawIcons = () => pictureWorker(api).drawIcons(idOf('organization:aurora'), idOf('portal:aurora'));

describe('a browser', () => {
  const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

  it.each([
    ['/nope', 404],
    ['/o/aurora/nope', 404],
    ['/ops/nope', 404],
    ['/ops/queues', 401],
  ])('that goes astray at %s sees a page', async (path, status) => {
    for (const [language, word] of [
      ['pt-BR', 'Ir para o início'],
      ['en-US', 'Go to the start'],
    ] as const) {
      const { headers, text } = await api.visitor('', { accept, 'accept-language': language }).get(path).expect(status);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(headers['content-language']).toBe(language);
      expect(text).toContain(word);
      expect(text).toContain(`<a href="${path.startsWith('/o/') ? '/o/aurora' : ''}/">`);
    }
  });

  it('gets problem documents of the API all the same', async () => {
    await refusal(api.visitor('', { accept }).get('/api/nothing'), 404, 'not_found');
    await refusal(api.visitor('/o/aurora', { accept }).get(ME), 401, 'unauthenticated');
    await refusal(api.visitor('', { accept }).get('/ops/organizations'), 401, 'unauthenticated');
    for (const base of ['', '/o/aurora'])
      await refusal(api.visitor(base, { accept }).get('/api/v1/portal/tickets/%zz'), 404, 'not_found');
    await refusal(api.visitor('', { accept }).post('/nope', {}), 404, 'not_found');
  });

  it('finds an icon, and the console with a slash', async () => {
    await drawIcons();
    for (const [base, type] of [
      ['', 'image/svg+xml'],
      ['/o/aurora', 'image/png'],
    ] as const) {
      const { headers } = await api.visitor(base).get('/favicon.ico').expect(302);
      expect((await api.visitor().get(headers['location']!).expect(200)).headers['content-type']).toBe(type);
    }
    await api.visitor().get('/ops/').expect(200);
  });

  it('has the branding with the page, and the scripts of a visitor', async () => {
    await api.owner.query(
      `update portals set settings = '{"branding": {"welcomeMessage": {"pt-BR": "</script><b>Oi"}}}' where slug = 'aurora'`,
    );
    api.app.get(PortalFinder, { strict: false }).forgetRecent();
    const visitor = api.visitor('/o/aurora');
    const { text } = await visitor.get('/portal/login').expect(200);
    const [, data = ''] = /<script type="application\/json" id="branding">(.*?)<\/script>/.exec(text) ?? [];
    const { body } = await visitor.get('/api/v1/portal/branding').expect(200);
    expect(JSON.parse(data)).toMatchObject({ ...body.branding, customCss: null });
    expect(body.branding.welcomeMessage).toBe('</script><b>Oi');
    expect(text).toContain('<p>&#60;/script&#62;&#60;b&#62;Oi</p>');
    expect(text).toMatch(/<noscript><p[^>]*>Esta página precisa de JavaScript/);
    const [, signup = ''] = /<script type="application\/json" id="signupPage">(.*?)<\/script>/.exec(text) ?? [];
    const own = await visitor.get('/api/v1/portal/signup').expect(200);
    expect(JSON.parse(signup)).toEqual(own.body.signupPage);
    const view = /modulepreload" fetchpriority="low" crossorigin href="(\/portal\/assets\/SignInView-[\w-]+\.js)"/;
    await visitor.get(view.exec(text)![1]!).expect(200);
    const known = api.visitor('/o/aurora', { cookie: 'balcao_portal_session=somebody' });
    expect((await known.get('/portal/login').expect(200)).text).not.toMatch(view);
    expect((await visitor.get('/portal/help').expect(200)).text).toMatch(/crossorigin href="[^"]*\/PublicHelp-/);
    expect((await visitor.get('/portal/signup/aurora')).text).toMatch(/crossorigin href="[^"]*\/SignupView-/);
  });

  it.each([
    ['/o/aurora', 'Aurora Telecom'],
    ['', 'Balcão'],
  ])('can put the portal at "%s" beside the applications of a device', async (base, name) => {
    const { text } = await api.visitor(base).get('/portal/login').expect(200);
    const ofPortal = base && `\\?portal=${idOf('portal:aurora')}&amp;look=\\w{12}`;
    expect(text).toMatch(new RegExp(`<link rel="manifest" href="${base}/portal/manifest.webmanifest${ofPortal}" />`));
    const { text: manifest, headers } = await api.visitor(base).get('/portal/manifest.webmanifest').expect(200);
    expect(headers['content-type']).toBe('application/manifest+json; charset=utf-8');
    expect(JSON.parse(manifest)).toMatchObject({
      name,
      start_url: `${base}/portal/`,
      scope: `${base}/portal/`,
      theme_color: expect.stringMatching(/^#[0-9a-f]{6}$/i),
    });
    await drawIcons();
    const touch = await api.visitor(base).get('/apple-touch-icon.png').expect(302);
    expect(touch.headers['location']).toMatch(base ? /^\/pictures\/[\w-]+\/\w+-180\.png$/ : /^\/portal\/favicon\.svg$/);
  });
});

it('a change of its look gives a portal’s stylesheet another address, which no browser has kept', async () => {
  const address = async () => {
    const { text } = await api.visitor('/o/aurora').get('/portal/login').expect(200);
    return /href="(\/o\/aurora\/portal\/branding\.css[^"]*)"/.exec(text)![1]!.replace('&amp;', '&');
  };
  const before = await address();
  expect(await address()).toBe(before);
  const owner = await api.signIn('staff', 'owner@aurora.example');
  const change = { version: 1, settings: { style: { customCss: 'h1 { letter-spacing: 2px; }' } } };
  await owner.patch(`/api/v1/admin/portals/${idOf('portal:aurora')}`, change).expect(200);
  const after = await address();
  expect(after).not.toBe(before);
  expect((await api.visitor().get(after).expect(200)).text).toContain('letter-spacing');
});

it('a page that fails says nothing of why', async () => {
  api.app.get(PortalFinder, { strict: false }).forgetRecent();
  const styles = api.app.get(CustomStyles, { strict: false });
  const served = styles.served;
  styles.served = () =>
    Promise.reject(Object.assign(new Error('no /secret/file'), { code: 'ENOENT', path: '/secret/file' }));
  try {
    const { text } = await refusal(api.visitor('/o/aurora').get('/portal/branding.css'), 500, 'internal_error');
    expect(text).not.toContain('secret');
  } finally {
    styles.served = served;
  }
});
