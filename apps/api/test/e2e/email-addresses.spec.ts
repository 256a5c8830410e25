import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { emailAddress } from '@balcao/contracts';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const INVITATIONS = '/api/v1/admin/invitations';
const FORM = 'nova@xn--ao-siap.example';
/** As browsers hand it over, as lists have it, in capitals, with its accents apart. */
const SPELLINGS = [FORM, 'nova@ação.example', ' NOVA@AÇÃO.EXAMPLE ', 'nova@ac\u0327a\u0303o.example'];
const PASSWORD = 'quatro palavras sem nexo';
const account = { billingAccountId: idOf('account:padaria') };

let api: TestApp;
let owner: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  owner = await api.signIn('staff', 'owner@aurora.example');
});
afterAll(() => api.close());

/** Invites in one spelling and accepts. */
async function joined(email: string): Promise<void> {
  await owner.post(INVITATIONS, { ...account, email, name: 'Nova' }).expect(201);
  const [user] = await api.rows<{ id: string }>(`select id from portal_users where email = '${FORM}'`);
  const token = await api.linkFor(user!.id, 'invitation');
  await api
    .visitor('/o/aurora')
    .post('/api/v1/portal/auth/accept-invitation', { token, password: PASSWORD })
    .expect(200);
}
const mailsOf = (template: string) =>
  api.rows(`select recipient_email as email, status from mails where template = '${template}'`);

describe('S0.11 one address in several spellings', () => {
  it.each(SPELLINGS)('invited as %j, signs in and is helped by each of them', async (spelling) => {
    await joined(spelling);
    const visitor = api.visitor('/o/aurora');
    for (const email of SPELLINGS)
      await visitor.post('/api/v1/portal/auth/login', { email, password: PASSWORD }).expect(200);
    for (const email of SPELLINGS) await visitor.post('/api/v1/portal/auth/forgot-password', { email }).expect(200);
    const mails = await mailsOf('password-reset');
    expect(mails).toHaveLength(SPELLINGS.length);
    expect(new Set(mails.map(({ email }) => email))).toEqual(new Set([FORM]));
  });

  it('is one person of an account, whatever the spelling', async () => {
    await joined(FORM);
    for (const email of SPELLINGS) {
      await refusal(owner.post(INVITATIONS, { ...account, email, name: 'Nova' }), 409, 'email_taken');
      const batch = { ...account, invitations: [{ email, name: 'Nova' }] };
      const { body } = await refusal(owner.post(`${INVITATIONS}/batch`, batch), 400, 'validation_failed');
      expect(body.errors[0]).toMatchObject({ path: 'invitations.0.email', code: 'email_taken' });
    }
    const twice = { ...account, invitations: SPELLINGS.slice(0, 2).map((email) => ({ email, name: 'Nova' })) };
    const { body } = await refusal(owner.post(`${INVITATIONS}/batch`, twice), 400, 'validation_failed');
    expect(body.errors.map(({ code }: { code: string }) => code)).toContain('repeated');
  });

  it('S0.54 is at an allowed domain in every spelling of either', async () => {
    for (const domain of ['ação.example', 'AÇÃO.example', 'xn--ao-siap.example']) {
      const { body } = await owner.get(`/api/v1/admin/portals/${idOf('portal:aurora')}`).expect(200);
      const change = { version: body.portal.version, settings: { invitations: { allowedDomains: [domain] } } };
      const changed = await owner.patch(`/api/v1/admin/portals/${idOf('portal:aurora')}`, change).expect(200);
      expect(changed.body.portal.settings.invitations.allowedDomains).toEqual(['xn--ao-siap.example']);
    }
    await joined('nova@ação.example');
    const elsewhere = { ...account, email: 'nova@acao.example', name: 'Nova' };
    await refusal(owner.post(INVITATIONS, elsewhere), 400, 'invitation_domain_not_allowed');
  });

  it.each(['nova@ação.example', 'NOVA@AÇÃO', 'xn--ao-siap', 'ação.exam'])('is found by %j', async (q) => {
    await joined(FORM);
    for (const path of [INVITATIONS, '/api/v1/admin/portal-users']) {
      const { body } = await owner.get(`${path}?q=${encodeURIComponent(q)}`).expect(200);
      expect(body.data.map(({ email }: { email: string }) => email)).toEqual([FORM]);
    }
  });
});

describe('what others would read as another address', () => {
  it.each([
    '"g h"@qa.example',
    '"gh"@qa.example',
    'ana@pad\u200baria.example',
    'ana@ｐａｄａｒｉａ.example',
    'joão@qa.example',
  ])('%j is refused wherever an address is typed, never an error', async (email) => {
    const bodies: [string, object][] = [
      [INVITATIONS, { ...account, email, name: 'Nova' }],
      [`${INVITATIONS}/batch`, { ...account, invitations: [{ email, name: 'Nova' }] }],
      ['/api/v1/admin/staff', { email, name: 'Nova', role: 'agent' }],
      ['/api/v1/admin/portal-users', { ...account, email, name: 'Nova' }],
    ];
    for (const [path, body] of bodies) await refusal(owner.post(path, body), 400, 'validation_failed');
    const visitor = api.visitor('/o/aurora');
    await refusal(visitor.post('/api/v1/portal/auth/forgot-password', { email }), 400, 'validation_failed');
    // A username may be typed there, but no character that nobody sees.
    const login = await visitor.post('/api/v1/portal/auth/login', { email, password: PASSWORD });
    expect([login.status, login.body.code]).toEqual(
      email.includes('\u200b') ? [400, 'validation_failed'] : [401, 'invalid_credentials'],
    );
  });

  it('is refused by the database too, which takes each form as it is', async () => {
    const takes = async (email: string) =>
      (await api.rows<{ taken: boolean }>(`select is_email_address('${email.replaceAll("'", "''")}') as taken`))[0]!
        .taken;
    for (const email of ["o'neil+x@sub.padaria.example", FORM, `${'a'.repeat(64)}@x1.example`]) {
      expect(emailAddress(email)).toBe(email);
      expect([email, await takes(email)]).toEqual([email, true]);
    }
    const others = [
      'Ana@x.example',
      ' a@x.example',
      '"a"@x.example',
      'a@ação.example',
      'a@x',
      'a..b@x.example',
      'a@x.1',
    ];
    for (const email of [...others, `${'a'.repeat(65)}@x.example`, 'a@x_y.example', 'a@x.example\nb', 'a@-x.example']) {
      expect(emailAddress(email) === email).toBe(false);
      expect([email, await takes(email)]).toEqual([email, false]);
    }
  });
});
