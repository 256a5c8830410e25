import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { LOCALES, type Locale } from '@balcao/contracts';
import { MailLinks } from '@balcao/module-auth';
import type { MailFacts } from '@balcao/platform-mail';
import { Database, systemClock, systemContext } from '@balcao/platform-tenancy';
import { InvitationAskedMail } from '../../../../libs/modules/portal/src/invitations/invitation-asked.mail.js';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ASK = '/api/v1/portal/auth/invitation/ask-again';
const LOOK = '/api/v1/portal/auth/invitation';
const INVITED = idOf('user:invited');

let api: TestApp;
let token: string;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  token = await api.linkFor(INVITED, 'invitation');
});
afterAll(() => api.close());

const late = () =>
  api.rows(
    `with tokens as (update one_time_tokens set expires_at = now() - interval '1 second')
    update invitations set expires_at = now() - interval '1 second'`,
  );
const ask = (text = token) => api.visitor('/o/aurora').post(ASK, { token: text });
const asked = () =>
  api.rows<{ to: string }>(
    `select recipient_email as "to" from mails where template = 'invitation-asked' order by recipient_email`,
  );

it('S0.53 an invitation that nobody answered in time says so, and whoever invited is asked for another', async () => {
  await late();
  await refusal(api.visitor('/o/aurora').post(LOOK, { token }), 400, 'invitation_expired');
  await ask().expect(200);
  expect(await asked()).toEqual([{ to: 'owner@aurora.example' }]);
  expect(await api.rows("select actor_type from audit_log where action = 'portal.invitation.ask'")).toEqual([
    { actor_type: 'anonymous' },
  ]);
});

it('S0.53 asking again on the same day, also at the same moment, mails nothing more', async () => {
  await late();
  await Promise.all([ask().expect(200), ask().expect(200)]);
  await ask().expect(200);
  expect(await asked()).toHaveLength(1);
  expect(await api.rows("select 1 from audit_log where action = 'portal.invitation.ask'")).toHaveLength(1);
});

it.each<[string, string, string[]]>([
  ['the person of the customer who invited', 'user', ['ana@padaria.example']],
  ['the owners, where who invited is gone', 'gone', ['owner@aurora.example']],
])('S0.53 asks %s', async (_who, inviter, recipients) => {
  const id = idOf(inviter === 'user' ? 'user:ana' : 'user:carla');
  await api.rows("update invitations set invited_by_type = 'user', invited_by_id = $1", id);
  if (inviter === 'gone') await api.rows("update portal_users set status = 'suspended' where id = $1", id);
  await late();
  await ask().expect(200);
  expect((await asked()).map(({ to }) => to)).toEqual(recipients);
});

it.each<[who: string, table: string, link: RegExp]>([
  ['staff', 'staff_users', /\/console\/invitations\?status=expired/],
  ['a customer', 'portal_users', /\/team\/invitations\?status=expired/],
])('S0.53 is written in the language of who reads it: %s', async (_who, table, link) => {
  if (table === 'portal_users')
    await api.rows("update invitations set invited_by_type = 'user', invited_by_id = $1", idOf('user:ana'));
  await late();
  const mail = new InvitationAskedMail(api.app.get(Database), api.app.get(MailLinks, { strict: false }));
  const texts: string[] = [];
  for (const locale of LOCALES) {
    await api.rows(`update ${table} set locale = '${locale}'`);
    await api.rows("delete from mails where template = 'invitation-asked'");
    await ask().expect(200);
    const [row] = await api.rows<{ locale: Locale; ids: Record<string, string>; org: string }>(
      `select locale, subject_ids as ids, organization_id as org from mails where template = 'invitation-asked'`,
    );
    expect(row!.locale).toBe(locale);
    const { ids } = row!;
    const content = await mail.compose(systemContext(row!.org, { clock: systemClock }), { ids, locale } as MailFacts);
    texts.push(JSON.stringify(content));
  }
  expect(texts[0]).toContain('pediu um convite novo');
  expect(texts[1]).toContain('asked for a new invitation');
  for (const text of texts) expect(text).toMatch(link);
});

const dies: [string, () => Promise<unknown>, string][] = [
  ['is still good', async () => {}, 'token_invalid'],
  ['was replaced', () => api.rows('update one_time_tokens set superseded_at = now()').then(late), 'token_invalid'],
  ['was used', () => api.rows('update one_time_tokens set used_at = now()').then(late), 'token_used'],
  ['was withdrawn', () => api.rows("update invitations set status = 'cancelled'").then(late), 'token_invalid'],
];
it.each(dies)('S0.53 a link that %s asks for nothing', async (_what, change, code) => {
  await change();
  await refusal(ask(), 400, code);
  expect(await asked()).toEqual([]);
});

it.each([
  ['one that was made up', (text: string) => `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`],
  ['nonsense', () => 'x'],
])('S0.53 of %s nothing is said', async (_what, change) => {
  await late();
  await refusal(ask(change(token)), 400, 'token_invalid');
});

it('S0.53 a link of the team, of a reset or at another organization is told as any dead one', async () => {
  await late();
  await refusal(api.visitor('/o/boreal').post(ASK, { token }), 400, 'token_invalid');
  const staff = await api.linkFor(idOf('staff:aurora:invited'), 'invitation').catch(() => 'x');
  await refusal(api.visitor().post('/api/v1/admin/auth/invitation', { token: staff }), 400, 'token_invalid');
});

it('S0.53 is refused while the portal has invitations switched off', async () => {
  await late();
  await api.rows(`update portals set settings = '{"features": {"invitations": false}}' where slug = 'aurora'`);
  await refusal(ask(), 403, 'PORTAL_INVITATIONS_DISABLED');
});
