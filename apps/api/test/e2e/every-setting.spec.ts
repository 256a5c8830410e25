import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PORTAL_FEATURES, type PortalFeature } from '@balcao/contracts';
import { SETTING_VALUES } from '@balcao/contracts/testing';
import type { Response } from 'supertest';
import { idOf } from '../support/ids.js';
import { connectSandbox } from '../support/payment-work.js';
import { pictureWorker } from '../support/picture-worker.js';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';

const PORTAL = `/api/v1/admin/portals/${idOf('portal:aurora')}`;
const ROOT = resolve(import.meta.dirname, '../../../..');
const DAY_MS = 24 * 60 * 60_000;
/** One pixel. */
const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=';
const KEPT = expect.stringMatching(/^\/pictures\/.*\.png$/);

let api: TestApp;
let owner: Visitor;
let somebody: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  owner = await api.signIn('staff', 'owner@aurora.example');
  somebody = api.visitor('/o/aurora');
  // What another test made of the portal is forgotten with this.
  await change({ settings: { branding: { languages: ['pt-BR', 'en-US'] } } });
});
afterAll(() => api.close());

async function change(patch: object): Promise<void> {
  const { version } = (await owner.get(PORTAL).expect(200)).body.portal;
  await owner.patch(PORTAL, { version, ...patch }).expect(200);
}

/** What customers get: the answer that pages are made of, the page, its stylesheet, the address of a signup. */
const branding = (name: string) => async () =>
  (await somebody.get('/api/v1/portal/branding').expect(200)).body.branding[name] as unknown;
const inPage =
  (pattern: RegExp, headers: Record<string, string> = {}) =>
  async () =>
    pattern.exec((await somebody.with({ headers }).get('/portal/login').expect(200)).text)?.[1];
const inCss = (pattern: RegExp) => async () =>
  pattern.exec((await somebody.get('/portal/branding.css').expect(200)).text)?.[1];
const manifest = async () => (await somebody.get('/portal/manifest.webmanifest').expect(200)).body.name as unknown;
const toAna = (path: string) => async () =>
  (await api.signIn('portal', 'ana@padaria.example', { base: '/o/aurora' })).get(path);
const signupPage = (name: string) => async () =>
  (await somebody.get('/api/v1/portal/signup/aurora').expect(200)).body.signupPage[name] as unknown;

const wrongPassword = () =>
  somebody.post(LOGIN_PATHS.portal, { email: 'ana@padaria.example', password: 'wrong password' });
async function afterThreeWrongPasswords(): Promise<unknown> {
  let code: unknown;
  for (let count = 0; count < 4; count += 1) code = (await wrongPassword()).body.code;
  await api.rows('delete from rate_limits');
  return code;
}
async function minutesOfALock(): Promise<unknown> {
  await api.rows(
    `update portals set settings = settings || jsonb_build_object('security',
       coalesce(settings -> 'security', '{}') || '{"lockThreshold": 3}')`,
  );
  await afterThreeWrongPasswords();
  const [row] = await api.rows<{ minutes: number | null }>(
    'select round(extract(epoch from locked_until - now()) / 60)::integer as minutes from portal_users where id = $1',
    idOf('user:ana'),
  );
  await owner.post(`/api/v1/admin/portal-users/${idOf('user:ana')}/unlock`);
  return row!.minutes;
}
async function daysOfASession(): Promise<unknown> {
  const login = { email: 'ana@padaria.example', password: PASSWORD };
  await api.visitor('/o/aurora').post(LOGIN_PATHS.portal, login).expect(200);
  const [row] = await api.rows<{ days: number }>(
    `select round(extract(epoch from absolute_expires_at - created_at) / 86400)::integer as days from sessions
     where subject_id = $1 order by created_at desc limit 1`,
    idOf('user:ana'),
  );
  return row!.days;
}
async function invitedFrom(domain: string): Promise<unknown> {
  const person = { email: `pessoa-${Date.now()}@${domain}`, name: 'Pessoa', billingAccountId: idOf('account:padaria') };
  return (await owner.post('/api/v1/admin/invitations', person)).status;
}
async function closesInDays(): Promise<unknown> {
  const path = `/api/v1/admin/tickets/${idOf('ticket:ana')}`;
  await owner.patch(path, { status: 'open' });
  await owner.patch(path, { status: 'resolved' }).expect(200);
  const ana = await api.signIn('portal', 'ana@padaria.example', { base: '/o/aurora' });
  const { closesAt } = (await ana.get(`/api/v1/portal/tickets/${idOf('ticket:ana')}`).expect(200)).body.ticket;
  return closesAt === null ? null : Math.round((Date.parse(closesAt) - Date.now()) / DAY_MS);
}
/** Whether paying an invoice by that way is offered. */
const offers = (method: string) => async () => {
  await connectSandbox(api);
  const ana = await api.signIn('portal', 'ana@padaria.example', { base: '/o/aurora' });
  const { ways } = (await ana.get(`/api/v1/portal/payments/offer?invoiceIds=${idOf('invoice:padaria')}`).expect(200))
    .body as { ways: { method: string }[] };
  return ways.some((way) => way.method === method);
};
async function savesCards(): Promise<unknown> {
  await connectSandbox(api);
  const ana = await api.signIn('portal', 'ana@padaria.example', { base: '/o/aurora' });
  return (await ana.get('/api/v1/portal/payment-methods').expect(200)).body.canAdd;
}
/** Whether a customer may do that with a subscription of theirs. */
const may = (action: string) => async () => (await ofSubscription()).actions.includes(action);
async function ofSubscription(): Promise<{ actions: string[]; longestPauseDays: number }> {
  const ana = await api.signIn('portal', 'ana@padaria.example', { base: '/o/aurora' });
  return (await ana.get(`/api/v1/portal/subscriptions/${idOf('subscription:padaria')}`).expect(200)).body.subscription;
}
async function minutesOfACode(): Promise<unknown> {
  const ana = await api.signIn('portal', 'ana@padaria.example', { base: '/o/aurora' });
  const asked = { method: 'pix', invoiceIds: [idOf('invoice:padaria')], anew: true };
  const { createdAt, expiresAt } = (await ana.post('/api/v1/portal/payments', asked).expect(201)).body.payment;
  return Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 60_000);
}
async function beginsWithCpf(): Promise<unknown> {
  await api.rows('delete from rate_limits');
  const { challenge } = (await somebody.get('/api/v1/portal/signup/aurora').expect(200)).body.signupPage;
  const { salt, target, token } = challenge as { salt: string; target: string; token: string };
  let number = 0;
  while (createHash('sha256').update(`${salt}${number}`).digest('hex') !== target) number += 1;
  const begun = await somebody.post('/api/v1/portal/signup/aurora', {
    taxId: '390.533.447-05',
    proof: { token, number },
  });
  return begun.status;
}

type Row = [setting: string, requirement: string, patch: object, see: () => Promise<unknown>, after: unknown];
const of = (section: string, name: string, value: unknown) => ({ settings: { [section]: { [name]: value } } });
const text = (name: string): [patch: object, see: Row[3], after: unknown] => [
  of('branding', name, { 'pt-BR': 'Oi', 'en-US': 'Hi' }),
  async () => ((await branding('texts')()) as Record<string, unknown>)[name],
  { 'pt-BR': 'Oi', 'en-US': 'Hi' },
];
const colours = (mode: 'light' | 'dark', name: string) =>
  of('branding', 'theme', { [mode]: { primary: '#000080', [name]: '#800000' } });
/** Switched off, a request is refused by the name of the switch. */
const feature = (
  name: PortalFeature,
  ask: () => PromiseLike<Response>,
): [patch: object, see: Row[3], after: unknown] => [
  of('features', name, false),
  async () => ((await ask()).body as { code?: string }).code,
  PORTAL_FEATURES[name],
];

/** Each setting, the requirements that it fulfils, how it is changed, and what customers get then that they did not get before. */
const ROWS: Row[] = [
  ['name', 'S0.42', { name: 'Aurora' }, manifest, 'Aurora'],
  ['name', 'S0.42', { name: 'Aurora' }, inPage(/<title>.*?(Aurora[^<]*)<\/title>/), 'Aurora'],
  ['branding.logoUrl', 'S0.43 S3.34', of('branding', 'logoUrl', PICTURE), branding('logoUrl'), KEPT],
  ['branding.logoDarkUrl', 'S0.44', of('branding', 'logoDarkUrl', PICTURE), branding('logoDarkUrl'), KEPT],
  ['branding.faviconUrl', 'S3.35', of('branding', 'faviconUrl', PICTURE), branding('faviconUrl'), KEPT],
  ['branding.theme', 'S0.45 S3.36', colours('light', 'primary'), inCss(/--brand:(#[0-9a-f]{6})/), '#800000'],
  [
    'branding.theme',
    'S0.46',
    colours('dark', 'primary'),
    inCss(/\.dark[^}]*--brand:(#[0-9a-f]{6})/),
    expect.stringMatching(/^#/),
  ],
  [
    'branding.theme',
    'S0.46',
    of('branding', 'theme', { light: { primary: '#facc15' } }),
    inCss(/\.dark[^}]*--brand:(#[0-9a-f]{6})/),
    '#edd36e',
  ],
  [
    'branding.theme',
    'S3.37',
    colours('light', 'secondary'),
    inCss(/--secondary[\w-]*:(#[0-9a-f]{6})/),
    expect.stringMatching(/^#/),
  ],
  [
    'branding.theme',
    'S3.38',
    colours('light', 'accent'),
    inCss(/--accent[\w-]*:(#[0-9a-f]{6})/),
    expect.stringMatching(/^#/),
  ],
  ['branding.welcomeMessage', 'S3.41', ...text('welcomeMessage')],
  [
    'branding.supportEmail',
    'S3.42',
    of('branding', 'supportEmail', 'oi@aurora.example'),
    branding('supportEmail'),
    'oi@aurora.example',
  ],
  [
    'branding.supportPhone',
    'S3.43',
    of('branding', 'supportPhone', '0800 765 1000'),
    branding('supportPhone'),
    '0800 765 1000',
  ],
  ['branding.supportHours', '', ...text('supportHours')],
  ['branding.footerText', 'S3.44', ...text('footerText')],
  ...(['termsUrl', 'privacyUrl'] as const).flatMap((name): Row[] => {
    const [setting, patch] = [`branding.${name}`, of('branding', name, `https://aurora.example/${name}`)];
    return [branding(name), signupPage(name)].map((see) => [setting, '', patch, see, `https://aurora.example/${name}`]);
  }),
  ['branding.termsVersion', '', of('branding', 'termsVersion', '2'), signupPage('termsVersion'), '2'],
  [
    'branding.languages',
    'S0.47',
    of('branding', 'languages', ['pt-BR']),
    inPage(/<html lang="([\w-]+)"/, { 'accept-language': 'en-US' }),
    'pt-BR',
  ],
  [
    'branding.defaultLocale',
    'S0.47',
    of('branding', 'defaultLocale', 'en-US'),
    inPage(/<html lang="([\w-]+)"/),
    'en-US',
  ],
  ['branding.showBalcaoMark', '', of('branding', 'showBalcaoMark', false), branding('showBalcaoMark'), false],
  [
    'style.customCss',
    'S3.45',
    of('style', 'customCss', '.card{color:red}'),
    inCss(/(\.card\{color:red\})/),
    '.card{color:red}',
  ],
  ['features.tickets', 'S3.5', ...feature('tickets', toAna('/api/v1/portal/tickets'))],
  [
    'features.passwordReset',
    'S3.8',
    ...feature('passwordReset', () =>
      somebody.post('/api/v1/portal/auth/forgot-password', { email: 'ana@padaria.example' }),
    ),
  ],
  ['features.invitations', 'S0.53', ...feature('invitations', toAna('/api/v1/portal/invitations'))],
  ['features.knowledgeBase', '', ...feature('knowledgeBase', toAna('/api/v1/portal/kb'))],
  ['features.billing', 'S0.1', ...feature('billing', toAna('/api/v1/portal/invoices'))],
  [
    'features.billCheck',
    'B.14',
    ...feature('billCheck', () => somebody.post('/api/v1/portal/bill-check', { code: '7K4F-92QD' })),
  ],
  [
    'features.secondCopy',
    'B.15',
    ...feature('secondCopy', () => somebody.post('/api/v1/portal/second-copy', { taxId: '390.533.447-05' })),
  ],
  ['features.publicArticles', '', ...feature('publicArticles', () => somebody.get('/api/v1/portal/public/kb'))],
  ['security.sessionAbsoluteDays', '', of('security', 'sessionAbsoluteDays', 3), daysOfASession, 3],
  ['security.lockThreshold', '', of('security', 'lockThreshold', 3), afterThreeWrongPasswords, 'account_locked'],
  ['security.lockMinutes', '', of('security', 'lockMinutes', 5), minutesOfALock, 5],
  [
    'invitations.allowedDomains',
    'S0.54',
    of('invitations', 'allowedDomains', ['padaria.example']),
    () => invitedFrom('outra.example'),
    400,
  ],
  ['tickets.autoCloseDays', '', of('tickets', 'autoCloseDays', 2), closesInDays, 2],
  ['payments.pix', 'S0.50', of('payments', 'pix', false), offers('pix'), false],
  ['payments.boleto', 'S0.49', of('payments', 'boleto', false), offers('boleto'), false],
  ['payments.card', 'S0.48', of('payments', 'card', false), offers('card'), false],
  ['payments.savesCards', 'S0.7', of('payments', 'savesCards', false), savesCards, false],
  ['payments.pixMinutes', 'S0.50', of('payments', 'pixMinutes', 10), minutesOfACode, 10],
  ['subscriptions.change', 'S0.4', of('subscriptions', 'change', false), may('change'), false],
  ['subscriptions.pause', 'S0.5', of('subscriptions', 'pause', false), may('pause'), false],
  [
    'subscriptions.longestPauseDays',
    'S0.5',
    of('subscriptions', 'longestPauseDays', 30),
    async () => (await ofSubscription()).longestPauseDays,
    30,
  ],
  [
    'subscriptions.cancelAtPeriodEnd',
    'S0.6',
    of('subscriptions', 'cancelAtPeriodEnd', false),
    may('cancel_at_period_end'),
    false,
  ],
  ['subscriptions.cancelNow', 'S0.6', of('subscriptions', 'cancelNow', false), may('cancel_now'), false],
  ['signup.enabled', 'S0.56', of('signup', 'enabled', true), signupPage('open'), true],
  ['signup.acceptsCpf', '', of('signup', 'acceptsCpf', true), beginsWithCpf, 201],
  [
    'signup.refusesPersonalEmail',
    '',
    of('signup', 'refusesPersonalEmail', true),
    signupPage('refusesPersonalEmail'),
    true,
  ],
];

const MAILS = 'apps/worker/test/worker.int.spec.ts';
const RECEIPT = 'libs/modules/tickets/test/portal-tickets.int.spec.ts';
const SIGNUP = 'apps/api/test/e2e/signup.spec.ts';
const TERMS = 'libs/modules/payments/src/domain/payment-terms.spec.ts';
const CODES = 'libs/modules/payments/test/document-codes.int.spec.ts';
const SENDER = "sends mails in the portal's own sender name, from the installation's address: %j";
const ADDRESSES = 'S0.36 of %s the address %s with %j: %s';
const CONSENTS = 'S0.36 consents are kept with version, time and address, and none is taken for granted';
/** Settings that no request shows at once, or not all of what they do, each with the test that turns it and looks at what becomes of it. */
const ELSEWHERE: Record<string, [spec: string, title: string]> = {
  'mail.senderName': [MAILS, SENDER],
  'mail.replyTo': [MAILS, SENDER],
  'tickets.firstAnswerHours': [
    RECEIPT,
    'is confirmed with what was written, no longer than can be read, and with when we answer',
  ],
  'signup.reviewsEverySignup': [
    SIGNUP,
    'S0.38 the link of the first mail opens the signup elsewhere, and vouches for no password',
  ],
  'signup.refusesPersonalEmail': [SIGNUP, ADDRESSES],
  'signup.refusesDisposableEmail': [SIGNUP, ADDRESSES],
  'branding.termsUrl': [SIGNUP, CONSENTS],
  'branding.privacyUrl': [SIGNUP, CONSENTS],
  'branding.termsVersion': [SIGNUP, CONSENTS],
  'payments.boletoDays': [TERMS, 'are those of the invoice that is due first, and grow behind it'],
  'payments.invoicePixDays': [
    TERMS,
    'are good to the last day in time, and so many days behind it as the portal gives',
  ],
  'payments.pixOnInvoice': [CODES, 'has no code of a way that the portal does not put on documents'],
  'payments.boletoOnInvoice': [
    CODES,
    'shows a PIX code and a boleto that the gateway knows, and is paid by either: %s',
  ],
};

describe('a setting', () => {
  it.each(ROWS)('%s (%s) changes what customers get', async (setting, _requirement, patch, see, after) => {
    if (setting === 'signup.acceptsCpf') await change(of('signup', 'enabled', true));
    const before = await see();
    await change(patch);
    // A picture is a setting once it has been looked at.
    if (setting.endsWith('Url')) await pictureWorker(api).work();
    const now = await see();
    expect(now).toEqual(after);
    expect(now).not.toEqual(before);
  });
});

it('S0.42 an organization is named by its own people, and bears the name wherever it is told', async () => {
  const names = async () => ({
    branding: await branding('organizationName')(),
    staff: (await owner.get('/api/v1/admin/auth/me').expect(200)).body.organization.name as unknown,
  });
  const before = await names();
  const path = '/api/v1/admin/organization';
  const agent = await api.signIn('staff', 'agent@aurora.example');
  await agent.patch(path, { version: 1, name: 'Agência' }).expect(403);
  for (const name of ['', ' ', 'www.aurora.example', 'x'.repeat(256)])
    await owner.patch(path, { version: 1, name }).expect(400);
  expect(await names()).toEqual(before);
  const { organization } = (await owner.patch(path, { version: 1, name: 'Aurora Brasil' }).expect(200)).body;
  expect(organization).toEqual({ id: idOf('organization:aurora'), slug: 'aurora', name: 'Aurora Brasil', version: 2 });
  expect(await names()).toEqual({ branding: 'Aurora Brasil', staff: 'Aurora Brasil' });
  await owner.patch(path, { version: 2, name: 'Aurora Brasil' }).expect(200);
  const kept = await api.rows(
    `select changes from audit_log where action = 'staff.organization.rename' and organization_id = $1`,
    idOf('organization:aurora'),
  );
  expect(kept).toEqual([{ changes: { before: { name: before.staff }, after: { name: 'Aurora Brasil' } } }]);
  const others = await api.rows(`select name from organizations where name = 'Aurora Brasil'`);
  expect(others).toHaveLength(1);
});

it('B.12 no setting is left out: none is decoration', async () => {
  const { settings } = (await owner.get(PORTAL).expect(200)).body.portal as { settings: Record<string, object> };
  const all = Object.entries(settings).flatMap(([section, values]) =>
    Object.keys(values).map((one) => `${section}.${one}`),
  );
  const proved = [...ROWS.map(([setting]) => setting), ...Object.keys(ELSEWHERE)];
  expect(['name', ...all].filter((setting) => !proved.includes(setting))).toEqual([]);
  expect(proved.filter((setting) => !['name', ...all].includes(setting))).toEqual([]);
});

it.each(Object.entries(ELSEWHERE))('%s is proved by a test that is there', (_setting, [spec, title]) => {
  const source = readFileSync(resolve(ROOT, spec), 'utf8');
  expect([...source.matchAll(/\(\s*(['"`])(.*?)\1,/g)].map((match) => match[2])).toContain(title);
});

it.each(Object.entries(SETTING_VALUES))(
  '%s takes what forms take, and nothing else',
  async (setting, { good, bad }) => {
    const [section, name] = setting.split('.') as [string, string];
    const answers: [unknown, number][] = [];
    let { version } = (await owner.get(PORTAL).expect(200)).body.portal;
    for (const value of [...good, ...bad]) {
      const { status, body } = await owner.patch(PORTAL, { version, ...of(section, name, value) });
      if (status === 200) ({ version } = body.portal);
      answers.push([value, status]);
    }
    expect(answers).toEqual([...good.map((value) => [value, 200]), ...bad.map((value) => [value, 400])]);
  },
);
