import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { FIRST_STEPS } from '@balcao/contracts';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const PATH = '/api/v1/admin/getting-started';
const FOUNDED = {
  name: 'Loja da Esquina',
  slug: 'esquina',
  locale: 'pt-BR',
  ownerEmail: 'dona@esquina.example',
  ownerName: 'Dora Lima',
};

interface Waiting {
  name: string;
  portalId: string | null;
}
interface Answer {
  steps: { name: string; state: string; count: number; waiting: Waiting | null }[];
  openCount: number;
  isNew: boolean;
}

let api: TestApp;
let owner: Visitor;
/** A founded organization, whose owner has just accepted. */
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  const operator = await api.signIn('operator', 'operator@balcao.example');
  await operator.post('/ops/organizations', FOUNDED).expect(201);
  const [person] = await api.rows<{ id: string }>("select id from staff_users where email = 'dona@esquina.example'");
  const accept = { token: await api.linkFor(person!.id, 'invitation'), password: 'quatro palavras sem nexo' };
  await api.visitor().post('/api/v1/admin/auth/accept-invitation', accept).expect(200);
  owner = await api.signIn('staff', 'dona@esquina.example', { password: accept.password });
});
afterAll(() => api.close());

const read = async (): Promise<Answer> => (await owner.get(PATH).expect(200)).body.gettingStarted;
const stepOf = async (name: string) => (await read()).steps.find((step) => step.name === name)!;
const stateOf = async (name: string) => (await stepOf(name)).state;
const postpone = (step: string, postponed = true) => owner.patch(PATH, { step, postponed });
const portal = async () => (await owner.get('/api/v1/admin/portals')).body.data[0];
const publishSettings = async (settings: object) => {
  const { id, version } = await portal();
  await owner.patch(`/api/v1/admin/portals/${id}`, { version, settings }).expect(200);
};
const publish = (branding: object) => publishSettings({ branding });
const account = async () =>
  (await owner.post('/api/v1/admin/billing-accounts', { name: 'Padaria' }).expect(201)).body.billingAccount.id;

const sayIssuer = async (issuer: object) => {
  const { version } = (await owner.get('/api/v1/admin/billing-settings').expect(200)).body.billingSettings;
  await owner.patch('/api/v1/admin/billing-settings', { version, ...issuer }).expect(200);
};
const draft = async () => {
  const lines = [{ description: 'Visita', quantity: '1', unitPrice: 12_000 }];
  const body = { billingAccountId: await account(), title: 'Visita', lines };
  return (await owner.post('/api/v1/admin/invoices', body).expect(201)).body.invoice;
};

it('a new organization has every step before it, in one order', async () => {
  const { steps, openCount, isNew } = await read();
  expect(steps.map(({ name }) => name)).toEqual(FIRST_STEPS);
  expect(new Set(steps.map(({ state }) => state))).toEqual(new Set(['open']));
  expect({ openCount, isNew }).toEqual({ openCount: FIRST_STEPS.length, isNew: true });
});

/** What is no step's deed leaves it open; the deed itself makes it done. */
const DEEDS: Record<(typeof FIRST_STEPS)[number], { short?: () => Promise<unknown>; deed: () => Promise<unknown> }> = {
  brand: {
    // The form sends the colours that it showed along with any other change.
    short: async () => {
      const { theme } = (await portal()).settings.branding;
      const shown = ({ primary }: { primary: string }) => ({ primary, secondary: null, accent: null });
      await publish({ supportPhone: '11 4002-8922', theme: { light: shown(theme.light), dark: shown(theme.dark) } });
    },
    deed: () => publish({ theme: { light: { primary: '#facc15' } } }),
  },
  domain: {
    short: async () => {
      await claim('null', 'true');
      expect(await stateOf('domain')).toBe('open');
      await api.rows('delete from domain_claims');
      await claim('now()', 'false');
    },
    deed: async () => {
      await api.rows('delete from domain_claims');
      await claim('now()', 'true');
    },
  },
  sender: {
    // Whose domain is not proved; whose is, and whom receivers would refuse nevertheless.
    short: async () => {
      await sender('null', 'right');
      expect(await stateOf('sender')).toBe('open');
      await api.rows('delete from domain_claims');
      await sender('now()', 'missing');
    },
    deed: async () => {
      await api.rows('delete from domain_claims');
      await sender('now()', 'right');
    },
  },
  team: {
    deed: () =>
      owner.post('/api/v1/admin/staff', { email: 'lia@esquina.example', name: 'Lia', role: 'agent' }).expect(201),
  },
  customer: { deed: account },
  invitation: {
    short: account,
    deed: async () => {
      const body = { billingAccountId: await account(), email: 'ana@padaria.example', name: 'Ana' };
      await owner.post('/api/v1/admin/invitations', body).expect(201);
    },
  },
  signup: { deed: () => publishSettings({ signup: { enabled: true } }) },
  articles: {
    short: () => article('draft'),
    deed: () => article('portal'),
  },
  issuer: {
    short: () => sayIssuer({ legalName: 'Loja da Esquina Ltda.', taxId: '11222333000181' }),
    deed: () => sayIssuer({ address: { postalCode: '13012100', street: 'Rua Um', city: 'Campinas' } }),
  },
  invoice: {
    short: draft,
    deed: async () => {
      const { id, version } = await draft();
      await owner.post(`/api/v1/admin/invoices/${id}/open`, { version }).expect(200);
    },
  },
};
/** A domain as its checks leave it: proved or not, and leading here or not. */
const claim = (verified: string, leadsHere: string) =>
  api.rows(`insert into domain_claims (organization_id, id, purpose, portal_id, domain, proof, verified_at, leads_here)
    select p.organization_id, gen_random_uuid(), 'portal', p.id, 'conta.esquina.example', 'x', ${verified}, ${leadsHere}
    from portals p where p.slug = 'esquina'`);
/** A sender as its checks leave it: proved or not, and signed or not where receivers ask for it. */
const sender = (verified: string, dkim: 'right' | 'missing') => {
  const part = (state: string) => ({ state, found: [], value: null });
  return api.rows(
    `insert into domain_claims (organization_id, id, purpose, mailbox, domain, proof, dkim_public_key, dkim_key_sealed, advice, verified_at)
    select o.id, gen_random_uuid(), 'mail', 'conta', 'esquina.example', 'x', 'x', 'x', $1, ${verified}
    from organizations o where o.slug = 'esquina'`,
    JSON.stringify({ spf: part('missing'), dkim: part(dkim), dmarc: part('right') }),
  );
};
const article = (visibility: string) =>
  owner
    .post('/api/v1/admin/kb/articles', {
      title: 'Como trocar',
      bodyMarkdown: 'Traga a nota.',
      locale: 'pt-BR',
      visibility,
    })
    .expect(201);

it.each(FIRST_STEPS)('the step %s is done by its deed, and by nothing short of it', async (step) => {
  const { short, deed } = DEEDS[step];
  await short?.();
  expect(await stateOf(step)).toBe('open');
  await deed();
  expect(await stateOf(step)).toBe('done');
});

it('a domain and a sender that were named wait by name, until they are done or given up', async () => {
  const { id: portalId } = await portal();
  const waits = async () => [(await stepOf('domain')).waiting, (await stepOf('sender')).waiting];
  expect(await waits()).toEqual([null, null]);
  const own = { name: 'conta.esquina.example', portalId };
  await owner.put(`/api/v1/admin/portals/${portalId}/domain`, { domain: own.name }).expect(200);
  await owner.put('/api/v1/admin/mail-sender', { address: 'loja@esquina.example' }).expect(200);
  expect(await waits()).toEqual([own, { name: 'loja@esquina.example', portalId: null }]);
  // Proved is not done where visitors are not led here.
  await api.rows("update domain_claims set verified_at = now() where purpose = 'portal'");
  expect((await waits())[0]).toEqual(own);
  await api.rows("update domain_claims set leads_here = true where purpose = 'portal'");
  expect(await stepOf('domain')).toMatchObject({ state: 'done', waiting: null });
  await owner.delete(`/api/v1/admin/portals/${portalId}/domain`).expect(204);
  await owner.delete('/api/v1/admin/mail-sender').expect(204);
  expect(await waits()).toEqual([null, null]);
});

it('the domain of the main portal waits before that of another, and none of an archived one', async () => {
  const { id: main } = await portal();
  const another = { name: 'Filial', slug: 'esquina-filial' };
  const { body } = await owner.post('/api/v1/admin/portals', another).expect(201);
  const claims = async (portalId: string, domain: string) => {
    await owner.put(`/api/v1/admin/portals/${portalId}/domain`, { domain }).expect(200);
    return (await stepOf('domain')).waiting?.name;
  };
  expect(await claims(body.portal.id, 'filial.esquina.example')).toBe('filial.esquina.example');
  expect(await claims(main, 'conta.esquina.example')).toBe('conta.esquina.example');
  await owner.delete(`/api/v1/admin/portals/${main}/domain`).expect(204);
  expect((await stepOf('domain')).waiting?.name).toBe('filial.esquina.example');
  await owner.post(`/api/v1/admin/portals/${body.portal.id}/archive`).expect(200);
  expect((await stepOf('domain')).waiting).toBeNull();
});

it('a step is put aside for everybody, once, and taken up again', async () => {
  for (let time = 1; time <= 2; time++) await postpone('brand').expect(200);
  expect(await stateOf('brand')).toBe('postponed');
  expect((await read()).openCount).toBe(FIRST_STEPS.length - 1);
  const audited = () => api.rows("select 1 from audit_log where action = 'staff.getting_started.update'");
  expect(await audited()).toHaveLength(1);
  await postpone('brand', false).expect(200);
  expect(await stateOf('brand')).toBe('open');
  expect(await audited()).toHaveLength(2);
});

it('a step that was put aside and is done nevertheless is done', async () => {
  await postpone('customer').expect(200);
  await account();
  expect(await stateOf('customer')).toBe('done');
  expect((await read()).isNew).toBe(false);
});

it('what one organization puts aside stays open in another', async () => {
  await postpone('team').expect(200);
  const other = await api.signIn('staff', 'owner@boreal.example');
  const { steps } = (await other.get(PATH).expect(200)).body.gettingStarted as Answer;
  expect(steps.find(({ name }) => name === 'team')!.state).toBe('done');
  expect(await api.rows("select 1 from postponed_steps where step = 'team'")).toHaveLength(1);
});

it.each([
  ['a step that there is not', { step: 'payments', postponed: true }],
  ['no word of what to do', { step: 'brand' }],
])('refuses %s', async (_what, body) => {
  await refusal(owner.patch(PATH, body), 400, 'validation_failed');
});

it.each(['agent', 'billing'])('%s sees the steps, and puts none aside', async (role) => {
  const person = await api.signIn('staff', `${role}@aurora.example`);
  await person.get(PATH).expect(200);
  await refusal(person.patch(PATH, { step: 'brand', postponed: true }), 403, 'permission_denied');
});
