import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import request from 'supertest';
import { PortalFinder } from '@balcao/module-directory';
import { AppConfig } from '@balcao/platform-config';
import { eventually } from '@balcao/platform-testing';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { signIn } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const BOREAL = `/api/v1/admin/portals/${idOf('portal:boreal')}`;
const DOMAIN = `${BOREAL}/domain`;
const BRANDING = '/api/v1/portal/branding';
const ME = '/api/v1/portal/auth/me';

let api: TestApp;
let owner: Visitor;
beforeAll(async () => {
  api = await startTestApp({
    config: { portalBaseDomain: 'portals.example', publicUrl: 'https://service.example' },
  });
});
afterAll(() => api.close());
afterEach(() => api.reset());

const verify = (slug: string) =>
  api.rows(
    `update domain_claims c set verified_at = now(), missing_since = null, leads_here = true from portals p
     where p.organization_id = c.organization_id and p.id = c.portal_id and p.slug = $1`,
    slug,
  );

describe("a portal's own domain", () => {
  beforeEach(async () => (owner = await api.signIn('staff', 'owner@boreal.example')));

  it('S3.39 S3.40 is claimed, shown with what to write, looked at when asked, and taken off', async () => {
    const staff = owner;
    const { body } = await staff.put(DOMAIN, { domain: 'Clientes.Boreal.Example.' }).expect(200);
    expect(body.domain).toMatchObject({
      domain: 'clientes.boreal.example',
      registeredDomain: 'boreal.example',
      status: 'waiting',
      proof: {
        type: 'TXT',
        name: '_balcao.clientes.boreal.example',
        relativeName: '_balcao.clientes',
        value: expect.stringMatching(/^balcao-verify=/),
      },
      target: { type: 'CNAME', name: 'clientes.boreal.example', relativeName: 'clientes', value: 'service.example' },
      checkedAt: null,
    });
    expect((await staff.get(DOMAIN).expect(200)).body).toEqual(body);
    const portal = (await staff.get(BOREAL).expect(200)).body.portal;
    expect(portal).toMatchObject({ customDomain: 'clientes.boreal.example', domainVerified: false, version: 1 });
    await staff.post(`${DOMAIN}/check`).expect(200);
    const { headers } = await refusal(staff.post(`${DOMAIN}/check`), 429, 'rate_limited');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await staff.delete(DOMAIN).expect(204);
    await refusal(staff.delete(DOMAIN), 404, 'not_found');
    await refusal(staff.post(`${DOMAIN}/check`), 404, 'not_found');
    expect((await staff.get(DOMAIN).expect(200)).body).toEqual({ domain: null });
  });

  it('is claimed for mails in the same way, and shown with the key that signs them, but never with its other half', async () => {
    const SENDER = '/api/v1/admin/mail-sender';
    await owner.delete(SENDER).expect(204);
    expect((await owner.get(SENDER).expect(200)).body).toEqual({ sender: null });
    await refusal(owner.put(SENDER, { address: 'boreal@gmail.com' }), 400, 'validation_failed');
    const { body, text } = await owner.put(SENDER, { address: 'Financeiro@Boreal.Example' }).expect(200);
    expect(body.sender).toMatchObject({
      address: 'financeiro@boreal.example',
      status: 'waiting',
      sends: false,
      proof: { name: '_balcao.boreal.example', value: expect.stringMatching(/^balcao-verify=/) },
      dkim: {
        state: 'missing',
        record: {
          name: expect.stringMatching(/^balcao-[0-9a-f]{8}\._domainkey\.boreal\.example$/),
          value: expect.stringMatching(/^v=DKIM1; k=rsa; p=[\w+/]{300,}=*$/),
        },
      },
      spf: { state: null, record: null },
    });
    expect(text).not.toMatch(/sealed|PRIVATE/i);
    expect((await owner.get(SENDER).expect(200)).body).toEqual(body);
    await owner.post(`${SENDER}/check`).expect(200);
    await refusal(owner.post(`${SENDER}/check`), 429, 'rate_limited');
    await owner.post(`${SENDER}/test`).expect(200);
    await owner.delete(SENDER).expect(204);
    await refusal(owner.delete(SENDER), 404, 'not_found');
  });

  it.each([
    ['boreal', '', 'minLength'],
    ['a scheme', 'https://clientes.boreal.example', 'isDomainName'],
    ['an address', '192.0.2.1', 'isDomainName'],
    ['an ending', 'com.br', 'isPublicSuffix'],
    ['a name of the installation', 'service.example', 'isOfInstallation'],
    ['a name below the base domain', 'aurora.portals.example', 'isOfInstallation'],
  ])('S3.39 is refused beside its field: %s', async (_what, domain, code) => {
    const { body } = await refusal(owner.put(DOMAIN, { domain }), 400, 'validation_failed');
    expect(body.errors).toContainEqual(expect.objectContaining({ path: 'domain', code }));
  });

  it('S3.46 is where mails and pages say that the portal is, once it is proved and leads here', async () => {
    await verify('boreal');
    const { body } = await owner.get(BOREAL).expect(200);
    expect(body.portal.address).toBe('https://portal.boreal.example/portal/');
    const branding = await api.visitor('', { host: 'portal.boreal.example' }).get(BRANDING).expect(200);
    expect(branding.body.branding).toMatchObject({ customDomain: 'portal.boreal.example', domainVerified: true });
  });
});

describe('a domain that moved from one tenant to another', () => {
  const host = { host: 'portal.aurora.example' };
  const move = async () => {
    await api.rows("delete from domain_claims where domain = 'portal.aurora.example'");
    await api.rows("update domain_claims set domain = 'portal.aurora.example' where domain = 'portal.boreal.example'");
    await verify('boreal');
  };

  it('S3.46 takes no session along: its cookies are worth nothing there, and the first page takes them away', async () => {
    const ana = await signIn(api.visitor('', host), 'portal', 'ana@padaria.example');
    await ana.get(ME).expect(200);
    expect((await ana.get('/portal/login').expect(200)).headers).not.toHaveProperty('clear-site-data');
    await move();
    await refusal(ana.get(ME), 401, 'unauthenticated');
    await eventually('pages to know', async () =>
      (await ana.get('/portal/login')).text.includes(idOf('portal:boreal')),
    );
    const { headers } = await ana.get('/portal/login').expect(200);
    expect(headers['set-cookie']).toEqual(
      expect.arrayContaining([expect.stringMatching(/^balcao_portal_session=;.*Expires=Thu, 01 Jan 1970/)]),
    );
    expect(headers['clear-site-data']).toBe('"cache", "storage"');
    await refusal(ana.post('/api/v1/portal/tickets', { subject: 'x', description: 'y' }), 401, 'unauthenticated');
    // Which does not end it where it is good.
    await ana
      .with({ base: '/o/aurora', headers: { host: 'service.example' } })
      .get(ME)
      .expect(200);
  });

  it('S3.46 takes no copy of its look along', async () => {
    const there = api.visitor('', host);
    await eventually('the first look', async () => (await there.get(BRANDING)).body.branding.slug === 'aurora');
    const before = await there.get(BRANDING).expect(200);
    const etag = before.headers['etag']!;
    await api
      .visitor('', { ...host, 'if-none-match': etag })
      .get(BRANDING)
      .expect(304);
    await move();
    const again = () => api.visitor('', { ...host, 'if-none-match': etag }).get(BRANDING);
    await eventually('the other look', async () => (await again()).body.branding?.slug === 'boreal');
    const { text } = await there.get('/portal/login').expect(200);
    const id = idOf('portal:boreal');
    for (const part of [
      `"id":"${id}"`,
      `/portal/branding.css?portal=${id}`,
      `/portal/manifest.webmanifest?portal=${id}`,
    ])
      expect(text).toContain(part);
  });
});

describe('the question of a proxy whether a host is served', () => {
  const ask = (domain: string, headers: Record<string, string> = {}) =>
    request(api.app.getHttpServer())
      .get(`/internal/served-hosts?domain=${encodeURIComponent(domain)}`)
      .set({ host: '127.0.0.1:3000', ...headers });

  it.each([
    ['a verified domain', 'portal.aurora.example', 200],
    ['in capitals', 'PORTAL.Aurora.example', 200],
    ['with the dot of the root', 'portal.aurora.example.', 200],
    ['an unverified one', 'portal.boreal.example', 404],
    ["nobody's", 'evil.example', 404],
    ['one below it', 'x.portal.aurora.example', 404],
    ['with a port', 'portal.aurora.example:443', 404],
    ['an address', '192.0.2.1', 404],
    ['the machine itself', 'localhost', 404],
    ['two at once', 'portal.aurora.example,evil.example', 404],
    ['a wildcard', '*.aurora.example', 404],
    ['junk', "'; drop table portals", 404],
    ['a NUL', 'portal.aurora.example\0', 404],
    ['nothing', '', 404],
    ['a very long one', `${'a'.repeat(60)}.`.repeat(30), 404],
    ['the installation', 'service.example', 200],
    ['a portal below the base domain', 'aurora.portals.example', 200],
    ['nobody below the base domain', 'nobody.portals.example', 404],
    ['below a portal of the base domain', 'x.aurora.portals.example', 404],
    ['the base domain', 'portals.example', 404],
  ])('S3.46 %s', async (_what, domain, status) => {
    const { headers } = await ask(domain).expect(status);
    if (status === 200) expect(headers['cache-control']).toBe('no-store');
  });

  it('S3.46 is yes for the machine itself where the installation has no other name', async () => {
    const config = api.app.get(AppConfig);
    const { publicUrl } = config;
    config.publicUrl = 'http://localhost:3000';
    try {
      await ask('localhost').expect(200);
      await ask('LOCALHOST').expect(200);
      await ask('service.example').expect(404);
    } finally {
      config.publicUrl = publicUrl;
    }
  });

  it('S3.46 is yes for a verified domain of other letters, however it is spelt', async () => {
    await api.rows(
      "update portals set custom_domain = 'portal.xn--po-sia.example', domain_verified_at = now() where slug = 'aurora-partners'",
    );
    for (const domain of ['portal.xn--po-sia.example', 'portal.pão.example', 'PORTAL.PA\u0303O.example'])
      await ask(domain).expect(200);
    for (const domain of ['portal.pao.example', 'portal.xn--pao-sia.example']) await ask(domain).expect(404);
  });

  it('S3.46 is no for an organization that is suspended', async () => {
    await api.rows("update organizations set status = 'suspended' where slug = 'aurora'");
    for (const domain of ['portal.aurora.example', 'aurora.portals.example']) await ask(domain).expect(404);
  });

  it('S3.46 is no for a portal that is archived, and yes again once it is back', async () => {
    const answers = async (status: string) => {
      await api.rows(
        `update portals set custom_domain = 'parceiros.example', domain_verified_at = now(), domain_leads_here = true, status = $1,
           archived_at = case when $1 = 'archived' then now() end where slug = 'aurora-partners'`,
        status,
      );
      return (await Promise.all(['parceiros.example', 'aurora-partners.portals.example'].map((name) => ask(name)))).map(
        (answer) => answer.status,
      );
    };
    expect(await answers('active')).toEqual([200, 200]);
    expect(await answers('archived')).toEqual([404, 404]);
    expect(await answers('active')).toEqual([200, 200]);
  });

  it('is answered ten times at once and no more, so that a flood of names takes the database from nobody', async () => {
    let answer!: () => void;
    const waiting = new Promise<undefined>((resolve) => (answer = () => resolve(undefined)));
    const look = jest.spyOn(api.app.get(PortalFinder, { strict: false }), 'byHost').mockReturnValue(waiting);
    try {
      const held = Array.from({ length: 10 }, (_, index) => ask(`held-${index}.example`).then(({ status }) => status));
      await eventually('ten questions', () => look.mock.calls.length === 10);
      const refused = await ask('portal.aurora.example').expect(503);
      expect(refused.headers['retry-after']).toBe('1');
      expect(look).toHaveBeenCalledTimes(10);
      answer();
      expect(await Promise.all(held)).toEqual(Array.from({ length: 10 }, () => 404));
    } finally {
      look.mockRestore();
    }
    await ask('portal.aurora.example').expect(200);
  });

  it('is nobody’s but the machine’s itself and its proxies’', async () => {
    const domain = 'portal.aurora.example';
    for (const name of ['x-forwarded-for', 'forwarded']) await ask(domain, { [name]: '203.0.113.9' }).expect(404);
    for (const host of ['portal.aurora.example', 'aurora.portals.example', 'evil.example'])
      await ask(domain, { host, 'x-forwarded-for': '203.0.113.9' }).expect(404);
    await request(api.app.getHttpServer()).get(`/o/aurora/internal/served-hosts?domain=${domain}`).expect(404);
    await request(api.app.getHttpServer()).get(`/internal/served-hosts?domain=${domain}&domain=${domain}`).expect(404);
  });
});
