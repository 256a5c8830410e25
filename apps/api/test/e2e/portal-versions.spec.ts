import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { pictureWorker } from '../support/picture-worker.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const PORTAL = `/api/v1/admin/portals/${idOf('portal:aurora')}`;
const OWNER = { type: 'staff', id: idOf('staff:aurora:owner'), name: 'owner of aurora' };
/** One pixel. */
const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=';

let api: TestApp;
let owner: Visitor;
let admin: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  owner = await api.signIn('staff', 'owner@aurora.example');
  admin = await api.signIn('staff', 'admin@aurora.example');
});
afterAll(() => api.close());

const change = (version: number, patch: object, by = owner) => by.patch(PORTAL, { version, ...patch });
const restore = (version: number, to: number, more: object = {}, by = owner) =>
  by.post(`${PORTAL}/restore`, { version, to, ...more });
const versions = async (query = '') => (await owner.get(`${PORTAL}/versions${query}`).expect(200)).body;
const version = async (number: number) => (await owner.get(`${PORTAL}/versions/${number}`).expect(200)).body.version;
const theme = (primary: string) => ({ branding: { theme: { light: { primary }, dark: { primary } } } });
const stored = async () =>
  (
    await api.rows<{ settings: Record<string, object> }>(
      'select settings from portals where id = $1',
      idOf('portal:aurora'),
    )
  )[0]!.settings;

describe('B.12 the versions of a portal', () => {
  it('begin with the portal, and go on with every change: who, when, why, and what is other than before', async () => {
    await change(1, { name: 'Aurora', note: 'Nome curto' }).expect(200);
    await change(2, { settings: { ...theme('#214ea1'), tickets: { autoCloseDays: 3 } } }, admin).expect(200);
    await change(3, { settings: { branding: { footerText: { 'en-US': 'x'.repeat(300) } } } }).expect(200);
    const { data, pagination } = await versions();
    expect(pagination.total).toBe(4);
    expect(data).toMatchObject([
      { version: 4, author: OWNER, note: null, restoredFrom: null },
      { version: 3, author: { type: 'staff', name: 'admin of aurora' } },
      {
        version: 2,
        author: OWNER,
        note: 'Nome curto',
        changes: [{ setting: 'name', before: 'Aurora Telecom', after: 'Aurora' }],
      },
      { version: 1, author: { type: 'system', id: null, name: null }, changes: [] },
    ]);
    expect(data[1].changes).toContainEqual({ setting: 'tickets.autoCloseDays', before: 7, after: 3 });
    expect(data[1].changes).toContainEqual(
      expect.objectContaining({ setting: 'branding.theme.light.primary', after: '#214ea1' }),
    );
    const text = { setting: 'branding.footerText.en-US', before: null };
    expect(data[0].changes).toEqual([{ ...text, after: `${'x'.repeat(199)}…` }]);
    expect((await version(4)).changes).toEqual([{ ...text, after: 'x'.repeat(300) }]);
  });

  it('are listed page by page, and by what they changed', async () => {
    for (const days of [1, 2, 3]) await change(days, { settings: { tickets: { autoCloseDays: days } } }).expect(200);
    await change(4, { name: 'Outro nome' }).expect(200);
    const numbers = async (query: string) =>
      (await versions(query)).data.map((one: { version: number }) => one.version);
    expect(await numbers('?limit=2&page=2')).toEqual([3, 2]);
    expect(await numbers('?section=tickets')).toEqual([4, 3, 2]);
    expect(await numbers('?section=name')).toEqual([5]);
    expect(await numbers('?section=security')).toEqual([]);
  });

  it('tell of what is no setting too, so that no number is missing, and put nothing of it back', async () => {
    await change(1, { signupSlug: 'seja-cliente' }).expect(200);
    await owner.patch(`${PORTAL}/slug`, { version: 2, slug: 'aurora-fibra' }).expect(200);
    await change(3, { signupSlug: 'cadastro', settings: { tickets: { autoCloseDays: 3 } } }).expect(200);
    const { data, pagination } = await versions();
    expect(pagination.total).toBe(4);
    expect(data).toMatchObject([
      {
        version: 4,
        changes: [
          { setting: 'signupSlug', before: 'seja-cliente', after: 'cadastro' },
          { setting: 'tickets.autoCloseDays', before: 7, after: 3 },
        ],
      },
      { version: 3, author: OWNER, changes: [{ setting: 'slug', before: 'aurora', after: 'aurora-fibra' }] },
      { version: 2, author: OWNER, changes: [{ setting: 'signupSlug', before: 'aurora', after: 'seja-cliente' }] },
      { version: 1 },
    ]);
    expect((await versions('?section=signupSlug')).data.map((one: { version: number }) => one.version)).toEqual([4, 2]);
    const { body } = await restore(4, 1).expect(200);
    expect(body.portal).toMatchObject({ version: 5, signupSlug: 'cadastro', slug: 'aurora-fibra' });
  });

  it('are not made by what changes nothing', async () => {
    const { body } = await change(1, { name: 'Aurora Telecom' }).expect(200);
    expect(body.portal.version).toBe(1);
    expect((await versions()).pagination.total).toBe(1);
  });

  it('tell what putting them back would do today', async () => {
    await change(1, { settings: { tickets: { autoCloseDays: 1 } } }).expect(200);
    await change(2, { name: 'Outro nome' }).expect(200);
    expect((await version(1)).restoring).toEqual({
      version: 3,
      changes: [
        { setting: 'name', before: 'Outro nome', after: 'Aurora Telecom' },
        { setting: 'tickets.autoCloseDays', before: 1, after: 7 },
      ],
      leftOut: [],
    });
    expect((await version(3)).restoring).toEqual({ version: 3, changes: [], leftOut: [] });
  });

  it('of a new organization begin with its portal, also one made by an operator', async () => {
    const operator = await api.signIn('operator', 'operator@balcao.example');
    const founded = { name: 'Nova', slug: 'nova', locale: 'pt-BR', ownerEmail: 'dona@nova.example', ownerName: 'Dona' };
    await operator.post('/ops/organizations', founded).expect(201);
    const rows = await api.rows(
      `select v.version, v.author_type, v.settings = p.settings as same from portal_versions v
       join portals p on p.id = v.portal_id where p.slug = 'nova'`,
    );
    expect(rows).toEqual([{ version: 1, author_type: 'system', same: true }]);
  });

  it('never change: not even the role of the application can', async () => {
    const [may] = await api.rows(
      `select has_table_privilege('balcao_app', 'portal_versions', 'update') or
         has_table_privilege('balcao_app', 'portal_versions', 'delete') as any`,
    );
    expect(may).toEqual({ any: false });
  });
});

describe('B.12 an earlier version', () => {
  it('is put back as a new one, whole or by sections', async () => {
    const customCss = '.card{color:red}';
    await change(1, {
      name: 'Aurora',
      settings: { ...theme('teal'), tickets: { autoCloseDays: 3 }, style: { customCss } },
    });
    await change(2, {
      name: 'Outra',
      settings: { ...theme('gold'), tickets: { autoCloseDays: 4 }, style: { customCss: null } },
    });
    const one = await restore(3, 2, { sections: ['tickets'], note: 'Como antes' }).expect(200);
    expect(one.body).toMatchObject({
      leftOut: [],
      portal: { version: 4, name: 'Outra', settings: { tickets: { autoCloseDays: 3 }, style: { customCss: null } } },
    });
    const all = await restore(4, 2).expect(200);
    expect(all.body.portal).toMatchObject({ version: 5, name: 'Aurora', settings: { style: { customCss } } });
    expect((await versions()).data).toMatchObject([
      { version: 5, restoredFrom: 2, author: OWNER },
      {
        version: 4,
        restoredFrom: 2,
        note: 'Como antes',
        changes: [{ setting: 'tickets.autoCloseDays', before: 4, after: 3 }],
      },
      { version: 3 },
      { version: 2 },
      { version: 1 },
    ]);
    const css = await api.visitor('/o/aurora').get('/portal/branding.css').expect(200);
    expect(css.text).toContain('color:red');
    const log = await api.rows("select changes from audit_log where action = 'staff.portal.restore' order by id");
    expect(log).toMatchObject([
      { changes: { before: { 'tickets.autoCloseDays': 4 }, after: { 'tickets.autoCloseDays': 3, restoredFrom: 2 } } },
      { changes: { after: { name: 'Aurora', restoredFrom: 2 } } },
    ]);
  });

  it('says nothing again of what it said nothing of, and leaves what only newer programs know', async () => {
    await api.rows("update portal_versions set settings = '{}' where version = 1");
    await api.rows(`update portals set settings = '{"tickets": {"later": 1}, "loans": {"days": 2}}'`);
    await change(1, { settings: { tickets: { autoCloseDays: 3 } } }).expect(200);
    await restore(2, 1).expect(200);
    expect(await stored()).toEqual({ tickets: { later: 1 }, loans: { days: 2 } });
  });

  /** What an earlier version says that cannot be said today, and how that is told. */
  it.each([
    ['a number out of its bounds', { tickets: { autoCloseDays: 9_999 } }, 'tickets.autoCloseDays', 'max'],
    ['a colour', { branding: { theme: { light: { primary: 'x' } } } }, 'branding.theme', 'isColour'],
    ['a setting that is gone', { tickets: { fines: 3 } }, 'tickets.fines', 'whitelistValidation'],
    ['a section that is gone', { loans: { days: 3 } }, 'loans.days', 'whitelistValidation'],
    ['a language that is gone', { branding: { languages: ['fr-FR'] } }, 'branding.languages', 'isIn'],
    ['a first language that is off', { branding: { languages: ['en-US'] } }, 'branding.languages', 'isOffered'],
    [
      'a picture that is gone',
      { branding: { logoUrl: `/pictures/${idOf('organization:aurora')}/${'0'.repeat(32)}.png` } },
      'branding.logoUrl',
      'exists',
    ],
    [
      "another tenant's picture",
      { branding: { logoUrl: `/pictures/${idOf('organization:boreal')}/${'0'.repeat(32)}.png` } },
      'branding.logoUrl',
      'exists',
    ],
    ['a picture of the web', { branding: { logoUrl: 'https://cdn.example/logo.png' } }, 'branding.logoUrl', 'exists'],
    ['a picture by itself', { branding: { logoUrl: PICTURE } }, 'branding.logoUrl', 'exists'],
    ['a stylesheet that is refused', { style: { customCss: '@import "x"' } }, 'style.customCss', 'css_at_rule'],
    [
      'a domain that is none',
      { invitations: { allowedDomains: ['x'] } },
      'invitations.allowedDomains',
      'isEmailDomain',
    ],
  ])('that has %s is put back without', async (_what, settings, setting, code) => {
    const pictures = () => api.rows('select id from portal_pictures order by id');
    const before = await pictures();
    const old = { ...settings, security: { lockMinutes: 17 } };
    await api.rows('update portal_versions set settings = $1 where version = 1', old);
    await change(1, { settings: { security: { lockMinutes: 18 } } }).expect(200);
    const named = expect.arrayContaining([expect.objectContaining({ setting, code, message: expect.any(String) })]);
    expect((await version(1)).restoring.leftOut).toEqual(named);
    const { body } = await restore(2, 1).expect(200);
    expect(body.leftOut).toEqual(named);
    expect(body.portal.settings.security.lockMinutes).toBe(17);
    expect(await stored()).not.toEqual(expect.objectContaining(settings));
    expect((await versions()).data[0].restoredFrom).toBe(1);
    // Neither looking nor putting back sends for pictures.
    expect(await pictures()).toEqual(before);
  });

  it('shows its picture again, which was kept', async () => {
    await change(1, { settings: { branding: { logoUrl: PICTURE } } }).expect(200);
    await pictureWorker(api).work();
    const { logoUrl } = (await owner.get(PORTAL).expect(200)).body.portal.settings.branding;
    await change(2, { settings: { branding: { logoUrl: null } } }).expect(200);
    await restore(3, 2).expect(200);
    const branding = await api.visitor('/o/aurora').get('/api/v1/portal/branding').expect(200);
    expect(branding.body.branding.logoUrl).toBe(logoUrl);
    await api.visitor().get(logoUrl).expect(200);
  });

  it.each([
    ['a version that is not there', { version: 1, to: 9 }, 404, 'not_found'],
    ["another portal's version", { version: 1, to: 7 }, 404, 'not_found'],
    ['a section that nobody knows', { version: 1, to: 1, sections: ['loans'] }, 400, 'validation_failed'],
    ['a note of two lines', { version: 1, to: 1, note: 'a\nb' }, 400, 'validation_failed'],
    ['a version that is none', { version: 1, to: 0 }, 400, 'validation_failed'],
    ['an editor from the future', { version: 2, to: 1 }, 409, 'conflict'],
  ] as const)('is not put back: %s', async (_what, body, status, code) => {
    await refusal(owner.post(`${PORTAL}/restore`, body), status, code);
  });

  it("is neither shown nor put back where it is another portal's or tenant's, or somebody may only read", async () => {
    const partners = `/api/v1/admin/portals/${idOf('portal:partners')}`;
    await change(1, { name: 'Aurora' }).expect(200);
    await refusal(owner.get(`${partners}/versions/2`), 404, 'not_found');
    await refusal(owner.post(`${partners}/restore`, { version: 1, to: 2 }), 404, 'not_found');
    const other = await api.signIn('staff', 'owner@boreal.example');
    await refusal(other.get(`${PORTAL}/versions`), 404, 'not_found');
    await refusal(other.get(`${PORTAL}/versions/1`), 404, 'not_found');
    await refusal(other.post(`${PORTAL}/restore`, { version: 2, to: 1 }), 404, 'not_found');
    const agent = await api.signIn('staff', 'agent@aurora.example');
    await agent.get(`${PORTAL}/versions/1`).expect(200);
    await refusal(restore(2, 1, {}, agent), 403, 'permission_denied');
    for (const number of ['0', 'x', '1.5', '99999999999'])
      await refusal(owner.get(`${PORTAL}/versions/${number}`), 404, 'not_found');
  });
});

describe('B.12 at the same time', () => {
  const both = async (...calls: PromiseLike<{ status: number }>[]) =>
    (await Promise.all(calls)).map(({ status }) => status).sort();

  it('of two who put the same version back one does', async () => {
    await change(1, { name: 'Aurora' }).expect(200);
    expect(await both(restore(2, 1), restore(2, 1, {}, admin))).toEqual([200, 409]);
    expect((await versions()).pagination.total).toBe(3);
    // Once more it changes nothing.
    expect((await restore(3, 1).expect(200)).body.portal.version).toBe(3);
  });

  it('an edit of the same section beside it is a conflict, one of another section is kept', async () => {
    await change(1, { settings: { tickets: { autoCloseDays: 3 }, security: { lockMinutes: 17 } } }).expect(200);
    const edit = (settings: object) => change(2, { settings }, admin);
    expect(await both(restore(2, 1, { sections: ['tickets'] }), edit({ tickets: { autoCloseDays: 5 } }))).toEqual([
      200, 409,
    ]);
    const read = (await owner.get(PORTAL).expect(200)).body.portal.version;
    await change(read, { settings: { tickets: { autoCloseDays: 6 } } }).expect(200);
    expect(await both(restore(read + 1, 1, { sections: ['tickets'] }), edit({ security: { lockMinutes: 5 } }))).toEqual(
      [200, 200],
    );
    const { portal } = (await owner.get(PORTAL).expect(200)).body;
    expect(portal.settings).toMatchObject({ tickets: { autoCloseDays: 7 }, security: { lockMinutes: 5 } });
    const numbers = (await versions()).data.map((one: { version: number }) => one.version);
    expect(numbers).toEqual(Array.from({ length: portal.version }, (_, index) => portal.version - index));
  });

  it('a change that fails half-way leaves no version', async () => {
    const broken = { branding: { logoUrl: PICTURE, defaultLocale: 'en-US', languages: ['pt-BR'] } };
    await refusal(change(1, { settings: broken }), 400, 'validation_failed');
    expect((await versions()).pagination.total).toBe(1);
  });
});
