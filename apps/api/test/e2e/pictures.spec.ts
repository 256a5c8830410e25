import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DomainError } from '@balcao/platform-errors';
import { OutboundWorld } from '@balcao/platform-outbound';
import { RateLimiter } from '@balcao/platform-state';
import { Storage } from '@balcao/platform-storage';
import { PreparePictureHandler, SweepPicturesHandler } from '@balcao/module-portal/worker';
import { Database } from '@balcao/platform-tenancy';
import { Threads } from '@balcao/platform-threads';
import { PortalFinder } from '@balcao/module-directory';
import { idOf } from '../support/ids.js';
import { pictureWorker } from '../support/picture-worker.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const PORTAL = `/api/v1/admin/portals/${idOf('portal:aurora')}`;
const PICTURES = `${PORTAL}/pictures`;
const FILES = new URL('../../../../libs/modules/portal/test/pictures/', import.meta.url);
const file = (name: string) => readFileSync(new URL(name, FILES));
const svg = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">${content}</svg>`;
const MEBIBYTE = 1_024 * 1_024;

let api: TestApp;
let owner: Visitor;
let worker: ReturnType<typeof pictureWorker>;
/** What the web answers by path, from behind a name that is public. */
let web: Server;
const answers: Record<
  string,
  { status?: number; headers?: Record<string, string>; body?: Buffer | string; silent?: true }
> = {};

beforeAll(async () => {
  api = await startTestApp();
  web = createServer((request, response) => {
    const { status = 200, headers = {}, body = '', silent } = answers[request.url!] ?? { status: 404 };
    if (silent) return;
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening));
  const world = new OutboundWorld();
  world.resolve = async (host) => [{ address: host === 'inside.example' ? '10.0.0.7' : '127.0.0.1', family: 4 }];
  world.isPublic = (address) => address === '127.0.0.1';
  worker = pictureWorker(api, world);
});
beforeEach(async () => {
  await api.reset();
  await api.rows('delete from portal_pictures');
  owner = await api.signIn('staff', 'owner@aurora.example');
});
afterAll(async () => {
  web.closeAllConnections();
  web.close();
  await api.close();
});

const upload = (content: Buffer | string, { purpose = 'logoUrl', crop = '', name = 'logo.png', by = owner } = {}) =>
  by
    .request('post', `${PICTURES}?purpose=${purpose}${crop && `&crop=${crop}`}`)
    .attach('file', Buffer.from(content), name);
const fetched = async (address: string) => {
  const { body } = await owner.post(`${PICTURES}/fetch`, { purpose: 'logoUrl', address }).expect(201);
  await worker.work();
  return outcome(body.picture.id);
};
const outcome = async (id: string) => (await owner.get(`${PICTURES}/${id}`).expect(200)).body.picture;
const prepared = async (...given: Parameters<typeof upload>) => {
  const { body } = await upload(...given).expect(201);
  expect(body.picture).toMatchObject({ status: 'waiting', address: null, problem: null });
  await worker.work();
  return outcome(body.picture.id);
};
const stored = (address: string) => api.app.get(Storage).size(address.slice(1));
const uploads = async () => {
  const ids = await api.rows<{ id: string }>('select id from portal_pictures');
  const sizes = ids.map(({ id }) => api.app.get(Storage).size(`uploads/${idOf('organization:aurora')}/${id}`));
  return (await Promise.all(sizes)).filter((size) => size !== undefined).length;
};
const temporary = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('balcao-picture-') && !before.has(name)).length;
/** What others have left there. */
const before = new Set(readdirSync(tmpdir()));

describe('S0.43 S3.34 a picture that is uploaded', () => {
  it('is drawn anew by the worker; then settings may name it, and pages show it', async () => {
    const picture = await prepared(file('turned.jpg'));
    expect(picture).toMatchObject({ status: 'ready', purpose: 'logoUrl', width: 40, height: 60, problem: null });
    expect(picture.address).toMatch(new RegExp(`^/pictures/${idOf('organization:aurora')}/[0-9a-f]{32}\\.png$`));
    await owner.patch(PORTAL, { version: 1, settings: { branding: { logoUrl: picture.address } } }).expect(200);
    const { body } = await api.visitor('/o/aurora').get('/api/v1/portal/branding').expect(200);
    expect(body.branding.logoUrl).toBe(picture.address);
    const shown = await api.visitor().get(picture.address).expect(200);
    expect(shown.headers['content-type']).toBe('image/png');
    expect((shown.body as Buffer).includes('GPS-SECRET')).toBe(false);
    expect(await stored(picture.address.replace('.png', '-mail.png'))).toBeGreaterThan(0);
    expect([await uploads(), temporary()]).toEqual([0, 0]);
  });

  it('S0.44 S3.35 becomes what was marked of it, and is told to open pages', async () => {
    const picture = await prepared(file('cmyk.jpg'), { purpose: 'faviconUrl', crop: '0,0,30,30' });
    expect(picture).toMatchObject({ status: 'ready', width: 30, height: 30 });
    const events = await api.rows("select payload->'ids' as ids from outbox where event = 'portal_picture.finished'");
    expect(events).toEqual([{ ids: { portalId: idOf('portal:aurora'), portalPictureId: picture.id } }]);
  });

  it.each<[what: string, content: () => Buffer | string, code: string]>([
    ['empty', () => '', 'pictureEmpty'],
    ['of words', () => 'hello', 'isPicture'],
    ['a page with the name of a picture', () => '<html><body>', 'isPicture'],
    ['more than 5 MB', () => Buffer.concat([file('moving.gif'), randomBytes(5 * MEBIBYTE)]), 'pictureBytes'],
  ])('is refused at once where it is %s', async (_what, content, code) => {
    const { body } = await upload(content()).expect(400);
    expect(body.errors).toEqual([expect.objectContaining({ path: 'file', code })]);
    expect([await api.rows('select 1 from portal_pictures'), temporary()]).toEqual([[], 0]);
  });

  it.each<[what: string, content: () => Buffer | string, code: string, crop: string]>([
    ['ends too early', () => file('cmyk.jpg').subarray(0, 300), 'pictureBroken', ''],
    [
      'is 5 MB of noise behind its head',
      () => Buffer.concat([file('moving.gif').subarray(0, 13), randomBytes(5 * MEBIBYTE - 300)]),
      'pictureBroken',
      '',
    ],
    ['runs', () => svg('<script>alert(1)</script>'), 'isHarmlessSvg', ''],
    ['is marked where it has nothing', () => file('cmyk.jpg'), 'pictureCrop', '0,0,61,40'],
  ])('is refused by the worker where it %s, with the reason', async (_what, content, code, crop) => {
    const picture = await prepared(content(), { crop });
    expect(picture).toMatchObject({ status: 'refused', address: null, problem: { code } });
    expect(picture.problem.message).toMatch(/[A-Z].*\./);
    expect(await uploads()).toBe(0);
  });

  it('is kept without what stands behind it: a page, an archive, other pictures', async () => {
    const { address } = await prepared(file('moving.gif'));
    const page = Buffer.from('<script>alert(1)</script>PK\u0003\u0004');
    const longest = randomBytes(5 * MEBIBYTE - 1_000);
    const picture = await prepared(Buffer.concat([file('moving.gif'), page, longest]));
    // Named by what is in it.
    expect(picture).toMatchObject({ status: 'ready', address });
    const { body } = await api.visitor().get(address).expect(200);
    expect((body as Buffer).includes('<script>')).toBe(false);
  });

  it('is looked at for what it is, whatever its name', async () => {
    expect(await prepared(svg('<rect width="9" height="9"/>'), { name: 'logo.jpg' })).toMatchObject({
      status: 'ready',
      address: expect.stringMatching(/\.svg$/),
    });
  });

  it('is one file', async () => {
    const two = await upload(file('icon.ico')).attach('other', file('icon.ico'), 'b.ico').expect(400);
    expect(two.body.errors[0]).toMatchObject({ path: 'file', code: 'arrayMaxSize' });
    const none = await owner.post(`${PICTURES}?purpose=logoUrl`, {}).expect(400);
    expect(none.body.errors[0]).toMatchObject({ path: 'file', code: 'required' });
    await owner.request('post', `${PICTURES}?purpose=nothing`).attach('file', file('icon.ico'), 'a').expect(400);
    await owner
      .request('post', `${PICTURES}?purpose=logoUrl&crop=1,2`)
      .attach('file', file('icon.ico'), 'a')
      .expect(400);
    expect([await api.rows('select 1 from portal_pictures'), temporary()]).toEqual([[], 0]);
    await refusal(owner.request('patch', PORTAL).attach('file', file('icon.ico'), 'a'), 415, 'unsupported_media_type');
  });

  it('leaves nothing behind where its sender goes away', async () => {
    const { port } = (api.app.getHttpServer() as Server).address() as { port: number };
    const { cookies, csrf } = owner.credentials;
    const headers = {
      ...owner.headers,
      cookie: Object.entries(cookies!)
        .map((pair) => pair.join('='))
        .join('; '),
      [csrf!.header]: csrf!.token,
    };
    const sending = httpRequest({
      port,
      method: 'POST',
      path: `${PICTURES}?purpose=logoUrl`,
      headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(MEBIBYTE) },
    });
    sending.on('error', () => {});
    sending.write('--x\r\ncontent-disposition: form-data; name="file"; filename="a.gif"\r\n\r\n');
    sending.write(file('moving.gif'));
    await until(async () => temporary() === 1 && (await api.rows('select 1 from portal_pictures')).length === 1);
    sending.destroy();
    await until(async () => temporary() === 0 && (await api.rows('select 1 from portal_pictures')).length === 0);
  });

  it('is brought by those who decide about the portal, to their own', async () => {
    const agent = await api.signIn('staff', 'agent@aurora.example');
    await refusal(upload(file('icon.ico'), { by: agent }), 403, 'permission_denied');
    const other = await api.signIn('staff', 'owner@boreal.example');
    await upload(file('icon.ico'), { by: other }).expect(404);
    const { id, address } = await prepared(file('icon.ico'));
    await other.get(`${PICTURES}/${id}`).expect(404);
    const theirs = `/api/v1/admin/portals/${idOf('portal:boreal')}`;
    await other.get(`${theirs}/pictures/${id}`).expect(404);
    const named = await other.patch(theirs, { version: 1, settings: { branding: { logoUrl: address } } }).expect(400);
    expect(named.body.errors[0]).toMatchObject({ path: 'settings.branding.logoUrl', code: 'exists' });
  });

  it('is one of ten that wait, and of a hundred in a day', async () => {
    await Promise.all(Array.from({ length: 10 }, () => upload(file('icon.ico')).expect(201)));
    const refused = await refusal(upload(file('icon.ico')), 429, 'rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeLessThan(60);
    await worker.work();
    const limits = { [`pictures|${idOf('organization:aurora')}`]: 100 };
    await api.app.get(RateLimiter, { strict: false }).consumeEach(limits, 24 * 60 * 60, 89);
    const tomorrow = await refusal(upload(file('icon.ico')), 429, 'rate_limited');
    expect(Number(tomorrow.headers['retry-after'])).toBeGreaterThan(80_000);
  });
});

describe('the job', () => {
  it('may begin again wherever it was ended, and gives up what ends it every time', async () => {
    const { body } = await upload(file('icon.ico')).expect(201);
    const [job] = await worker.jobs();
    // It was ended before it said so.
    await api.rows('update portal_pictures set tries = 2');
    await worker.handle(job!);
    const picture = await outcome(body.picture.id);
    expect(picture.status).toBe('ready');
    // Delivered once more, there is nothing to do.
    await worker.handle(job!);
    expect(await outcome(picture.id)).toEqual(picture);

    const again = await upload(file('icon.ico')).expect(201);
    await api.rows("update portal_pictures set tries = 3 where status = 'waiting'");
    await worker.work();
    expect(await outcome(again.body.picture.id)).toMatchObject({
      status: 'refused',
      problem: { code: 'pictureBroken' },
    });
  });

  it('counts no try while there is no thread for it', async () => {
    const { body } = await upload(file('icon.ico')).expect(201);
    const [job] = await worker.jobs();
    const full = jest.spyOn(api.app.get(Threads, { strict: false }), 'run');
    full.mockRejectedValue(new DomainError('service_unavailable', { retryAfterSeconds: 5 }));
    for (let delivery = 0; delivery < 5; delivery += 1)
      await expect(worker.handle(job!)).rejects.toMatchObject({ code: 'service_unavailable' });
    full.mockRestore();
    expect(await api.rows('select tries from portal_pictures where id = $1', body.picture.id)).toEqual([{ tries: 0 }]);
    await worker.handle(job!);
    expect(await outcome(body.picture.id)).toMatchObject({ status: 'ready' });
    expect(await api.rows('select tries from portal_pictures where id = $1', body.picture.id)).toEqual([{ tries: 1 }]);
  });

  it('of the clock takes away what nobody waits for', async () => {
    await upload(file('icon.ico')).expect(201);
    const kept = await upload(file('icon.ico')).expect(201);
    await api.rows(
      "update portal_pictures set status = 'receiving', created_at = now() - interval '2 hours' where id <> $1",
      kept.body.picture.id,
    );
    expect(await uploads()).toBe(2);
    await new SweepPicturesHandler(api.app.get(Database), api.app.get(Storage)).handle();
    expect(await api.rows('select id from portal_pictures')).toEqual([{ id: kept.body.picture.id }]);
    expect(await uploads()).toBe(1);
  });
});

describe('a picture by its address', () => {
  const at = (path: string, host = 'cdn.example') =>
    `http://${host}:${(web.address() as { port: number }).port}${path}`;

  it('S3.34 is fetched once, kept, and never read from there again', async () => {
    answers['/logo'] = { body: file('moving.webp'), headers: { 'content-type': 'text/plain' } };
    const picture = await fetched(at('/logo'));
    expect(picture).toMatchObject({ status: 'ready', address: expect.stringMatching(/^\/pictures\//) });
    delete answers['/logo'];
    await api.visitor().get(picture.address).expect(200);
  });

  it.each<[what: string, answer: (typeof answers)[string], code: string]>([
    ['is another address', { status: 302, headers: { location: 'http://inside.example/' } }, 'pictureRedirected'],
    ['is a page', { body: '<html>', headers: { 'content-type': 'image/png' } }, 'isPicture'],
    ['is not there', { status: 404, body: 'no' }, 'pictureStatus'],
    ['is more than 5 MB', { body: Buffer.alloc(10 * MEBIBYTE) }, 'pictureBytes'],
    ['is nothing', {}, 'isPicture'],
  ])('is refused where what is there %s', async (_what, answer, code) => {
    answers['/logo'] = answer;
    expect(await fetched(at('/logo'))).toMatchObject({ status: 'refused', problem: { code } });
  });

  it('is refused where it is inside of a network, or nobody answers', async () => {
    expect(await fetched(at('/logo', 'inside.example'))).toMatchObject({ problem: { code: 'picturePrivate' } });
    expect(await fetched('http://192.168.0.1/logo.png')).toMatchObject({ problem: { code: 'picturePrivate' } });
    expect(await fetched('http://cdn.example:1/logo.png')).toMatchObject({ problem: { code: 'pictureUnreachable' } });
    answers['/slow'] = { silent: true };
    PreparePictureHandler.fetchMs = 500;
    expect(await fetched(at('/slow'))).toMatchObject({ problem: { code: 'pictureSlow' } });
  });

  it.each(['ftp://cdn.example/a.png', 'javascript:alert(1)', 'https://a:b@cdn.example/', '/pictures/x'])(
    'is an address of the web, not %s',
    async (address) => {
      const { body } = await owner.post(`${PICTURES}/fetch`, { purpose: 'logoUrl', address }).expect(400);
      expect(body.errors[0]).toMatchObject({ path: 'address' });
    },
  );

  it('S3.34 S3.35 in settings takes its place there once it is kept, as a whole one does', async () => {
    answers['/logo'] = { body: file('moving.gif') };
    const logoUrl = at('/logo').replace('http:', 'https:');
    const faviconUrl = `data:image/x-icon;base64,${file('icon.ico').toString('base64')}`;
    const asked = await owner
      .patch(PORTAL, { version: 1, settings: { branding: { logoUrl, faviconUrl } } })
      .expect(200);
    expect(asked.body.portal.settings.branding).toMatchObject({ logoUrl: null, faviconUrl: null });
    await api.rows('update portal_pictures set source_address = $1 where source_address = $2', at('/logo'), logoUrl);
    await worker.work();
    const { body } = await owner.get(PORTAL).expect(200);
    const kept = expect.stringMatching(/^\/pictures\/.*\.png$/);
    expect(body.portal.settings.branding).toMatchObject({ logoUrl: kept, faviconUrl: kept });
    const { text } = await api.visitor('/o/aurora').get('/portal/login');
    expect(text).not.toContain('cdn.example');
  });

  it('in settings leaves what was decided in the meantime', async () => {
    const whole = `data:image/x-icon;base64,${file('icon.ico').toString('base64')}`;
    await owner.patch(PORTAL, { version: 1, settings: { branding: { logoUrl: whole } } }).expect(200);
    await owner.patch(PORTAL, { version: 1, settings: { branding: { logoUrl: null } } }).expect(200);
    await worker.work();
    expect((await owner.get(PORTAL).expect(200)).body.portal.settings.branding.logoUrl).toBeNull();
  });
});

it('B.12 a version that is put back leaves out pictures that are on their way', async () => {
  const whole = `data:image/x-icon;base64,${file('icon.ico').toString('base64')}`;
  await owner.patch(PORTAL, { version: 1, settings: { branding: { footerText: { 'pt-BR': 'Rodapé' } } } }).expect(200);
  await owner.patch(PORTAL, { version: 2, settings: { branding: { logoUrl: whole } } }).expect(200);
  await owner.post(`${PORTAL}/restore`, { version: 2, to: 1, sections: ['branding'] }).expect(200);
  await worker.work();
  expect((await owner.get(PORTAL).expect(200)).body.portal.settings.branding.logoUrl).toBeNull();
});

describe('S3.35 the icons of a portal', () => {
  const page = async (slug = 'boreal') => (await api.visitor(`/o/${slug}`).get('/portal/login').expect(200)).text;
  const manifest = async (slug = 'boreal') =>
    (await api.visitor(`/o/${slug}`).get('/portal/manifest.webmanifest').expect(200)).body;

  it('are drawn once they are asked for, and meanwhile its initials stand', async () => {
    const name = 'Boreal Energia';
    const theme = { light: { primary: newColour() }, dark: { primary: newColour() } };
    const settings = { branding: { theme } };
    await api.rows('update portals set settings = $1 where id = $2', settings, idOf('portal:boreal'));
    api.app.get(PortalFinder, { strict: false }).forgetRecent();
    expect(await page()).toMatch(/<link rel="icon" href="\/o\/boreal\/portal\/pictures\/favicon\?look=\w{12}" \/>/);
    await worker.work();
    const [, tab] = /<link rel="icon" type="image\/png" sizes="32x32" href="([^"]+)" \/>/.exec(await page())!;
    const [, device] = /<link rel="apple-touch-icon" href="([^"]+)" \/>/.exec(await page())!;
    const { icons, ...about } = await manifest();
    expect(about).toMatchObject({ name, short_name: 'Boreal', lang: 'pt-BR', scope: '/o/boreal/portal/' });
    expect(icons.map(({ sizes, purpose }: { sizes: string; purpose: string }) => [sizes, purpose])).toEqual([
      ['192x192', 'any'],
      ['512x512', 'any'],
      ['512x512', 'maskable'],
    ]);
    for (const address of [tab!, device!, ...icons.map(({ src }: { src: string }) => src)]) {
      const { headers } = await api.visitor().get(address).expect(200);
      expect(headers).toMatchObject({
        'content-type': 'image/png',
        'cache-control': expect.stringContaining('immutable'),
      });
    }
    const own = await api.visitor('/o/boreal').get('/favicon.ico').redirects(0);
    const apple = await api.visitor('/o/boreal').get('/apple-touch-icon.png').redirects(0);
    expect([own.headers['location'], apple.headers['location']]).toEqual([tab, device]);
  });

  it('stay as they were until the new ones are drawn, and initials never stand in for a set that was there', async () => {
    await page('aurora');
    await worker.work();
    const tabNow = async () => /<link rel="icon" [^>]*href="([^"]+)"/.exec(await page('aurora'))![1]!;
    const drawn = /-32\.png$/;
    await until(async () => drawn.test(await tabNow()));
    const last = await tabNow();
    await owner.patch(PORTAL, { version: 1, settings: { branding: { supportPhone: '0800 765 1000' } } }).expect(200);
    // What is drawn for it is kept longer than this run: of a name, only its initials are drawn.
    const { h, s, l } = newColour();
    const theme = { light: { primary: `hsl(${h} ${s}% ${l}%)` } };
    await owner.patch(PORTAL, { version: 2, settings: { branding: { theme } } }).expect(200);
    expect(await tabNow()).toBe(last);
    expect(JSON.stringify((await manifest('aurora')).icons)).toContain(last.replace('-32.png', '-192.png'));
    await worker.work();
    await until(async () => (await tabNow()) !== last);
    expect(await tabNow()).toMatch(drawn);
  });

  it('follow the picture, the colour and the name, and nothing else', async () => {
    await page('aurora');
    await worker.work();
    const iconsNow = async () => JSON.stringify((await manifest('aurora')).icons);
    const { address } = await prepared(file('icon.ico'), { purpose: 'faviconUrl' });
    const changes = [
      [{ settings: { branding: { supportPhone: '0800 765 1000' } } }, false],
      [{ settings: { branding: { faviconUrl: address } } }, true],
      [{ settings: { branding: { theme: { light: { primary: '#aa0000' } } } } }, true],
      [{ name: 'Outra Empresa' }, true],
    ] as const;
    let last = await iconsNow();
    for (const [index, [change, isNew]] of changes.entries()) {
      await owner.patch(PORTAL, { version: index + 1, ...change }).expect(200);
      await worker.work();
      const now = await iconsNow();
      expect([change, now !== last]).toEqual([change, isNew]);
      last = now;
    }
  });
});

/** Icons are kept by what they are drawn from, which no other run has used. */
const newColour = () => ({ h: randomInt(360_000) / 1_000, s: randomInt(30, 70), l: randomInt(20, 45) });

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It never came to that');
}
