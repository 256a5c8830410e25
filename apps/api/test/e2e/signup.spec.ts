import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SignupTokens } from '@balcao/module-signup';
import { RegistryClient } from '@balcao/module-signup/worker';
import { UnprovedRecipients } from '@balcao/platform-mail';
import { RateLimiter } from '@balcao/platform-state';
import { systemClock, systemContext } from '@balcao/platform-tenancy';
import { eventually } from '@balcao/platform-testing';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import {
  begin,
  composed,
  lookUps,
  openSignups,
  solve,
  startRegistry,
  type Begun,
  type Challenge,
} from '../support/signups.js';
import { cookiesOf, type Visitor } from '../support/visitor.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ACTIVE = '90.001.000/0001-07';
/** Hashes for a riddle, at least and at most. */
const [LEAST_WORK, MOST_WORK] = [50_000, 400_000];
const ALPHANUMERIC = '12.abc.345/01de-35';
const [SLOW, FAILING] = ['90006000000191', '90007000000106'];
const PASSWORD = 'quatro palavras sem nexo';
const NEW_PASSWORD = 'outras palavras bem longas';

let api: TestApp;
let registry: Awaited<ReturnType<typeof startRegistry>>;
let worker: ReturnType<typeof lookUps>;

beforeAll(async () => {
  registry = await startRegistry(1_500);
  api = await startTestApp({ config: { cnpjApiUrl: registry.url } });
});
beforeEach(async () => {
  await api.reset();
  // Answers belong to no tenant, hence are not of the world that is planted anew.
  await api.rows('delete from registry_answers');
  await openSignups(api);
  // Its circuit is closed.
  worker = lookUps(api);
});
afterEach(() => worker.close());
afterAll(async () => {
  await api.close();
  await registry.close();
});

const portal = () => api.visitor('/o/aurora');
const withToken = (visitor: Visitor, { token }: { token: string }) =>
  visitor.with({ headers: { 'x-balcao-signup': token } });
const ADMINISTRATOR = { name: 'Carolina Sampaio', email: 'carolina@alvorada.example', password: PASSWORD };
/** Numbers of companies that nobody knows. */
const UNKNOWN = ['91100000000119', '91200000000190', '91300000000162', '91400000000134', '91500000000106'];
const COMPANY = { legalName: 'Empresa Escrita Ltda' };
const pathOf = ({ id }: { id: string }, step = '') => `/api/v1/portal/signups/${id}${step}`;

interface Signup {
  status: string;
  version: number;
  number: string | null;
  lookup: { state: string; attempt: number; nextAttemptAt: string | null };
  company: { legalName: string } | null;
  refusal: { code: string; since: string | null; reason: string | null } | null;
  actions: string[];
  mailHeldUntil: string | null;
  administrator: { name: string; email: string } | null;
}
const signupOf = (response: { body: unknown }) => (response.body as { signup: Signup }).signup;
interface SignupPage {
  signupPage: { challenge: Challenge };
}
/** What opens a signup. */
type Opener = Pick<Begun, 'id' | 'token'>;
const look = async (visitor: Visitor, begun: Opener) =>
  signupOf(await withToken(visitor, begun).get(pathOf(begun)).expect(200));
const submit = (visitor: Visitor, begun: Opener, more: object = {}) =>
  withToken(visitor, begun).post(pathOf(begun, '/submit'), { administrator: ADMINISTRATOR, company: COMPANY, ...more });
/** Until nothing is left to ask. */
const settle = async () => {
  for (let round = 0; round < 6 && (await worker.run()) > 0; round += 1);
};
const accounts = (taxId: string) =>
  api.rows<{ id: string; name: string }>('select * from billing_accounts where tax_id = $1', taxId);
/** Accounts that came of signups, whether they have their number yet. */
const made = () =>
  api.rows<{ id: string; tax_id: string | null }>(
    'select * from billing_accounts where source is not null order by id',
  );
const mails = () => api.rows('select template, recipient_email as to from mails order by id');
/** Where the button of a mail leads. */
const urlIn = (mail: Awaited<ReturnType<typeof composed>>) => {
  if (mail === 'drop') throw new Error('The mail was dropped');
  return new URL(mail.blocks.flatMap((block) => (block.kind === 'button' ? [block.url] : []))[0]!);
};
const linkOf = async (email = ADMINISTRATOR.email) => {
  const [user] = await api.rows<{ id: string }>('select id from portal_users where email = $1', email);
  return api.linkFor(user!.id, 'email_verification');
};
const confirm = (visitor: Visitor, token: string, password?: string) =>
  visitor.post('/api/v1/portal/signups/confirm', { token, password });
/** One that waits for its confirmation, of somebody with an address of their own. */
const waitingFor = async (taxId: string, email: string) => {
  const visitor = portal();
  const begun = await begin(visitor, taxId);
  await settle();
  const administrator = { ...ADMINISTRATOR, email };
  expect(signupOf(await submit(visitor, begun, { administrator }).expect(200)).status).toBe('awaiting_confirmation');
  const own = withToken(visitor, begun);
  return { begun, own, email, confirm: async () => confirm(own, await linkOf(email)) };
};

describe('what the register answers', () => {
  it.each([
    ['an active company', ACTIVE, 'active', 'awaiting_confirmation', null],
    ['an alphanumeric one', ALPHANUMERIC, 'active', 'awaiting_confirmation', null],
    ['a closed one', '90002000000113', 'inactive', 'refused', 'closed'],
    ['a suspended one', '90003000000138', 'inactive', 'refused', 'suspended'],
    ['an unfit one', '90004000000152', 'inactive', 'refused', 'unfit'],
    ['a null one', '90005000000177', 'inactive', 'refused', 'null'],
    ['one that it does not know', '90014000000133', 'not_found', 'in_review', null],
    ['500', FAILING, 'unavailable', 'in_review', null],
    ['429', '90008000000120', 'unavailable', 'in_review', null],
    ['a page', '90009000000145', 'unavailable', 'in_review', null],
    ['half of an answer', '90010000000165', 'unavailable', 'in_review', null],
    ['nulls', '90011000000180', 'unavailable', 'in_review', null],
    ['about another company', '90012000000102', 'unavailable', 'in_review', null],
    ['elsewhere', '90013000000119', 'unavailable', 'in_review', null],
  ])('S0.34 S0.39 S0.41 B.5 %s (%s): %s, %s', async (_what, taxId, state, status, code) => {
    const visitor = portal();
    const begun = await begin(visitor, taxId);
    // The data may come before the answer.
    await submit(visitor, begun).expect(200);
    expect(await look(visitor, begun)).toMatchObject({
      status: 'submitted',
      number: expect.stringMatching(/^C-\d{4}-\d{6}$/),
    });
    await settle();
    const signup = await look(visitor, begun);
    expect([signup.lookup.state, signup.status, signup.refusal?.code ?? null]).toEqual([state, status, code]);
    // Nobody has confirmed the address yet.
    expect(await made()).toMatchObject(status === 'awaiting_confirmation' ? [{ tax_id: null }] : []);
  });

  it('S0.34 that takes too long is asked again, and what comes after that changes nothing', async () => {
    const visitor = portal();
    const begun = await begin(visitor, SLOW);
    await worker.run();
    expect((await look(visitor, begun)).lookup).toMatchObject({
      state: 'waiting',
      attempt: 2,
      nextAttemptAt: expect.any(String),
    });
    const late = worker.run();
    await withToken(visitor, begun).post(pathOf(begun, '/withdraw')).expect(200);
    await late;
    expect(await look(visitor, begun)).toMatchObject({ status: 'withdrawn', actions: [] });
    expect(await api.rows('select lookup_attempt from signups where id = $1', begun.id)).toEqual([
      { lookup_attempt: 2 },
    ]);
  }, 60_000);

  it('S0.34 that is being looked up for another is asked for a little later, which is no attempt', async () => {
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    const before = await look(visitor, begun);
    const lookUp = jest.spyOn(RegistryClient.prototype, 'lookUp').mockResolvedValueOnce('later');
    expect(await worker.run()).toBe(1);
    lookUp.mockRestore();
    expect(await look(visitor, begun)).toEqual(before);
    const waiting = `select round(extract(epoch from due_at - created_at))::integer as seconds from outbox
      where job = 'signup.look-up' and status <> 'done'`;
    expect(await api.rows(waiting)).toEqual([{ seconds: 3 }]);
    await settle();
    expect((await look(visitor, begun)).lookup).toMatchObject({ state: 'active', attempt: 1 });
  });

  it('S0.35 is shown, is asked for once in a day, and what differs from it is kept beside it', async () => {
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    await settle();
    expect(await look(visitor, begun)).toMatchObject({
      status: 'started',
      company: { legalName: 'PAPELARIA HORIZONTE LTDA', address: { city: 'CAMPINAS', postalCode: '13015002' } },
      actions: ['submit', 'withdraw'],
    });
    const written = { tradeName: 'Papelaria do Largo', legalName: 'Outra Ltda', phone: null };
    const { corrections } = (await submit(visitor, begun, { company: written }).expect(200)).body.signup;
    // What was removed is told apart from what is as the register has it.
    expect(corrections).toEqual(written);
    expect(await made()).toMatchObject([
      { name: 'Papelaria do Largo', legal_name: 'PAPELARIA HORIZONTE LTDA', source: 'registry', phone: null },
    ]);
    const asked = await api.rows<{ answered_at: Date }>('select answered_at from registry_answers');
    const [other, second] = [portal(), await begin(portal(), '90001000000107')];
    await settle();
    expect((await look(other, second)).lookup).toMatchObject({ state: 'active', attempt: 1 });
    expect(await api.rows('select answered_at from registry_answers')).toEqual(asked);
  });

  it('S0.41 is wrong, says the person: then people look', async () => {
    const visitor = portal();
    const begun = await begin(visitor, '90002000000113');
    await settle();
    expect(await look(visitor, begun)).toMatchObject({
      refusal: { code: 'closed', since: '2025-03-14', reason: expect.stringContaining('VOLUNTÁRIA') },
      actions: ['dispute'],
    });
    await refusal(submit(visitor, begun), 409, 'signup_step_not_allowed');
    expect(signupOf(await submit(visitor, begun, { disputes: true }).expect(200)).status).toBe('in_review');
  });

  it("S0.34 is nobody else's: what a job of another organization asks changes nothing", async () => {
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    const before = await look(visitor, begun);
    await api.rows("update outbox set organization_id = $1 where job = 'signup.look-up'", idOf('organization:boreal'));
    expect(await worker.run()).toBe(1);
    expect(await look(visitor, begun)).toEqual(before);
    expect(await api.rows('select 1 from registry_answers')).toEqual([]);
  });

  it('S0.34 is asked for again where it did not know the company', async () => {
    const visitor = portal();
    const begun = await begin(visitor, '90014000000133');
    await settle();
    expect((await look(visitor, begun)).actions).toEqual(['submit', 'retry', 'withdraw']);
    const again = signupOf(await withToken(visitor, begun).post(pathOf(begun, '/retry')).expect(200));
    expect(again.lookup).toMatchObject({ state: 'waiting', attempt: 1 });
    await refusal(withToken(visitor, begun).post(pathOf(begun, '/retry')), 409, 'signup_step_not_allowed');
  });
});

describe('coming in', () => {
  const signedUp = async () => {
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    await settle();
    const signup = signupOf(await submit(visitor, begun).expect(200));
    expect(signup.status).toBe('awaiting_confirmation');
    return { visitor, begun };
  };

  it('S0.36 S0.37 S0.38 in the browser that typed the password: confirmed, and signed in', async () => {
    const { visitor, begun } = await signedUp();
    expect(await mails()).toEqual([{ template: 'email-verification', to: ADMINISTRATOR.email }]);
    const token = await linkOf();
    const looked = await withToken(visitor, begun).post('/api/v1/portal/signups/confirmation', { token }).expect(200);
    expect((looked.body as { confirmation: object }).confirmation).toMatchObject({ asksPassword: false });
    const response = await confirm(withToken(visitor, begun), token).expect(200);
    expect(Object.keys(cookiesOf(response))).toContain('balcao_portal_session');
    await api.signIn('portal', ADMINISTRATOR.email, { password: PASSWORD });
    expect(await accounts('90001000000107')).toHaveLength(1);
    // Whoever has the device next, or its token, reads nothing more.
    const done = await look(visitor, begun);
    expect(done).toMatchObject({ status: 'completed', taxId: null, company: null, administrator: null, actions: [] });
    expect(JSON.stringify(done)).not.toMatch(/carolina|horizonte|90001000000107/i);
    await refusal(confirm(withToken(visitor, begun), token), 400, 'token_used');
  });

  it('S0.38 elsewhere a password is chosen, and the one that a stranger may have typed opens nothing', async () => {
    await signedUp();
    const token = await linkOf();
    const elsewhere = portal();
    const looked = await elsewhere.post('/api/v1/portal/signups/confirmation', { token }).expect(200);
    expect((looked.body as { confirmation: object }).confirmation).toMatchObject({ asksPassword: true });
    // A scanner that runs the page does not know one, and uses nothing up.
    await refusal(confirm(elsewhere, token), 400, 'validation_failed');
    await refusal(elsewhere.post('/api/v1/portal/auth/verify-email', { token }), 400, 'token_invalid');
    await confirm(elsewhere, token, NEW_PASSWORD).expect(200);
    await api.signIn('portal', ADMINISTRATOR.email, { password: NEW_PASSWORD });
    const stranger = { email: ADMINISTRATOR.email, password: PASSWORD };
    await refusal(portal().post('/api/v1/portal/auth/login', stranger), 401, 'invalid_credentials');
  });

  it('S0.38 a link that is opened twice at once lets one in', async () => {
    const { visitor, begun } = await signedUp();
    const token = await linkOf();
    const answers = await Promise.all([
      confirm(withToken(visitor, begun), token),
      confirm(portal(), token, NEW_PASSWORD),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    await refusal(confirm(portal(), token, NEW_PASSWORD), 400, 'token_used');
  });

  it('S0.38 the link of the first mail opens the signup elsewhere, and vouches for no password', async () => {
    await openSignups(api, { reviewsEverySignup: true });
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    await settle();
    await submit(visitor, begun).expect(200);
    const url = urlIn(await composed(api, 'signup-received', 'pt-BR'));
    expect(url.pathname).toBe(`/portal/signup/aurora/${begun.id}`);
    const mailed = withToken(portal(), { token: new URLSearchParams(url.hash.slice(1)).get('token')! });
    // A scanner follows it as well.
    for (const _ of [1, 2])
      expect(signupOf(await mailed.get(pathOf(begun)).expect(200))).toMatchObject({ status: 'in_review' });
    await refusal(
      mailed.post(pathOf(begun, '/email'), { email: 'eu@alvorada.example' }),
      409,
      'signup_step_not_allowed',
    );
    await withToken(visitor, begun).post(pathOf(begun, '/email'), { email: 'carol@alvorada.example' }).expect(200);
    await refusal(mailed.get(pathOf(begun)), 404, 'not_found');
  });

  it.each([
    ['the same address', 'vitoria@alvorada.example'],
    ['another address', 'vitoria.pessoal@alvorada.example'],
  ])(
    'S0.38 once whoever reads the mailbox has sent the data, with %s, the browser that began opens nothing of it',
    async (_which, email) => {
      const stranger = portal();
      const begun = await begin(stranger, '90003000000138');
      const typed = { ...ADMINISTRATOR, email: 'vitoria@alvorada.example' };
      await submit(stranger, begun, { administrator: typed }).expect(200);
      await settle();
      const { status, version } = await look(stranger, begun);
      expect(status).toBe('refused');
      const url = urlIn(await composed(api, 'signup-refused', 'pt-BR'));
      const mailed = { id: begun.id, token: new URLSearchParams(url.hash.slice(1)).get('token')! };
      const waiting = withToken(stranger, begun)
        .get(`${pathOf(begun)}?seen=${version}`)
        .then((answer) => answer);

      const owner = portal();
      const own = { name: 'Vitória Lima', email, phone: '+55 19 98765-4321', password: NEW_PASSWORD };
      await look(owner, mailed);
      const sent = await submit(owner, mailed, { administrator: own, disputes: true }).expect(200);
      const watched = await waiting;
      const taken = { id: begun.id, token: (sent.body as { token: string }).token };
      expect(signupOf(sent)).toMatchObject({ status: 'in_review', administrator: { name: own.name, email } });
      // Whoever waited for what becomes of it reads nothing of theirs either.
      expect([watched.status, JSON.stringify(watched.body)]).toEqual([404, expect.not.stringMatching(/vit[oó]ria/i)]);
      const theirs = withToken(stranger, begun);
      await refusal(theirs.get(pathOf(begun)), 404, 'not_found');
      for (const [step, body] of [
        ['/submit', { administrator: typed, disputes: true }],
        ['/email', { email: 'estranho@outra.example' }],
        ['/resend', undefined],
        ['/retry', undefined],
        ['/withdraw', undefined],
        ['/ask-administrator', { name: 'Estranho', email: 'estranho@outra.example' }],
      ] as const)
        await refusal(theirs.post(pathOf(begun, step), body), 404, 'not_found');

      const now = await look(owner, taken);
      expect(now.actions).toEqual([...(email === typed.email ? [] : ['correct_email']), 'resend', 'withdraw']);
      const staff = await api.signIn('staff', 'owner@aurora.example');
      await staff.post(`/api/v1/admin/signups/${begun.id}/approve`, { version: now.version }).expect(200);
      const token = await linkOf(email);
      const asks = async (browser: Visitor) =>
        (await browser.post('/api/v1/portal/signups/confirmation', { token }).expect(200)).body as {
          confirmation: object;
        };
      expect((await asks(theirs)).confirmation).toMatchObject({ asksPassword: true });
      await refusal(confirm(theirs, token), 400, 'validation_failed');
      expect((await asks(withToken(owner, taken))).confirmation).toMatchObject({ asksPassword: false });
      await confirm(withToken(owner, taken), token).expect(200);
      await api.signIn('portal', email, { password: NEW_PASSWORD });
    },
  );

  it('S0.37 whoever waits by the link of an address that is corrected does not learn the right one', async () => {
    await openSignups(api, { reviewsEverySignup: true });
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    await settle();
    const { version } = signupOf(await submit(visitor, begun).expect(200));
    const url = urlIn(await composed(api, 'signup-received', 'pt-BR'));
    const mailed = withToken(portal(), { token: new URLSearchParams(url.hash.slice(1)).get('token')! });
    const waiting = mailed.get(`${pathOf(begun)}?seen=${version}`).then((answer) => answer);
    await look(visitor, begun);
    await withToken(visitor, begun).post(pathOf(begun, '/email'), { email: 'carol@alvorada.example' }).expect(200);
    const watched = await waiting;
    expect([watched.status, JSON.stringify(watched.body)]).toEqual([404, expect.not.stringContaining('carol@')]);
  });

  it('S2.6 whoever signs up gets a role that the portal lets in, before one that allows more', async () => {
    const { visitor, begun } = await signedUp();
    const roleOf = async (email: string) =>
      (await api.rows<{ role: string }>('select role_id as role from portal_users where email = $1', email))[0]!.role;
    expect(await roleOf(ADMINISTRATOR.email)).toBe(idOf('role:aurora:full'));
    await withToken(visitor, begun).post(pathOf(begun, '/withdraw')).expect(200);
    await api.rows(
      'insert into portal_roles (organization_id, portal_id, role_id) values ($1, $2, $3)',
      idOf('organization:aurora'),
      idOf('portal:aurora'),
      idOf('role:aurora:limited'),
    );
    await signedUp();
    expect(await roleOf(ADMINISTRATOR.email)).toBe(idOf('role:aurora:limited'));
    await confirm(portal(), await linkOf(), NEW_PASSWORD).expect(200);
  });

  it('S0.37 the address is corrected before it is confirmed, and the link to the other one is dead', async () => {
    const { visitor, begun } = await signedUp();
    const dead = await linkOf();
    const right = 'carol@alvorada.example';
    await withToken(visitor, begun).post(pathOf(begun, '/email'), { email: right }).expect(200);
    await refusal(confirm(portal(), dead, NEW_PASSWORD), 400, 'token_invalid');
    expect((await mails()).at(-1)).toEqual({ template: 'email-verification', to: right });
  });

  it('gives way when it is given up: nothing of it is left', async () => {
    const { visitor, begun } = await signedUp();
    await withToken(visitor, begun).post(pathOf(begun, '/withdraw')).expect(200);
    expect(await made()).toEqual([]);
    expect(await api.rows('select administrator_email, password_hash from signups where id = $1', begun.id)).toEqual([
      { administrator_email: null, password_hash: null },
    ]);
  });
});

describe('what nobody goes on with', () => {
  it.each([
    ['before the data are sent', false, 'expired', 0],
    ['while it waits to be confirmed', true, 'expired', 0],
  ])('ends %s, and what was typed is forgotten', async (_when, sends, status, left) => {
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    await settle();
    if (sends) await submit(visitor, begun).expect(200);
    await worker.expire();
    expect((await look(visitor, begun)).status).toBe(sends ? 'awaiting_confirmation' : 'started');
    await api.rows("update signups set expires_at = now() - interval '1 second' where id = $1", begun.id);
    await worker.expire();
    const [row] = await api.rows(
      'select status, administrator_email, password_hash from signups where id = $1',
      begun.id,
    );
    expect(row).toEqual({ status, administrator_email: null, password_hash: null });
    expect(await made()).toHaveLength(left);
    await api.rows("update signups set expires_at = now() - interval '31 days' where id = $1", begun.id);
    await worker.expire();
    expect(await api.rows('select 1 from signups where id = $1', begun.id)).toEqual([]);
  });

  describe('what staff have done something with', () => {
    const waiting = async () => {
      const visitor = portal();
      const begun = await begin(visitor, ACTIVE);
      await settle();
      await submit(visitor, begun).expect(200);
      const [account] = await made();
      const [user] = await api.rows<{ id: string }>(
        'select id from portal_users where email = $1',
        ADMINISTRATOR.email,
      );
      const owner = await api.signIn('staff', 'owner@aurora.example');
      const invite = (email: string) =>
        owner.post('/api/v1/admin/invitations', { billingAccountId: account!.id, email, name: 'Carolina' });
      return { visitor, begun, user: user!.id, owner, invite };
    };
    const end = async ({ id }: Begun) => {
      await api.rows("update signups set expires_at = now() - interval '1 second' where id = $1", id);
      await worker.expire();
    };
    const people = () => api.rows('select status from portal_users where email = $1', ADMINISTRATOR.email);

    it('stays, but for the administrator: the address is nobody’s again', async () => {
      const { begun, invite } = await waiting();
      await invite('bia@alvorada.example').expect(201);
      await end(begun);
      expect(await people()).toEqual([]);
      expect(await made()).toMatchObject([{ tax_id: null }]);
      await invite(ADMINISTRATOR.email).expect(201);
    });

    it('is given up like any other, and the account stays', async () => {
      const { visitor, begun, invite } = await waiting();
      await invite('bia@alvorada.example').expect(201);
      expect((await look(visitor, begun)).actions).toContain('withdraw');
      await withToken(visitor, begun).post(pathOf(begun, '/withdraw')).expect(200);
      expect([await people(), (await made()).length]).toEqual([[], 1]);
    });

    it('leaves a person about whom there is a ticket to an invitation', async () => {
      const { begun, user, owner, invite } = await waiting();
      const ticket = { portalUserId: user, subject: 'Instalação', description: 'Combinada' };
      await owner.post('/api/v1/admin/tickets', ticket).expect(201);
      await end(begun);
      expect(await people()).toEqual([{ status: 'pending_invitation' }]);
      await invite(ADMINISTRATOR.email).expect(201);
    });

    it('a person who was suspended meanwhile is offered nothing, and nothing is done', async () => {
      const { visitor, begun, user, owner } = await waiting();
      await owner.patch(`/api/v1/admin/portal-users/${user}`, { status: 'suspended' }).expect(200);
      expect(await look(visitor, begun)).toMatchObject({ status: 'awaiting_confirmation', actions: [] });
      for (const step of ['/withdraw', '/resend'])
        await refusal(withToken(visitor, begun).post(pathOf(begun, step)), 409, 'signup_step_not_allowed');
      await end(begun);
      expect([await people(), await made()]).toEqual([[], []]);
    });
  });

  it('stays where the person came in', async () => {
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    await settle();
    await submit(visitor, begun).expect(200);
    const token = await linkOf();
    await withToken(visitor, begun).post('/api/v1/portal/signups/confirm', { token }).expect(200);
    await api.rows("update signups set expires_at = now() - interval '1 second' where id = $1", begun.id);
    await worker.expire();
    expect(await accounts('90001000000107')).toHaveLength(1);
    await api.signIn('portal', ADMINISTRATOR.email, { password: PASSWORD });
  });
});

describe('who is a customer already', () => {
  const REGISTERED = '11.222.333/0001-81';
  const asking = async (who: Visitor, name: string, email: string) => {
    const begun = await begin(who, REGISTERED);
    return withToken(who, begun).post(pathOf(begun, '/ask-administrator'), { name, email });
  };

  it('S0.40 is refused without telling who, and whoever asks its administrators asks again after a day', async () => {
    const visitor = portal();
    const begun = await begin(visitor, '11.222.333/0001-81');
    const signup = await look(visitor, begun);
    expect(signup).toMatchObject({
      status: 'refused',
      refusal: { code: 'already_registered' },
      actions: ['ask_administrator'],
    });
    expect(JSON.stringify(signup)).not.toMatch(/padaria/i);
    const ask = (who: Visitor, of: typeof begun) =>
      withToken(who, of).post(pathOf(of, '/ask-administrator'), { name: 'Rui Dias', email: 'Rui@Estrela.example' });
    expect(signupOf(await ask(visitor, begun).expect(200))).toMatchObject({ actions: [], askedAt: expect.any(String) });
    await refusal(ask(visitor, begun), 409, 'signup_step_not_allowed');
    expect(await look(visitor, begun)).toMatchObject({ actions: [], askedAt: expect.any(String) });
    // By another signup from there it is the same request, and says that it goes out no more.
    await refusal(ask(visitor, await begin(visitor, REGISTERED)), 429, 'access_requests_spent');
    const sent = await mails();
    expect(new Set(sent.map(({ template }) => template))).toEqual(new Set(['signup-already-registered']));
    expect(new Set(sent.map(({ to }) => to)).size).toBe(sent.length);
    expect(sent.map(({ to }) => to)).toContain('ana@padaria.example');
    await api.rows(
      `update signups set access_request = jsonb_set(access_request, '{at}', '"2026-01-01T12:00:00Z"') where id = $1`,
      begun.id,
    );
    await api.rows('delete from rate_limits');
    await ask(visitor, begun).expect(200);
    expect(await mails()).toHaveLength(2 * sent.length);
  });

  it('S0.40 nobody’s request is lost for a stranger’s: five go out in a day, three of one network, and more are refused', async () => {
    const stranger = portal();
    for (let n = 0; n < 3; n += 1)
      expect((await asking(stranger, 'Estranho Qualquer', `estranho${n}@outra.example`)).status).toBe(200);
    const refused = async (who: Visitor, email: string) => {
      const answer = await asking(who, 'Fulana', email);
      const { headers } = await refusal(answer as never, 429, 'access_requests_spent');
      expect(Number(headers['retry-after'])).toBeGreaterThan(23 * 60 * 60);
    };
    await refused(stranger, 'estranho3@outra.example');
    // Another's with the same address is another request, too.
    for (const email of ['real@padaria.example', 'estranho0@outra.example'])
      expect((await asking(portal(), 'Funcionário Real', email)).status).toBe(200);
    const sent = await api.rows<{ name: string }>(
      `select s.access_request ->> 'name' as name from mails m join signups s on s.id = (m.subject_ids ->> 'signupId')::uuid
       where m.recipient_email = 'ana@padaria.example' order by m.id`,
    );
    expect(sent.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 3 }, () => 'Estranho Qualquer'),
      'Funcionário Real',
      'Funcionário Real',
    ]);
    const late = portal();
    await refused(late, 'atrasada@padaria.example');
    expect(await mails()).toHaveLength(5 * new Set((await mails()).map(({ to }) => to)).size);
  });

  it.each([
    ['pt-BR', 'Pedido de acesso a', 'Ver o pedido'],
    ['en-US', 'Access to', 'See the request'],
  ] as const)(
    'S0.40 a request of which no administrator can hear reaches staff, in %s, and looks the same',
    async (locale, subject, button) => {
      const visitor = portal();
      const begun = await begin(visitor, REGISTERED);
      await api.rows(
        "update portal_users set status = 'suspended' where billing_account_id = $1",
        idOf('account:padaria'),
      );
      const ask = { name: 'Rui Dias', email: 'rui@estrela.example' };
      const asked = await withToken(visitor, begun).post(pathOf(begun, '/ask-administrator'), ask).expect(200);
      expect(signupOf(asked)).toMatchObject({ status: 'refused', actions: [], askedAt: expect.any(String) });
      const sent = await mails();
      expect(sent).toContainEqual({ template: 'signup-access-asked', to: 'owner@aurora.example' });
      expect(new Set(sent.map(({ template }) => template))).toEqual(new Set(['signup-access-asked']));
      const mail = await composed(api, 'signup-access-asked', locale);
      expect(mail).toMatchObject({ subject: expect.stringContaining(`${subject} `), forStaff: true });
      for (const part of ['Padaria Estrela', ask.name, ask.email, button]) expect(JSON.stringify(mail)).toContain(part);
      expect(urlIn(mail).pathname).toBe(`/console/signups/${begun.id}`);
      const owner = await api.signIn('staff', 'owner@aurora.example');
      const { body } = await owner.get(`/api/v1/admin/signups/${begun.id}`).expect(200);
      expect((body as { signup: object }).signup).toMatchObject({
        accessRequest: { ...ask, at: expect.any(String) },
        taxIdCustomer: { name: 'Padaria Estrela' },
      });
    },
  );

  it('S0.40 of four requests at once by one signup one goes out, and one is counted', async () => {
    const visitor = portal();
    const begun = await begin(visitor, REGISTERED);
    const ask = (name: string, n: number) =>
      withToken(visitor, begun).post(pathOf(begun, '/ask-administrator'), { name, email: `${n}@estrela.example` });
    const asked = await Promise.all([0, 1, 2, 3].map((n) => ask('Rui Dias', n)));
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(1);
    // What is left of a network's three in a day.
    for (const n of [4, 5]) expect((await asking(visitor, 'Rui Dias', `${n}@estrela.example`)).status).toBe(200);
    expect((await asking(visitor, 'Rui Dias', '6@estrela.example')).status).toBe(429);
  });

  it.each([
    ['no name', { email: 'rui@estrela.example' }, 'name'],
    ['a name that cannot be seen', { name: '\u200b', email: 'rui@estrela.example' }, 'name'],
    ['an endless name', { name: 'x'.repeat(256), email: 'rui@estrela.example' }, 'name'],
    ['a name that is a link', { name: 'https://evil.example', email: 'rui@estrela.example' }, 'name'],
    ['no address', { name: 'Rui Dias' }, 'email'],
    ['what is no address', { name: 'Rui Dias', email: 'rui' }, 'email'],
    ['an address that is thrown away', { name: 'Rui Dias', email: 'rui@mailinator.com' }, 'email'],
  ])('S0.40 whoever asks says who they are: not with %s', async (_what, body, path) => {
    const visitor = portal();
    const begun = await begin(visitor, '11.222.333/0001-81');
    const answer = await withToken(visitor, begun).post(pathOf(begun, '/ask-administrator'), body).expect(400);
    expect((answer.body as { errors: { path: string }[] }).errors.map((error) => error.path)).toContain(path);
    expect(await mails()).toEqual([]);
    expect(await look(visitor, begun)).toMatchObject({ actions: ['ask_administrator'], askedAt: null });
  });

  it('S0.40 what they wrote goes with their signup, and its mail does not go out any more', async () => {
    const visitor = portal();
    const begun = await begin(visitor, '11.222.333/0001-81');
    await withToken(visitor, begun)
      .post(pathOf(begun, '/ask-administrator'), { name: 'Rui Dias', email: 'rui@estrela.example' })
      .expect(200);
    await api.rows("update signups set expires_at = now() - interval '1 second' where id = $1", begun.id);
    await worker.expire();
    const [row] = await api.rows('select access_request from signups where id = $1', begun.id);
    expect(row).toEqual({ access_request: null });
    await expect(composed(api, 'signup-already-registered', 'pt-BR')).resolves.toBe('drop');
  });

  it.each([
    ['pt-BR', 'Alguém pediu acesso a', 'Abrir a equipe'],
    ['en-US', 'Somebody asked for access to', 'Open the team'],
  ] as const)(
    'S0.40 the mail to its administrators in %s names the company and who asks, and leads to its people',
    async (locale, subject, button) => {
      const visitor = portal();
      const begun = await begin(visitor, '11.222.333/0001-81');
      await withToken(visitor, begun)
        .post(pathOf(begun, '/ask-administrator'), {
          name: 'Rui Dias',
          email: 'www.evil.example/rui@estrela.example',
        })
        .expect(200);
      const mail = await composed(api, 'signup-already-registered', locale);
      expect(JSON.stringify(mail)).toContain('Rui Dias');
      // Their address can be copied; what stands before a slash in it can not be clicked on.
      expect(JSON.stringify(mail)).toContain('www.evil.example / rui@estrela.example');
      const [company] = await accounts('11222333000181');
      expect(mail).toMatchObject({ subject: expect.stringContaining(`${subject} ${company!.name}`) });
      expect(JSON.stringify(mail)).toContain(button);
      expect(urlIn(mail).pathname).toBe('/portal/team');
      expect(urlIn(mail).hash).toBe(`#locale=${locale}`);
    },
  );

  it('S0.35 a worker that dies between look-up and account leaves nothing half done, and the next one does it once', async () => {
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    await submit(visitor, begun).expect(200);
    const before = await look(visitor, begun);
    await expect(worker.run({ dies: true })).rejects.toThrow('killed');
    expect(await look(visitor, begun)).toEqual(before);
    expect(await made()).toEqual([]);
    await Promise.all([worker.run(), worker.run()]);
    expect(await made()).toHaveLength(1);
    expect((await mails()).filter(({ template }) => template === 'email-verification')).toHaveLength(1);
  });

  it('S0.40 200 at once for one CNPJ wait side by side, and of those that confirm at once one is its customer', async () => {
    const begun = await begin(portal(), ACTIVE);
    await settle();
    const number = 200;
    const [{ hash } = { hash: '' }] = await api.rows<{ hash: string }>(
      "select password_hash as hash from portal_users where email = 'ana@padaria.example'",
    );
    await api.rows(
      `insert into signups (organization_id, id, portal_id, kind, tax_id, status, locale, lookup, lookup_attempt, company,
          administrator_name, administrator_email, password_hash, expires_at)
        select organization_id, gen_random_uuid(), portal_id, kind, tax_id, 'submitted', locale, 'waiting', 1, null,
          'Pessoa ' || n, 'pessoa' || n || '@alvorada.example', $3, expires_at from signups, generate_series(1, $2::integer) n where id = $1`,
      begun.id,
      number,
      hash,
    );
    await api.rows(
      `insert into outbox (organization_id, id, job, version, payload)
        select organization_id, gen_random_uuid(), 'signup.look-up', 1, jsonb_build_object('signupId', id) from signups where status = 'submitted'`,
    );
    // Two workers at the same jobs.
    await Promise.all([worker.run(), worker.run()]);
    const standings = () =>
      api.rows(
        `select s.status, s.refusal, count(*)::integer, count(a.id)::integer as accounts, count(u.id)::integer as people
         from signups s left join billing_accounts a on a.id = s.account_id left join portal_users u on u.billing_account_id = a.id
         where s.tax_id = '90001000000107' and s.id <> $1 group by 1, 2 order by 3`,
        begun.id,
      );
    expect(await standings()).toEqual([
      { status: 'awaiting_confirmation', refusal: null, count: number, accounts: number, people: number },
    ]);
    expect([await accounts('90001000000107'), (await made()).length]).toEqual([[], number]);

    const several = 12;
    const waiting = await api.rows<{ id: string; email: string }>(
      `select id, administrator_email as email from signups where status = 'awaiting_confirmation' order by id limit ${several}`,
    );
    const tokens = api.app.get(SignupTokens, { strict: false });
    const links = await Promise.all(waiting.map(({ email }) => linkOf(email)));
    const answers = await Promise.all(
      waiting.map(({ id }, place) =>
        confirm(withToken(portal(), { token: tokens.ofBrowser({ id, handovers: 0 }) }), links[place]!),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(several - 1).fill(409)]);
    // Nobody is half of something: the others' accounts and people are gone.
    expect(await standings()).toEqual([
      { status: 'completed', refusal: null, count: 1, accounts: 1, people: 1 },
      { status: 'refused', refusal: 'already_registered', count: several - 1, accounts: 0, people: 0 },
      {
        status: 'awaiting_confirmation',
        refusal: null,
        count: number - several,
        accounts: number - several,
        people: number - several,
      },
    ]);
    expect(await accounts('90001000000107')).toHaveLength(1);
    expect(await made()).toHaveLength(number - several + 1);
    const told = (await mails()).filter(({ template }) => template === 'signup-refused');
    expect(new Set(told.map(({ to }) => to)).size).toBe(several - 1);
  }, 120_000);

  describe('of several who sign up by one number', () => {
    const OTHER = 'estranho@outra.example';

    it('S0.40 the first who confirms is the customer: who never does keeps nobody out, and who does later is told', async () => {
      const stranger = await waitingFor(ACTIVE, OTHER);
      const company = await waitingFor(ACTIVE, ADMINISTRATOR.email);
      const link = await linkOf(OTHER);
      expect((await company.confirm()).status).toBe(200);
      expect(await accounts('90001000000107')).toMatchObject([{ id: (await made())[1]!.id }]);
      expect(await api.rows("select changes from audit_log where action = 'portal.signup.claim_tax_id'")).toEqual([
        { changes: { before: { taxId: null }, after: { taxId: '90001000000107' } } },
      ]);

      const { body } = await refusal(confirm(portal(), link, NEW_PASSWORD), 409, 'signup_already_registered');
      const opened = (body as unknown as { signup: Begun }).signup;
      expect(opened.id).toBe(stranger.begun.id);
      expect(await look(portal(), opened)).toMatchObject({
        status: 'refused',
        refusal: { code: 'already_registered' },
        actions: ['ask_administrator'],
      });
      expect([await made(), await api.rows('select 1 from portal_users where email = $1', OTHER)]).toMatchObject([
        [{ tax_id: '90001000000107' }],
        [],
      ]);
      expect((await mails()).at(-1)).toEqual({ template: 'signup-refused', to: OTHER });
      await withToken(portal(), opened)
        .post(pathOf(opened, '/ask-administrator'), { name: 'Rui', email: OTHER })
        .expect(200);
      expect((await mails()).at(-1)).toEqual({ template: 'signup-already-registered', to: ADMINISTRATOR.email });
      await refusal(confirm(portal(), link, NEW_PASSWORD), 400, 'token_invalid');
      await refusal(stranger.own.post(pathOf(opened, '/withdraw')), 409, 'signup_step_not_allowed');
      expect((await begin(portal(), ACTIVE)).status).toBe('refused');
    });

    it.each([
      ['a company', ACTIVE, 409, 'refused', []],
      ['a person', '390.533.447-05', 200, 'completed', ['signup-already-customer']],
    ])('S0.40 %s whom staff have made a customer meanwhile', async (_who, taxId, status, standing, told) => {
      await openSignups(api, { acceptsCpf: true });
      const signup = await waitingFor(taxId, OTHER);
      const owner = await api.signIn('staff', 'owner@aurora.example');
      const account = { name: 'Cliente da equipe', taxId, email: 'cliente@registro.example' };
      await owner.post('/api/v1/admin/billing-accounts', account).expect(201);
      expect((await signup.confirm()).status).toBe(status);
      expect(await accounts(taxId.replace(/\D/g, ''))).toMatchObject([{ name: 'Cliente da equipe' }]);
      expect((await made()).map(({ tax_id }) => tax_id)).toEqual(status === 200 ? [null] : []);
      const staffs = (await owner.get(`/api/v1/admin/signups/${signup.begun.id}`).expect(200)).body as {
        signup: object;
      };
      expect(staffs.signup).toMatchObject({ status: standing, refusal: { code: 'already_registered' } });
      const sent = (await mails()).filter(({ to }) => to === account.email);
      expect(sent.map(({ template }) => template)).toEqual(told);
    });

    it.each([
      ['the same', '90001000000107'],
      ['another', '12ABC34501DE35'],
    ])('S0.40 a number that staff have written meanwhile stays, %s or not', async (_which, taxId) => {
      const signup = await waitingFor(ACTIVE, OTHER);
      const owner = await api.signIn('staff', 'owner@aurora.example');
      await owner.patch(`/api/v1/admin/billing-accounts/${(await made())[0]!.id}`, { taxId }).expect(200);
      expect((await signup.confirm()).status).toBe(200);
      expect(await made()).toMatchObject([{ tax_id: taxId }]);
    });

    it('S0.40 one that loses leaves what staff have done, and one whose person they have suspended is not ended by its link', async () => {
      const owner = await api.signIn('staff', 'owner@aurora.example');
      const [worked, suspended] = [await waitingFor(ACTIVE, OTHER), await waitingFor(ACTIVE, 'suspensa@outra.example')];
      const [first, second] = await made();
      const invitation = { billingAccountId: first!.id, email: 'bia@alvorada.example', name: 'Bia' };
      await owner.post('/api/v1/admin/invitations', invitation).expect(201);
      const [person] = await api.rows<{ id: string }>('select id from portal_users where email = $1', suspended.email);
      const link = await linkOf(suspended.email);
      await owner.patch(`/api/v1/admin/portal-users/${person!.id}`, { status: 'suspended' }).expect(200);
      await owner.post('/api/v1/admin/billing-accounts', { name: 'Papelaria', taxId: ACTIVE }).expect(201);
      await refusal(worked.confirm() as never, 409, 'signup_already_registered');
      await refusal(confirm(suspended.own, link), 400, 'token_invalid');
      expect(await made()).toMatchObject([
        { id: first!.id, tax_id: null },
        { id: second!.id, tax_id: null },
      ]);
      expect(await api.rows('select email from portal_users where email = any($1)', [OTHER, suspended.email])).toEqual([
        { email: suspended.email },
      ]);
    });
  });
});

/** An answer without what differs between any two signups: their numbers, addresses, ids, times and tokens. */
const plain = (answer: unknown, taxId: string) =>
  JSON.stringify(answer)
    .replaceAll(taxId.replace(/\D/g, ''), 'CPF')
    .replaceAll(`estranho-${taxId.slice(0, 3)}`, 'estranho')
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'ID')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/C-\d{4}-\d{6}/g, 'NUMBER')
    .replace(/("accessToken"|"token"):"[^"]+"/g, '$1');

describe('what is asked of whoever signs up', () => {
  it.each([
    ['11.222.333/0001-82', {}, 'isCnpj'],
    ['529.982.247-25', {}, 'isCnpj'],
    ['529.982.247-26', { acceptsCpf: true }, 'isTaxId'],
  ])('S0.33 the number %s with %j is refused: %s', async (taxId, settings, code) => {
    await openSignups(api, settings);
    const proof = { token: 'x.y', number: 1 };
    const problem = await refusal(
      portal().post('/api/v1/portal/signup/aurora', { taxId, proof }),
      400,
      'validation_failed',
    );
    expect(problem.body).toMatchObject({ errors: [{ path: 'taxId', code }] });
  });

  it('S0.33 a person comes in by CPF where the portal takes it, without the register', async () => {
    await openSignups(api, { acceptsCpf: true });
    const visitor = portal();
    const begun = await begin(visitor, '390.533.447-05');
    const signup = signupOf(await submit(visitor, begun, { company: undefined }).expect(200));
    expect([signup.status, signup.lookup.state]).toEqual(['awaiting_confirmation', 'none']);
    expect(await made()).toMatchObject([{ name: ADMINISTRATOR.name, source: 'signup', tax_id: null }]);
    await confirm(withToken(visitor, begun), await linkOf()).expect(200);
    expect(await accounts('39053344705')).toMatchObject([{ name: ADMINISTRATOR.name }]);
  });

  it('S0.40 that a person is a customer is told to nobody who knows the CPF, but to the address on record', async () => {
    await openSignups(api, { acceptsCpf: true });
    const [known, unknown] = ['111.444.777-35', '390.533.447-05'];
    await api.rows("update billing_accounts set tax_id = '11144477735' where tax_id = '11222333000181'");
    const answers = [];
    for (const taxId of [known, unknown]) {
      const visitor = portal();
      const begun = await begin(visitor, taxId);
      answers.push([
        await look(visitor, begun),
        signupOf(await submit(visitor, begun, { company: undefined }).expect(200)),
        signupOf(await withToken(visitor, begun).post(pathOf(begun, '/resend')).expect(200)),
        signupOf(
          await withToken(visitor, begun)
            .post(pathOf(begun, '/email'), { email: `${begun.id}@alvorada.example` })
            .expect(200),
        ),
        signupOf(await withToken(visitor, begun).post(pathOf(begun, '/withdraw')).expect(200)),
      ]);
    }
    const plain = answers.map((each) =>
      each.map(({ status, version, refusal, actions, lookup }) => ({ status, version, refusal, actions, lookup })),
    );
    expect(plain[0]).toEqual(plain[1]);
    const told = (await mails()).filter(({ template }) => template === 'signup-already-customer');
    expect(told.map(({ to }) => to)).toContain('ana@padaria.example');
    expect(new Set(told.map(({ to }) => to)).size).toBe(told.length);
    expect((await mails()).map(({ template }) => template)).not.toContain('signup-refused');
    expect(await accounts('11144477735')).toHaveLength(1);
  });

  it.each(['by itself', 'once staff have approved it'])(
    'S0.40 whoever signs up by a customer’s CPF comes in %s as everybody does, for an account without it',
    async (how) => {
      const isReviewed = how !== 'by itself';
      await openSignups(api, { acceptsCpf: true, reviewsEverySignup: isReviewed });
      await api.rows("update billing_accounts set tax_id = '11144477735' where tax_id = '11222333000181'");
      const owner = await api.signIn('staff', 'owner@aurora.example');
      const seen = [];
      for (const taxId of ['111.444.777-35', '390.533.447-05']) {
        const visitor = portal();
        const begun = await begin(visitor, taxId);
        const email = `davi@${taxId.slice(0, 3)}.example`;
        const more = { company: undefined, administrator: { ...ADMINISTRATOR, email } };
        const { version } = signupOf(await submit(visitor, begun, more).expect(200));
        const decided = `/api/v1/admin/signups/${begun.id}`;
        if (isReviewed) await owner.post(`${decided}/approve`, { version }).expect(200);
        const [user] = await api.rows<{ id: string }>('select id from portal_users where email = $1', email);
        const sent = (await mails()).filter(({ to }) => to === email).map(({ template }) => template);
        // As the worker does while it sends: the address has had its mails of the day.
        const mail = { template: 'email-verification', ids: { userId: user!.id, signupId: begun.id }, email };
        const unproved = api.app.get(UnprovedRecipients, { strict: false });
        for (let n = 0; n < 5; n += 1)
          await unproved.admit(systemContext(idOf('organization:aurora'), { clock: systemClock }), mail);
        const held = (await look(visitor, begun)).mailHeldUntil !== null;
        const token = await api.linkFor(user!.id, 'email_verification');
        const came = await withToken(visitor, begun).post('/api/v1/portal/signups/confirm', { token }).expect(200);
        seen.push({ sent, held, came: Object.keys(came.body as object) });
        const known = taxId.startsWith('111');
        const staffs = (await owner.get(decided).expect(200)).body as { signup: object };
        expect(staffs.signup).toMatchObject({
          status: 'completed',
          refusal: known ? { code: 'already_registered' } : null,
          billingAccountId: expect.any(String),
          // Staff are told whose it is.
          taxIdCustomer: known ? { id: expect.any(String), name: expect.any(String) } : null,
        });
        const { billingAccountId, taxIdCustomer } = staffs.signup as Record<string, unknown>;
        const listed = await owner
          .get(`/api/v1/admin/signups?billingAccountId=${String(billingAccountId)}`)
          .expect(200);
        expect(listed.body).toMatchObject({ data: [{ id: begun.id, taxIdCustomer }], pagination: { total: 1 } });
      }
      expect(seen[0]).toEqual(seen[1]);
      expect(await api.rows("select tax_id from billing_accounts where name = 'Carolina Sampaio' order by 1")).toEqual([
        { tax_id: '39053344705' },
        { tax_id: null },
      ]);
    },
  );

  it.each(['confirmed', 'waiting'])(
    'S0.40 a stranger with mailboxes of their own, whose first signup is %s, learns nothing by a second one by the same CPF',
    async (first) => {
      await openSignups(api, { acceptsCpf: true });
      await api.rows("update billing_accounts set tax_id = '11144477735' where tax_id = '11222333000181'");
      const seen = [];
      for (const taxId of ['111.444.777-35', '390.533.447-05']) {
        const mailboxes = ['um', 'dois'].map((name) => `${name}@estranho-${taxId.slice(0, 3)}.example`);
        const answers: unknown[] = [];
        for (const [place, email] of mailboxes.entries()) {
          const visitor = portal();
          const begun = await begin(visitor, taxId);
          const administrator = { ...ADMINISTRATOR, email };
          answers.push(await look(visitor, begun));
          answers.push((await submit(visitor, begun, { company: undefined, administrator }).expect(200)).body);
          if (place === 0 && first === 'waiting') continue;
          const came = await confirm(withToken(visitor, begun), await linkOf(email)).expect(200);
          const own = await api.signIn('portal', email, { password: PASSWORD });
          answers.push(came.body, await look(visitor, begun));
          for (const path of ['auth/me', 'profile', 'team'])
            answers.push((await own.get(`/api/v1/portal/${path}`).expect(200)).body);
        }
        const read = (await mails()).filter(({ to }) => mailboxes.includes(to as string));
        seen.push([...answers, read].map((answer) => plain(answer, taxId)));
      }
      expect(seen[0]).toEqual(seen[1]);
      // The customer whom staff have made one is told, and once in a day.
      const told = (await mails()).filter(({ template }) => template === 'signup-already-customer');
      expect(told.map(({ to }) => to)).toContain('ana@padaria.example');
      expect(new Set(told.map(({ to }) => to)).size).toBe(told.length);
    },
  );

  it('S0.40 a person who is a customer and comes in nowhere is told at the address of the account', async () => {
    await openSignups(api, { acceptsCpf: true });
    await api.rows(
      `insert into billing_accounts (organization_id, id, name, tax_id, email)
       values ($1, gen_random_uuid(), 'Davi Prado', '11144477735', 'davi@registro.example')`,
      idOf('organization:aurora'),
    );
    const visitor = portal();
    await submit(visitor, await begin(visitor, '11144477735'), { company: undefined }).expect(200);
    expect(await mails()).toContainEqual({ template: 'signup-already-customer', to: 'davi@registro.example' });
    const mail = await composed(api, 'signup-already-customer', 'pt-BR');
    expect(JSON.stringify(mail)).toContain('fale com Aurora');
    expect(JSON.stringify(mail)).not.toContain('"button"');
  });

  it.each([
    ['pt-BR', 'Você já tem cadastro em'],
    ['en-US', 'You are signed up at'],
  ] as const)('S0.40 a person who is a customer is led to the sign-in in %s', async (locale, subject) => {
    await openSignups(api, { acceptsCpf: true });
    await api.rows("update billing_accounts set tax_id = '11144477735' where tax_id = '11222333000181'");
    const visitor = portal();
    await submit(visitor, await begin(visitor, '11144477735'), { company: undefined }).expect(200);
    const mail = await composed(api, 'signup-already-customer', locale);
    expect(mail).toMatchObject({ subject: expect.stringContaining(subject) });
    expect(urlIn(mail).pathname).toBe('/portal/login');
  });

  it.each([
    [ACTIVE, 'carolina@gmail.com', { refusesPersonalEmail: true }, 'isPersonalEmail'],
    [ACTIVE, 'carolina@mailinator.com', {}, 'isDisposableEmail'],
    [ACTIVE, 'carolina@a.mailinator.com', {}, 'isDisposableEmail'],
    [ACTIVE, 'carolina@gmail.com', {}, undefined],
    [ACTIVE, 'carolina@mailinator.com', { refusesDisposableEmail: false }, undefined],
    // What is personal is refused of companies: a person has no other.
    ['390.533.447-05', 'carolina@gmail.com', { acceptsCpf: true, refusesPersonalEmail: true }, undefined],
  ])('S0.36 of %s the address %s with %j: %s', async (taxId, email, settings, code) => {
    await openSignups(api, settings);
    const visitor = portal();
    const begun = await begin(visitor, taxId);
    const sending = submit(visitor, begun, { administrator: { ...ADMINISTRATOR, email } });
    if (code === undefined) {
      await sending.expect(200);
      const other = withToken(visitor, begun).post(pathOf(begun, '/email'), { email: `b${email}` });
      return void (await other.expect(200));
    }
    expect((await refusal(sending, 400, 'validation_failed')).body).toMatchObject({
      errors: [{ path: 'administrator.email', code }],
    });
  });

  it('S0.36 a telephone is judged alike wherever it is written, beside all else that is wrong', async () => {
    const begun = await begin(portal(), ACTIVE);
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const account = { name: 'Padaria', taxId: '123' };
    const correct = { version: 1, company: {}, administrator: {} };
    const sent: [string[], (phone: string) => ReturnType<Visitor['post']>][] = [
      [['company.phone'], (phone) => submit(portal(), begun, { company: { phone } })],
      [['administrator.phone'], (phone) => submit(portal(), begun, { administrator: { ...ADMINISTRATOR, phone } })],
      [
        ['company.phone', 'administrator.phone'],
        (phone) =>
          owner.patch(`/api/v1/admin/signups/${begun.id}`, {
            ...correct,
            company: { phone },
            administrator: { phone },
          }),
      ],
      [['taxId', 'phone'], (phone) => owner.post('/api/v1/admin/billing-accounts', { ...account, phone })],
    ];
    for (const [paths, send] of sent) {
      const { body } = await refusal(send('3555-0142'), 400, 'validation_failed');
      expect(body.errors).toMatchObject(
        paths.map((path) => ({ path, code: path === 'taxId' ? 'isTaxId' : 'isTelephone' })),
      );
    }
    const abroad = { name: 'Padaria Lisboa', phone: '+351 21 123 4567' };
    await owner.post('/api/v1/admin/billing-accounts', abroad).expect(201);
  });

  it('S0.36 consents are kept with version, time and address, and none is taken for granted', async () => {
    const terms = {
      termsUrl: 'https://aurora.example/termos',
      privacyUrl: 'https://aurora.example/p',
      termsVersion: '3',
    };
    await openSignups(api, { terms });
    const { termsVersion: version, ...addresses } = terms;
    const shown = { version, ...addresses };
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    await settle();
    const problem = await refusal(
      submit(visitor, begun, { consents: { ...shown, terms: true } }),
      400,
      'validation_failed',
    );
    expect(problem.body).toMatchObject({ errors: [{ path: 'consents.privacy', code: 'mustAgree' }] });
    const both = { ...shown, terms: true, privacy: true };
    const others = [
      { version: '2' },
      { termsUrl: 'https://aurora.example/antes' },
      { privacyUrl: null },
      { privacyUrl: undefined },
    ];
    for (const other of others)
      await refusal(submit(visitor, begun, { consents: { ...both, ...other } }), 409, 'conflict');
    await submit(visitor, begun, { consents: both }).expect(200);
    const kept = await api.rows("select kind, version, url, ip from consents where version = '3' order by kind");
    expect(kept).toEqual([
      { kind: 'privacy', version: '3', url: terms.privacyUrl, ip: visitor.headers['x-forwarded-for'] },
      { kind: 'terms', version: '3', url: terms.termsUrl, ip: visitor.headers['x-forwarded-for'] },
    ]);
  });
});

it('S0.36 whoever changes the language of the page gets mails and an account in the one they chose last', async () => {
  const visitor = (language?: string) => api.visitor('/o/aurora', language ? { 'accept-language': language } : {});
  const [portuguese, english] = ['pt-BR', 'en-US'];
  const begun = await begin(visitor(portuguese), ACTIVE);
  const sent = async () => {
    const [mail] = await api.rows<{ locale: string }>('select locale from mails order by id desc limit 1');
    const [signup] = await api.rows<{ locale: string }>('select locale from signups where id = $1', begun.id);
    const [user] = await api.rows<{ locale: string }>(
      'select locale from portal_users where email = $1',
      ADMINISTRATOR.email,
    );
    return [mail!.locale, signup!.locale, user?.locale];
  };
  await submit(visitor(english), begun).expect(200);
  expect(await sent()).toEqual([english, english, undefined]);
  await settle();
  expect(await sent()).toEqual([english, english, english]);
  const again = (language?: string) => withToken(visitor(language), begun).post(pathOf(begun, '/resend')).expect(200);
  await again(portuguese);
  expect(await sent()).toEqual([portuguese, portuguese, portuguese]);
  // Who asks for no language has changed none.
  await again();
  expect((await sent())[2]).toBe(portuguese);
  await confirm(withToken(visitor(english), begun), await linkOf()).then(({ status }) => expect(status).toBe(200));
  expect((await sent())[2]).toBe(english);
});

describe('the check against robots', () => {
  it.each([
    ['that is out of time', 'aurora', -15 * 60 * 1_000 - 1_000],
    ['of another portal', 'boreal', 0],
  ])('refuses an answer to a challenge %s', async (_which, slug, since) => {
    await openSignups(api, {}, 'boreal');
    const then = Date.now() + since;
    // Challenges say themselves until when they are good.
    const clock = since ? jest.spyOn(Date, 'now').mockReturnValue(then) : undefined;
    const page = await api
      .visitor(`/o/${slug}`)
      .get(`/api/v1/portal/signup/${slug}`)
      .then((answer) => answer)
      .finally(() => clock?.mockRestore());
    const proof = solve((page.body as { signupPage: { challenge: never } }).signupPage.challenge);
    await refusal(portal().post('/api/v1/portal/signup/aurora', { taxId: ACTIVE, proof }), 400, 'proof_invalid');
  });

  it('is harder for whoever looks at the page again and again, and for others by signups that are begun alone', async () => {
    const workOf = async (visitor: Visitor) =>
      ((await visitor.get('/api/v1/portal/signup/aurora').expect(200)).body as SignupPage).signupPage.challenge.most;
    const looking = portal();
    for (let n = 0; n < 4; n += 1) await Promise.all(Array.from({ length: 25 }, () => workOf(looking)));
    expect(await workOf(looking)).toBe(MOST_WORK);
    expect(await workOf(portal())).toBe(LEAST_WORK);
    await begin(portal(), ACTIVE);
    const begun = JSON.stringify(['signup', 'begin', 'portal', idOf('portal:aurora')]);
    await api.app.get(RateLimiter, { strict: false }).consumeEach({ [begun]: 500 }, 60 * 60, 98);
    expect(await workOf(portal())).toBe(LEAST_WORK);
    await begin(portal(), ACTIVE);
    expect(await workOf(portal())).toBe(LEAST_WORK * 2);
  });

  it('counts once', async () => {
    const visitor = portal();
    const page = await visitor.get('/api/v1/portal/signup/aurora').expect(200);
    const proof = solve((page.body as { signupPage: { challenge: never } }).signupPage.challenge);
    const sending = () => visitor.post('/api/v1/portal/signup/aurora', { taxId: ACTIVE, proof });
    const answers = await Promise.all([sending(), sending(), sending()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400]);
  });

  it.each([
    [
      'with another number',
      (proof: { token: string; number: number }) => ({ proof: { ...proof, number: proof.number + 1 } }),
    ],
    ['with a token of its own', () => ({ proof: { token: 'made.up', number: 1 } })],
    ['by what fills in every field', (proof: object) => ({ proof, website: 'https://robot.example' })],
  ])('refuses an answer %s', async (_how, change) => {
    const visitor = portal();
    const page = await visitor.get('/api/v1/portal/signup/aurora').expect(200);
    const proof = solve((page.body as { signupPage: { challenge: never } }).signupPage.challenge);
    await refusal(
      visitor.post('/api/v1/portal/signup/aurora', { taxId: ACTIVE, ...change(proof) }),
      400,
      'proof_invalid',
    );
  });
});

describe('limits', () => {
  it('a network begins ten signups with a number and 60 in all in an hour, and others go on', async () => {
    // Others ask for the riddles, which would become hard for one that asks so often.
    const begins = async (visitor: Visitor, taxId: string) => {
      const page = await portal().get('/api/v1/portal/signup/aurora').expect(200);
      const proof = solve((page.body as { signupPage: { challenge: never } }).signupPage.challenge);
      return visitor.post('/api/v1/portal/signup/aurora', { taxId, proof });
    };
    const visitor = portal();
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1) statuses.push((await begins(visitor, ACTIVE)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 201), 429]);
    for (let n = 10; n < 60; n += 1)
      expect((await begins(visitor, UNKNOWN[n % UNKNOWN.length]!)).body).toMatchObject({
        signup: { status: 'started' },
      });
    expect((await begins(visitor, ALPHANUMERIC)).body).toMatchObject({ code: 'rate_limited' });
    await begin(portal(), ACTIVE);
  });

  it.each([
    ['is sent', 10, '/submit', { administrator: ADMINISTRATOR }],
    ['has its address corrected', 5, '/email', { email: 'carol@alvorada.example' }],
    ['has the register asked', 6, '/retry', undefined],
    ['asks an administrator', 5, '/ask-administrator', { name: 'Rui Dias', email: 'rui@estrela.example' }],
  ])('a signup %s %d times in an hour, whether that comes to anything or not', async (_what, most, step, body) => {
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    const send = () => withToken(visitor, begun).post(pathOf(begun, step), body);
    for (let n = 0; n < most; n += 1) expect((await send()).status).not.toBe(429);
    await refusal(send(), 429, 'rate_limited');
  });

  it.each([
    ['submit', '/submit', { administrator: ADMINISTRATOR, disputes: true }],
    ['email', '/email', { email: 'carol@alvorada.example' }],
    ['resend', '/resend', undefined],
    ['retry', '/retry', undefined],
    ['ask', '/ask-administrator', { name: 'Rui Dias', email: 'rui@estrela.example' }],
  ])(
    '%s, refused as it is not its turn, counts nothing of what a portal has for everybody',
    async (step, path, body) => {
      const visitor = portal();
      const begun = await begin(visitor, ACTIVE);
      await settle();
      await refusal(withToken(visitor, begun).post(pathOf(begun, path), body), 409, 'signup_step_not_allowed');
      const limiter = api.app.get(RateLimiter, { strict: false });
      const ofPortal = JSON.stringify(['signup', step, 'portal', idOf('portal:aurora')]);
      const once = { limit: 1, windowSeconds: 3_600, blockSeconds: 0 };
      expect(await limiter.check(ofPortal, once)).toMatchObject({ allowed: true });
    },
  );

  it('what is refused counts against no address, nor a proof that is sent again against a number', async () => {
    const stranger = portal();
    const begun = await begin(stranger, ACTIVE);
    const data = { administrator: ADMINISTRATOR, disputes: true };
    for (let n = 0; n < 10; n += 1)
      await refusal(withToken(stranger, begun).post(pathOf(begun, '/submit'), data), 409, 'signup_step_not_allowed');
    const page = await stranger.get('/api/v1/portal/signup/aurora').expect(200);
    const proof = solve((page.body as { signupPage: { challenge: never } }).signupPage.challenge);
    const again = () => portal().post('/api/v1/portal/signup/aurora', { taxId: ACTIVE, proof });
    await again().expect(201);
    for (let n = 0; n < 60; n += 1) await refusal(again(), 400, 'proof_invalid');
    const visitor = portal();
    await submit(visitor, await begin(visitor, ACTIVE)).expect(200);
  });

  it('what is refused for its password sends no mail, and keeps nobody from the address', async () => {
    const stranger = portal();
    const begun = await begin(stranger, ACTIVE);
    const common = { administrator: { ...ADMINISTRATOR, password: 'mudar123' } };
    for (let n = 0; n < 10; n += 1) await refusal(submit(stranger, begun, common), 400, 'password_too_common');
    expect(await mails()).toEqual([]);
    await submit(stranger, await begin(stranger, ACTIVE)).expect(200);
    const owner = portal();
    await submit(owner, await begin(owner, ACTIVE)).expect(200);
  });

  it('of five at once that send the data of one signup one is taken, and one is counted', async () => {
    const stranger = portal();
    for (let round = 0; round < 3; round += 1) {
      const begun = await begin(stranger, ACTIVE);
      const sent = await Promise.all(Array.from({ length: 5 }, () => submit(stranger, begun)));
      expect(sent.filter(({ status }) => status === 200)).toHaveLength(1);
    }
    await submit(stranger, await begin(stranger, ACTIVE)).expect(200);
  });

  it.each([
    [
      'sends its mails again to',
      async (stranger: Visitor, begun: Begun, email: string) => {
        await submit(stranger, begun, { administrator: { ...ADMINISTRATOR, email } }).expect(200);
        for (let n = 0; n < 5; n += 1) await withToken(stranger, begun).post(pathOf(begun, '/resend')).expect(200);
      },
    ],
    [
      'corrects to',
      async (stranger: Visitor, begun: Begun, email: string) => {
        for (const each of [begun, await begin(stranger, ALPHANUMERIC)]) {
          const own = { ...ADMINISTRATOR, email: `own${each.id}@outra.example` };
          await submit(stranger, each, { administrator: own }).expect(200);
          for (const to of [email, own.email, email, own.email, email].slice(each === begun ? 0 : 2))
            await withToken(stranger, each).post(pathOf(each, '/email'), { email: to }).expect(200);
        }
      },
    ],
  ])('what a stranger %s an address keeps nobody else from doing so', async (_what, does) => {
    const email = 'vitoria@alvorada.example';
    const stranger = portal();
    await does(stranger, await begin(stranger, ACTIVE), email);
    const owner = portal();
    const own = await begin(owner, ACTIVE);
    await submit(owner, own).expect(200);
    await withToken(owner, own).post(pathOf(own, '/email'), { email }).expect(200);
    await withToken(owner, own).post(pathOf(own, '/resend')).expect(200);
  });

  it('an address is sent data by ten signups in an hour, from whatever network', async () => {
    const send = async () => {
      const visitor = portal();
      return submit(visitor, await begin(visitor, ACTIVE));
    };
    for (let n = 0; n < 10; n += 1) await (await send()).status;
    await refusal(send() as never, 429, 'rate_limited');
  }, 60_000);

  describe('of a network, to an address', () => {
    /** What the worker sends of it by itself: that the data came, and that a person looks. */
    const sendTwo = async (visitor: Visitor, slug?: string) => {
      const begun = await begin(visitor, UNKNOWN[0]!, slug);
      const sent = await submit(visitor, begun);
      return { begun, sent };
    };
    const spent = async (visitor: Visitor, slug?: string) => {
      const { sent } = await sendTwo(visitor, slug);
      const { headers } = await refusal(sent as never, 429, 'rate_limited');
      expect(Number(headers['retry-after'])).toBeGreaterThan(60 * 60);
    };

    it('ten mails go in a day, whatever the signups and the portals, and what an address gets is left to its owner', async () => {
      await openSignups(api, {}, 'partners');
      const stranger = api.visitor('');
      for (const slug of ['aurora', 'aurora-partners', 'aurora', 'aurora-partners'])
        expect((await sendTwo(stranger, slug)).sent.status).toBe(200);
      const { begun } = await sendTwo(stranger);
      await settle();
      const unproved = api.app.get(UnprovedRecipients, { strict: false });
      const organization = systemContext(idOf('organization:aurora'), { clock: systemClock });
      const all = await api.rows<{ template: string; email: string; ids: Record<string, string> }>(
        `select template, recipient_email as email, subject_ids as ids from mails where recipient_email = $1 order by id`,
        ADMINISTRATOR.email,
      );
      // Each is one that goes out.
      for (const mail of all) expect(await unproved.admit(organization, mail)).toBe(true);
      expect(all).toHaveLength(10);
      await refusal(withToken(stranger, begun).post(pathOf(begun, '/resend')), 429, 'rate_limited');
      for (const slug of ['aurora', 'aurora-partners']) await spent(stranger, slug);
      const owner = portal();
      const { begun: own, sent } = await sendTwo(owner);
      expect(signupOf(sent)).toMatchObject({ mailHeldUntil: null });
      const theirs = { template: 'signup-received', email: ADMINISTRATOR.email, ids: { signupId: own.id } };
      for (let n = 0; n < 2; n += 1) expect(await unproved.admit(organization, theirs)).toBe(true);
      await withToken(owner, own).post(pathOf(own, '/resend')).expect(200);
    });

    it('a site sends hardly more by all of its networks', async () => {
      const at = (network: number) => portal().with({ headers: { 'x-forwarded-for': `2001:db8:1:${network}::1` } });
      for (let network = 1; network <= 6; network += 1) expect((await sendTwo(at(network))).sent.status).toBe(200);
      await spent(at(7));
      expect((await sendTwo(portal())).sent.status).toBe(200);
    });
  });

  it('a signup sends five mails in an hour', async () => {
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    await settle();
    await submit(visitor, begun).expect(200);
    const resend = () => withToken(visitor, begun).post(pathOf(begun, '/resend'));
    for (let n = 0; n < 5; n += 1) await resend().expect(200);
    await refusal(resend(), 429, 'rate_limited');
  });

  it('whether an address is a customer’s, of staff or nobody’s is not told by what is kept back', async () => {
    const unproved = api.app.get(UnprovedRecipients, { strict: false });
    const organization = systemContext(idOf('organization:aurora'), { clock: systemClock });
    const told = [];
    for (const email of ['ana@padaria.example', 'owner@aurora.example', 'nobody77@padaria.example']) {
      const { begun, own } = await waitingFor(ACTIVE, email);
      const [user] = await api.rows<{ userId: string }>(
        'select user_id as "userId" from signups where id = $1',
        begun.id,
      );
      const mail = { template: 'email-verification', email, ids: { ...user!, signupId: begun.id } };
      const seen = [];
      for (let n = 0; n < 6; n += 1) {
        // As the worker does while it sends.
        const goes = await unproved.admit(organization, mail);
        const sent = await own.post(pathOf(begun, '/resend'));
        const isHeld = (await look(own, begun)).mailHeldUntil !== null;
        seen.push([goes, sent.status, Number(sent.headers['retry-after'] ?? 0) > 23 * 60 * 60, isHeld]);
      }
      told.push(seen);
    }
    expect(told[0]).toEqual(told[2]);
    expect(told[1]).toEqual(told[2]);
    expect(told[2]).toEqual([
      ...Array.from({ length: 4 }, () => [true, 200, false, false]),
      [true, 429, true, true],
      // Its five times in an hour are over as well.
      [false, 429, false, true],
    ]);
  });

  it('whether an account of an address waits to be confirmed is not told by what is kept back', async () => {
    const unproved = api.app.get(UnprovedRecipients, { strict: false });
    const organization = systemContext(idOf('organization:aurora'), { clock: systemClock });
    const told = [];
    for (const email of ['pending@padaria.example', 'nobody78@padaria.example']) {
      for (let n = 0; n < 4; n += 1)
        await portal().post('/api/v1/portal/auth/resend-verification', { email }).expect(200);
      const sent = await api.rows<{ template: string; ids: Record<string, string> }>(
        'select template, subject_ids as ids from mails where recipient_email = $1',
        email,
      );
      expect(sent.length > 0).toBe(email.startsWith('pending'));
      for (const mail of sent) await unproved.admit(organization, { ...mail, email });
      const { begun, own } = await waitingFor(ACTIVE, email);
      // Its own, and as many of others as an address gets in all.
      const seen = [];
      for (let n = 0; n < 20; n += 1) {
        const ids = { signupId: n === 0 ? begun.id : `${begun.id}${n}` };
        const goes = await unproved.admit(organization, { template: 'email-verification', email, ids });
        seen.push([goes, (await look(own, begun)).mailHeldUntil !== null]);
      }
      told.push(seen);
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[1]!.map(([, isHeld]) => isHeld)).toEqual([...Array.from({ length: 19 }, () => false), true]);
  });

  it('whose mail is kept back says so and until when, and keeps the link of before; no other signup is in its way', async () => {
    const others = portal();
    const stranger = await begin(others, ACTIVE);
    await settle();
    await submit(others, stranger).expect(200);
    const [user] = await api.rows<{ id: string }>('select id from portal_users where email = $1', ADMINISTRATOR.email);
    const organization = systemContext(idOf('organization:aurora'), { clock: systemClock });
    const ids = { userId: user!.id, signupId: stranger.id };
    const mail = { template: 'email-verification', email: ADMINISTRATOR.email, ids };
    const unproved = api.app.get(UnprovedRecipients, { strict: false });
    for (let n = 0; n < 5; n += 1) expect(await unproved.admit(organization, mail)).toBe(true);
    const before = await mails();
    const { mailHeldUntil } = await look(others, stranger);
    expect(Date.parse(mailHeldUntil!)).toBeGreaterThan(Date.now() + 23 * 60 * 60_000);
    const refused = await refusal(withToken(others, stranger).post(pathOf(stranger, '/resend')), 429, 'rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(23 * 60 * 60);
    expect(await mails()).toEqual(before);
    const visitor = portal();
    const own = await begin(visitor, ALPHANUMERIC);
    await settle();
    expect(signupOf(await submit(visitor, own).expect(200))).toMatchObject({ mailHeldUntil: null });
    await withToken(visitor, own).post(pathOf(own, '/resend')).expect(200);
  });
});

describe('where it is found', () => {
  it.each([
    [
      'S0.31 S0.56 switched off',
      async () => openSignups(api, { enabled: false }),
      '/o/aurora',
      'aurora',
      403,
      'PORTAL_SIGNUP_DISABLED',
    ],
    ["S0.32 below another portal's address", async () => {}, '/o/boreal', 'aurora', 404, 'not_found'],
    ['S0.32 a slug that nobody has', async () => {}, '', 'nobody', 404, 'not_found'],
    [
      'of a suspended organization',
      async () => api.rows("update organizations set status = 'suspended' where id = $1", idOf('organization:aurora')),
      '',
      'aurora',
      403,
      'organization_suspended',
    ],
  ])('%s', async (_what, arrange, base, slug, status, code) => {
    await arrange();
    const body = { taxId: ACTIVE, proof: { token: 'made.up', number: 1 } };
    await refusal(api.visitor(base).post(`/api/v1/portal/signup/${slug}`, body), status, code as never);
  });

  it('S0.32 S0.55 a slug is one in the installation, also when two take it at the same moment', async () => {
    const [aurora, boreal] = await Promise.all(
      ['aurora', 'boreal'].map((name) => api.signIn('staff', `owner@${name}.example`)),
    );
    const take = (owner: Visitor, name: string, signupSlug: string) =>
      owner.patch(`/api/v1/admin/portals/${idOf(`portal:${name}`)}`, { version: 1, signupSlug });
    const problem = await refusal(take(boreal!, 'boreal', 'aurora'), 400, 'validation_failed');
    expect(problem.body).toMatchObject({ errors: [{ path: 'signupSlug', code: 'slug_taken' }] });
    const both = await Promise.all([take(aurora!, 'aurora', 'clientes'), take(boreal!, 'boreal', 'clientes')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('S0.55 nobody names a signup page as another portal was named until lately, but that portal itself', async () => {
    const [aurora, boreal] = await Promise.all(
      ['aurora', 'boreal'].map((name) => api.signIn('staff', `owner@${name}.example`)),
    );
    const rename = { version: 1, slug: 'aurora-internet' };
    await aurora!.patch(`/api/v1/admin/portals/${idOf('portal:aurora')}/slug`, rename).expect(200);
    const take = (owner: Visitor, name: string, version: number) =>
      owner.patch(`/api/v1/admin/portals/${idOf(`portal:${name}`)}`, { version, signupSlug: 'aurora' });
    const refused = () => refusal(take(boreal!, 'boreal', 1), 400, 'validation_failed');
    expect((await refused()).body.errors).toMatchObject([{ path: 'signupSlug', code: 'slug_taken' }]);
    await take(aurora!, 'aurora', 2).expect(200);
    await aurora!.patch(`/api/v1/admin/portals/${idOf('portal:aurora')}`, { version: 3, signupSlug: null }).expect(200);
    await api.rows("update portal_slugs set kept_until = now() - interval '1 minute' where slug = 'aurora'");
    await take(boreal!, 'boreal', 1).expect(200);
  });

  it('S0.32 S0.55 what was printed leads there after the portal has another slug, or its signup a name of its own', async () => {
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const portalOf = `/api/v1/admin/portals/${idOf('portal:aurora')}`;
    await owner.patch(`${portalOf}/slug`, { version: 1, slug: 'aurora-nova' }).expect(200);
    const asked = (slug: string) => api.visitor('/o/aurora-nova').get(`/api/v1/portal/signup/${slug}`);
    for (const slug of ['aurora', 'aurora-nova']) await asked(slug).expect(200);
    await owner.patch(portalOf, { version: 2, signupSlug: 'seja-cliente' }).expect(200);
    for (const slug of ['aurora', 'aurora-nova', 'seja-cliente']) await asked(slug).expect(200);
    await owner.patch(portalOf, { version: 3, signupSlug: 'cadastro' }).expect(200);
    for (const slug of ['aurora', 'aurora-nova', 'seja-cliente', 'cadastro']) await asked(slug).expect(200);
    await refusal(api.visitor('/o/boreal').get('/api/v1/portal/signup/aurora'), 404, 'not_found');
  });

  it('S0.32 S0.55 a replaced name of a signup page is its portal’s for 90 days, and a portal has only so many', async () => {
    const [aurora, boreal] = await Promise.all(
      ['aurora', 'boreal'].map((name) => api.signIn('staff', `owner@${name}.example`)),
    );
    const portals = '/api/v1/admin/portals';
    let version = 1;
    const name = async (signupSlug: string | null) => {
      const answer = await aurora!.patch(`${portals}/${idOf('portal:aurora')}`, { version, signupSlug });
      if (answer.status === 200) version += 1;
      return answer;
    };
    for (const slug of ['impresso', 'cadastro']) expect((await name(slug)).status).toBe(200);
    const take = () => boreal!.patch(`${portals}/${idOf('portal:boreal')}`, { version: 1, signupSlug: 'impresso' });
    const found = () => boreal!.post(portals, { name: 'Boreal', slug: 'impresso' });
    const refused = await refusal(take(), 400, 'validation_failed');
    expect(refused.body.errors).toMatchObject([{ path: 'signupSlug', code: 'slug_taken' }]);
    await refusal(found(), 400, 'validation_failed');
    const check = await boreal!.post(`${portals}/slug/check`, { slug: 'impresso' }).expect(200);
    expect(check.body.isFree).toBe(false);
    await api.visitor('/o/impresso').get('/portal/signup/impresso').expect(301);

    for (let time = 1; time <= 4; time += 1) expect((await name(`cadastro-${time}`)).status).toBe(200);
    for (const slug of ['cadastro-5', null]) {
      const { body } = await refusal((await name(slug)) as never, 400, 'validation_failed');
      expect(body.errors).toMatchObject([{ path: 'signupSlug', code: 'tooManyAddresses' }]);
    }
    expect((await name('impresso')).status).toBe(200);
    await name('cadastro');
    await api.rows("update portal_slugs set kept_until = now() - interval '1 minute' where slug = 'impresso'");
    await refusal(api.visitor('').get('/api/v1/portal/signup/impresso'), 404, 'not_found');
    await take().expect(200);
  });

  describe('at a portal that is archived', () => {
    const PARTNERS = idOf('portal:partners');
    /** The organization goes on with another default portal. */
    const archive = async () => {
      const owner = await api.signIn('staff', 'owner@aurora.example');
      await owner.post(`/api/v1/admin/portals/${PARTNERS}/make-default`).expect(200);
      await owner.post(`/api/v1/admin/portals/${idOf('portal:aurora')}/archive`).expect(200);
      return owner;
    };
    const elsewhere = () => api.visitor('/o/aurora-partners');

    it('S0.32 what was sent is followed at the default one, goes on, and is finished there', async () => {
      await openSignups(api, { reviewsEverySignup: true });
      const visitor = portal();
      const begun = await begin(visitor, ACTIVE);
      await settle();
      await submit(visitor, begun).expect(200);
      const mailed = urlIn(await composed(api, 'signup-received', 'pt-BR'));
      expect(mailed.pathname).toBe(`/portal/signup/aurora/${begun.id}`);
      const owner = await archive();

      const { headers } = await api.visitor('/o/aurora').get(`${mailed.pathname}?lang=en-US`).expect(302);
      expect(headers['location']).toBe(
        `http://localhost:3000/o/aurora-partners/portal/signup/aurora-partners/${begun.id}?lang=en-US`,
      );
      await elsewhere().get('/portal/signup/aurora-partners').expect(200);
      const { hash } = mailed;
      const token = new URLSearchParams(hash.slice(1)).get('token')!;
      const opened = { id: begun.id, token };
      const { version, status } = await look(elsewhere(), opened);
      expect(status).toBe('in_review');
      // A mail that leaves now leads there at once.
      const later = urlIn(await composed(api, 'signup-received', 'pt-BR'));
      expect(later.href.split('#')[0]).toBe(
        `http://localhost:3000/o/aurora-partners/portal/signup/aurora-partners/${begun.id}`,
      );
      await owner.post(`/api/v1/admin/signups/${begun.id}/approve`, { version }).expect(200);
      const link = urlIn(await composed(api, 'signup-approved', 'pt-BR'));
      expect(link.pathname).toMatch(/\/o\/aurora-partners\/portal\/confirm-signup$/);
      const confirm = { token: await linkOf(), password: PASSWORD };
      await elsewhere().post('/api/v1/portal/signups/confirm', confirm).expect(200);
      expect((await look(elsewhere(), opened)).status).toBe('completed');
    });

    it('S0.32 nothing is sent any more, what waits can be withdrawn, and its API leads to the default one', async () => {
      const visitor = portal();
      const [begun, sent] = [await begin(visitor, ACTIVE), await begin(visitor, ALPHANUMERIC)];
      await settle();
      await submit(visitor, sent).expect(200);
      await archive();
      const gone = await refusal(withToken(visitor, sent).get(pathOf(sent)), 404, 'not_found');
      expect(gone.body.portals).toMatchObject([{ address: 'http://localhost:3000/o/aurora-partners/portal/' }]);
      await refusal(submit(elsewhere(), begun), 403, 'PORTAL_SIGNUP_DISABLED');
      const { status } = signupOf(
        await withToken(elsewhere(), sent)
          .post(`${pathOf(sent)}/withdraw`)
          .expect(200),
      );
      expect(status).toBe('withdrawn');
      for (const page of [`signup/aurora`, `signup/aurora/administrator`, `signup/aurora/x${begun.id}`])
        await api.visitor('/o/aurora').get(`/portal/${page}`).expect(404);
    });
  });

  it.each([
    ['', 'aurora', 302, 'https://portal.aurora.example/portal/signup/aurora?lang=en-US'],
    ['', 'boreal', 302, 'http://localhost:3000/o/boreal/portal/signup/boreal?lang=en-US'],
    ['/o/aurora', 'aurora', 200, undefined],
    ['/o/boreal', 'aurora', 404, undefined],
    ['/o/boreal', 'nobody', 404, undefined],
  ])('S0.32 the page at %s of %s answers %d and leads to %s', async (base, slug, status, address) => {
    const page = await api.visitor(base).get(`/portal/signup/${slug}?lang=en-US`);
    expect([page.status, page.headers['location']]).toEqual([status, address]);
  });

  it('S0.31 an open signup page tells search engines of itself, and a shut one nothing', async () => {
    const page = () => api.visitor('/o/aurora').get('/portal/signup/aurora?lang=pt-BR').expect(200);
    const open = await page();
    expect(open.text).toMatch(
      /<title>Cadastro · [^<]+<\/title><meta name="description" content="Torne sua empresa cliente/,
    );
    expect(open.text).toContain('/portal/signup/aurora" />');
    expect(open.headers['x-robots-tag']).toBeUndefined();
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const change = { version: 1, settings: { signup: { enabled: false } } };
    await owner.patch(`/api/v1/admin/portals/${idOf('portal:aurora')}`, change).expect(200);
    const shut = await page();
    expect(shut.text).not.toContain('Cadastro ·');
    expect(shut.headers['x-robots-tag']).toBe('noindex');
  });

  it('a signup is opened by its own token only, and what is wrong looks the same', async () => {
    const visitor = portal();
    const [one, other] = [await begin(visitor, ACTIVE), await begin(visitor, ALPHANUMERIC)];
    for (const [base, id, token] of [
      ['/o/aurora', one.id, other.token],
      ['/o/aurora', one.id, ''],
      ['/o/aurora', idOf('signup:none'), one.token],
      ['/o/boreal', one.id, one.token],
    ] as const)
      await refusal(withToken(api.visitor(base), { token }).get(pathOf({ id })), 404, 'not_found');
  });

  it('S0.34 the page hears at once what it waits for', async () => {
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    const seen = (await look(visitor, begun)).version;
    const waiting = withToken(visitor, begun)
      .get(`${pathOf(begun)}?seen=${seen}`)
      .then(signupOf);
    const before = Date.now();
    await settle();
    expect((await waiting).lookup.state).toBe('active');
    expect(Date.now() - before).toBeLessThan(15_000);
  });
});

describe('staff', () => {
  const reviewed = async () => {
    await openSignups(api, { reviewsEverySignup: true });
    const visitor = portal();
    const begun = await begin(visitor, ACTIVE);
    await settle();
    const { version, status } = signupOf(await submit(visitor, begun).expect(200));
    expect(status).toBe('in_review');
    return { visitor, begun, version, owner: await api.signIn('staff', 'owner@aurora.example') };
  };
  const path = ({ id }: Begun, step = '') => `/api/v1/admin/signups/${id}${step}`;

  it('correct and approve: the person gets a link and comes in', async () => {
    const { visitor, begun, version, owner } = await reviewed();
    expect(await mails()).toEqual(
      expect.arrayContaining([
        { template: 'signup-received', to: ADMINISTRATOR.email },
        { template: 'signup-to-review', to: 'owner@aurora.example' },
      ]),
    );
    // The register has the company as active, by an older name than its articles.
    const company = { legalName: 'Papelaria Alterada Ltda', tradeName: 'Papelaria Corrigida' };
    const administrator = { phone: '(19) 98765-4321' };
    const corrected = signupOf(await owner.patch(path(begun), { version, company, administrator }).expect(200));
    // What the person wrote stays beside it.
    expect(corrected).toMatchObject({
      corrections: company,
      legalName: company.legalName,
      correctedFields: [
        { field: 'company.legalName', by: expect.any(String) },
        { field: 'company.tradeName', by: expect.any(String) },
        { field: 'administrator.phone', by: expect.any(String) },
      ],
      administrator: { name: ADMINISTRATOR.name, phone: '(19) 98765-4321' },
      typed: { corrections: COMPANY, administrator: { name: ADMINISTRATOR.name, phone: null } },
      correctedByName: expect.any(String),
      correctedAt: expect.any(String),
    });
    expect(await api.rows("select changes from audit_log where action = 'staff.signup.update'")).toMatchObject([
      { changes: { before: { administratorPhone: null }, after: { administratorPhone: '(19) 98765-4321' } } },
    ]);
    await refusal(owner.post(path(begun, '/approve'), { version }), 409, 'conflict');
    const done = signupOf(await owner.post(path(begun, '/approve'), { version: corrected.version }).expect(200));
    expect(done.status).toBe('awaiting_confirmation');
    // Staff have looked at that address: the browser that began hands the account to no other.
    expect((await look(visitor, begun)).actions).toEqual(['resend', 'withdraw']);
    await refusal(
      withToken(visitor, begun).post(pathOf(begun, '/email'), { email: 'eu@alvorada.example' }),
      409,
      'signup_step_not_allowed',
    );
    expect(await made()).toMatchObject([{ name: 'Papelaria Corrigida', tax_id: null }]);
    expect(await api.rows('select legal_name from billing_accounts where id = $1', (await made())[0]!.id)).toEqual([
      { legal_name: company.legalName },
    ]);
    expect((await mails()).at(-1)).toEqual({ template: 'signup-approved', to: ADMINISTRATOR.email });
    expect(JSON.stringify(await composed(api, 'signup-approved', 'pt-BR'))).toContain(company.legalName);
    // The customer has no number yet: it is found by it among the signups, and by its own account.
    for (const query of ['q=90.001.000/0001-07', `billingAccountId=${(await made())[0]!.id}`]) {
      const { body: found } = await owner.get(`/api/v1/admin/signups?${query}`).expect(200);
      expect((found as { data: object[] }).data).toMatchObject([
        { id: begun.id, taxId: '90001000000107', companyName: company.legalName },
      ]);
    }
    await confirm(portal(), await linkOf(), NEW_PASSWORD).expect(200);
    expect(await accounts('90001000000107')).toMatchObject([{ name: 'Papelaria Corrigida' }]);
  });

  it('what staff write of another mailbox is shown to its reader, and no more to the browser that began', async () => {
    const { visitor, begun, version, owner } = await reviewed();
    const own = { name: 'Vitória Lima', email: 'vitoria@alvorada.example', phone: '+55 19 98765-4321' };
    const begins = withToken(visitor, begun);
    const waiting = begins.get(`${pathOf(begun)}?seen=${version}`).then((answer) => answer);
    await look(visitor, begun);
    const corrected = signupOf(await owner.patch(path(begun), { version, administrator: own }).expect(200));
    const watched = await waiting;
    expect([watched.status, JSON.stringify(watched.body)]).toEqual([404, expect.not.stringMatching(/vit[oó]ria/i)]);
    await refusal(begins.get(pathOf(begun)), 404, 'not_found');
    await refusal(begins.post(pathOf(begun, '/withdraw')), 404, 'not_found');
    await refusal(begins.post(pathOf(begun, '/email'), { email: 'eu@alvorada.example' }), 404, 'not_found');
    // Its reader goes on by the mails.
    expect((await mails()).at(-1)).toEqual({ template: 'signup-received', to: own.email });
    const url = urlIn(await composed(api, 'signup-received', 'pt-BR'));
    const mailed = { id: begun.id, token: new URLSearchParams(url.hash.slice(1)).get('token')! };
    expect(await look(portal(), mailed)).toMatchObject({ administrator: own, actions: ['resend', 'withdraw'] });
    await owner.post(path(begun, '/approve'), { version: corrected.version }).expect(200);
    const token = await linkOf(own.email);
    await refusal(confirm(begins, token), 400, 'validation_failed');
    await confirm(portal(), token, NEW_PASSWORD).expect(200);
    await api.signIn('portal', own.email, { password: NEW_PASSWORD });
  });

  it('an address that staff have looked at is no more corrected by the browser, which goes on with it', async () => {
    const { visitor, begun, version, owner } = await reviewed();
    const { email, name } = { ...ADMINISTRATOR, name: 'Carolina S. Lima' };
    await owner.patch(path(begun), { version, administrator: { email, name } }).expect(200);
    await refusal(
      withToken(visitor, begun).post(pathOf(begun, '/email'), { email: 'eu@alvorada.example' }),
      409,
      'signup_step_not_allowed',
    );
    expect((await look(visitor, begun)).actions).toEqual(['resend', 'withdraw']);
  });

  describe('who give a person that waits another address', () => {
    const NEW_OWNER = 'vitoria@alvorada.example';
    const waiting = async (isApproved: boolean) => {
      const approved = async () => {
        const { visitor, begun, version, owner } = await reviewed();
        await owner.post(path(begun, '/approve'), { version }).expect(200);
        return { begun, own: withToken(visitor, begun) };
      };
      const { begun, own } = isApproved ? await approved() : await waitingFor(ACTIVE, ADMINISTRATOR.email);
      const [user] = await api.rows<{ id: string }>('select user_id as id from signups where id = $1', begun.id);
      const owner = await api.signIn('staff', 'owner@aurora.example');
      const give = (email: string, name = 'Vitória Lima') =>
        owner.patch(`/api/v1/admin/portal-users/${user!.id}`, { email, name }).expect(200);
      return { begun, own, before: await linkOf(), give, owner, user: user!.id };
    };
    const lookAt = (visitor: Visitor, token: string) => visitor.post('/api/v1/portal/signups/confirmation', { token });

    it.each([
      ['that nobody has reviewed', false],
      ['that they have approved', true],
    ])(
      'of a signup %s, hand it over: the browser that began opens nothing of it, and its reader comes in',
      async (_which, isApproved) => {
        const { begun, own, before, give, owner, user } = await waiting(isApproved);
        await give(NEW_OWNER);
        for (const heard of [false, true]) {
          if (heard) await api.hear();
          await refusal(own.get(pathOf(begun)), 404, 'not_found');
          for (const [step, body] of [
            ['/withdraw', {}],
            ['/resend', {}],
            ['/email', { email: 'eu@alvorada.example' }],
          ] as const)
            await refusal(own.post(pathOf(begun, step), body), 404, 'not_found');
          await refusal(lookAt(own, before), 400, 'token_invalid');
        }
        expect(signupOf(await owner.get(path(begun)).expect(200)).administrator).toMatchObject({
          email: NEW_OWNER,
          name: 'Vitória Lima',
        });
        const token = await linkOf(NEW_OWNER);
        expect((await lookAt(own, token).expect(200)).body).toMatchObject({
          confirmation: { email: NEW_OWNER, name: 'Vitória Lima', asksPassword: true },
        });
        await refusal(confirm(own, token), 400, 'validation_failed');
        await confirm(portal(), token, NEW_PASSWORD).expect(200);
        await api.signIn('portal', NEW_OWNER, { password: NEW_PASSWORD });
        expect(await api.rows('select status from portal_users where id = $1', user)).toEqual([{ status: 'active' }]);
      },
    );

    it('and the first one back, leave the browser that began nothing all the same', async () => {
      const { begun, own, give, user } = await waiting(false);
      await api.rows("update signups set expires_at = now() + interval '1 hour' where id = $1", begun.id);
      await give(NEW_OWNER);
      await give(ADMINISTRATOR.email, ADMINISTRATOR.name);
      for (const heard of [false, true]) {
        if (heard) await api.hear();
        await refusal(own.get(pathOf(begun)), 404, 'not_found');
        await refusal(own.post(pathOf(begun, '/withdraw'), {}), 404, 'not_found');
        await refusal(own.post(pathOf(begun, '/email'), { email: 'eu@alvorada.example' }), 404, 'not_found');
      }
      expect(await api.rows('select email from portal_users where id = $1', user)).toEqual([
        { email: ADMINISTRATOR.email },
      ]);
      const left =
        'select round(extract(epoch from expires_at - now()) / 86400)::integer as days, password_hash from signups where id = $1';
      expect(await api.rows(left, begun.id)).toEqual([{ days: 3, password_hash: null }]);
      const token = await api.linkFor(user, 'email_verification');
      await refusal(confirm(own, token), 400, 'validation_failed');
      await confirm(portal(), token, NEW_PASSWORD).expect(200);
    });

    it('while the browser that began gives it up, leave the person whom they gave the account', async () => {
      const { begun, own, user } = await waiting(false);
      // Staff are writing it at that moment.
      await api.owner.query('begin');
      await api.owner.query('update portal_users set email = $1, email_changes = 1 where id = $2', [NEW_OWNER, user]);
      const answer = own.post(pathOf(begun, '/withdraw')).then((each) => each);
      await eventually('it waits for them', async () => {
        const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        return (await api.rows(waits)).length > 0;
      });
      await api.owner.query('commit');
      const { status, body } = await answer;
      expect([status, (body as { code: string }).code]).toEqual([409, 'signup_step_not_allowed']);
      expect(await api.rows('select email from portal_users where id = $1', user)).toEqual([{ email: NEW_OWNER }]);
    });
  });

  it('two at once: one wins, the other hears of it', async () => {
    const { begun, version, owner } = await reviewed();
    const admin = await api.signIn('staff', 'admin@aurora.example');
    const [approved, refused] = await Promise.all([
      owner.post(path(begun, '/approve'), { version }),
      admin.post(path(begun, '/refuse'), { version, reason: 'Só em Campinas.' }),
    ]);
    expect([approved!.status, refused!.status].sort()).toEqual([200, 409]);
  });

  it('refuse with a reason, which is mailed; agents only look', async () => {
    const { visitor, begun, version, owner } = await reviewed();
    const agent = await api.signIn('staff', 'agent@aurora.example');
    await agent.get(path(begun)).expect(200);
    await refusal(agent.post(path(begun, '/refuse'), { version, reason: 'Não.' }), 403, 'permission_denied');
    await owner.post(path(begun, '/refuse'), { version, reason: 'Só em Campinas.' }).expect(200);
    expect((await mails()).at(-1)).toEqual({ template: 'signup-refused', to: ADMINISTRATOR.email });
    expect(await look(visitor, begun)).toMatchObject({
      refusal: { code: 'staff', reason: 'Só em Campinas.' },
      actions: [],
    });
  });

  it.each([
    ['pt-BR', '2 cadastros para conferir', 'PAPELARIA HORIZONTE LTDA agora é cliente de', 'Motivo: Só em Campinas.'],
    ['en-US', '2 signups to review', 'PAPELARIA HORIZONTE LTDA is a customer of', 'Reason: Só em Campinas.'],
  ] as const)(
    'S0.41 mails in %s tell staff who waits, and the person what was decided',
    async (locale, waits, approved, reason) => {
      const { begun, version, owner } = await reviewed();
      const toStaff = await composed(api, 'signup-to-review', locale);
      expect(toStaff).toMatchObject({ subject: waits, forStaff: true });
      expect(JSON.stringify(toStaff)).toContain('PAPELARIA HORIZONTE LTDA');
      expect([urlIn(toStaff).pathname, urlIn(toStaff).searchParams.get('status')]).toEqual([
        '/console/signups',
        'in_review',
      ]);
      await owner.post(path(begun, '/approve'), { version }).expect(200);
      // Somebody else waits still, then nobody.
      expect(JSON.stringify(await composed(api, 'signup-to-review', locale))).not.toContain('PAPELARIA');
      await api.rows("update signups set status = 'withdrawn' where status = 'in_review'");
      expect(await composed(api, 'signup-to-review', locale)).toBe('drop');
      expect(await composed(api, 'signup-received', locale)).toBe('drop');
      const mail = await composed(api, 'signup-approved', locale);
      expect(mail).toMatchObject({ subject: expect.stringContaining(approved), portalId: idOf('portal:aurora') });
      const url = urlIn(mail);
      const link = new URLSearchParams(url.hash.slice(1));
      expect([url.pathname, link.get('token'), link.get('locale')]).toEqual([
        '/portal/confirm-signup',
        await linkOf(),
        locale,
      ]);
      await api.reset();
      const other = await reviewed();
      await other.owner
        .post(path(other.begun, '/refuse'), { version: other.version, reason: 'Só em Campinas.' })
        .expect(200);
      expect(JSON.stringify(await composed(api, 'signup-refused', locale))).toContain(reason);
    },
  );

  it('find them by name, number and standing', async () => {
    const { begun, owner } = await reviewed();
    const ids = async (query: string) =>
      ((await owner.get(`/api/v1/admin/signups?${query}`).expect(200)).body as { data: { id: string }[] }).data.map(
        ({ id }) => id,
      );
    expect(await ids('q=papelaria&status=in_review')).toEqual([begun.id]);
    expect(await ids('q=90.001')).toEqual([begun.id]);
    expect(await ids('q=c-20')).toContain(begun.id);
    expect(await ids('status=refused')).toEqual([]);
    expect(await ids(`portalId=${idOf('portal:aurora')}`)).toContain(begun.id);
    expect(await ids(`portalId=${idOf('portal:partners')}`)).toEqual([]);
    // A number that was merely typed is no signup of anybody yet: it is left out where that is asked.
    const typed = await begin(portal(), '11.222.333/0001-81');
    expect(await ids('status=refused')).toEqual([typed.id]);
    expect(await ids('sent=yes')).not.toContain(typed.id);
    expect(await ids('sent=yes')).toContain(begun.id);
    expect(await ids('sent=no')).toContain(typed.id);
    expect(await ids('sent=no')).not.toContain(begun.id);
  });
});
