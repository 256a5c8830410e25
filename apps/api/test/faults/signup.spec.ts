import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, TestDns } from '@balcao/platform-testing';
import { idOf } from '../support/ids.js';
import { signIn } from '../support/sign-in.js';
import { begin, openSignups, registryServer, type Begun } from '../support/signups.js';
import { Visitor } from '../support/visitor.js';
import { Product } from './support/product.js';

const PASSWORD = 'quatro palavras sem nexo';
const HORIZONTE = '90001000000107';
const ALVORADA = '12ABC34501DE35';
const MERCEARIA = '90MERC0A000119';

describe('Signups and domains whose worker is killed', () => {
  let product: Product;
  let dns: TestDns;
  let register: Server;
  /** Companies that the register was asked about, in turn. */
  const asked: string[] = [];
  /** Awaited before the register answers. */
  let beforeAnswering = async () => {};

  beforeAll(async () => {
    const companies = await registryServer({});
    register = createServer((request, response) => {
      asked.push(request.url!.slice(1));
      void beforeAnswering().then(() => companies.emit('request', request, response));
    });
    await new Promise<void>((resolve) => register.listen(0, '127.0.0.1', resolve));
    dns = await TestDns.start();
    product = await Product.start({
      CNPJ_API_URL: `http://127.0.0.1:${(register.address() as AddressInfo).port}`,
      DNS_SERVERS: dns.address,
    });
    await openSignups(product.postgres);
  });
  afterEach(() => {
    beforeAnswering = async () => {};
  });
  afterAll(async () => {
    await product?.close();
    await dns?.stop();
    register.closeAllConnections();
    await new Promise((resolve) => register.close(resolve));
  });

  /** Begins a signup and sends its data, as its page does before the register has answered. */
  async function signUp(taxId: string, email: string): Promise<Begun> {
    const visitor = new Visitor(product.api.address, '/o/aurora');
    const begun = await begin(visitor, taxId);
    await visitor
      .with({ headers: { 'x-balcao-signup': begun.token } })
      .post(`/api/v1/portal/signups/${begun.id}/submit`, {
        administrator: { name: 'Carolina Sampaio', email, password: PASSWORD },
        company: { legalName: 'Empresa Escrita Ltda' },
      })
      .expect(200);
    return begun;
  }

  const standingOf = async ({ id }: Begun) => {
    const [row] = await product.postgres.rows('select status, lookup, lookup_attempt from signups where id = $1', id);
    return row;
  };
  const timesAsked = (taxId: string) => asked.filter((each) => each === taxId).length;
  const accounts = async (taxId: string) =>
    product.postgres.rows(
      'select a.source from billing_accounts a join signups s on s.account_id = a.id where s.tax_id = $1',
      taxId,
    );

  test('B.2 S0.34 S0.35 while the register is asked, and between its answer and the account: nothing is lost, nothing made twice', async () => {
    let answer = () => {};
    const slowly = new Promise<void>((resolve) => (answer = resolve));
    beforeAnswering = () => slowly;
    const unanswered = await signUp(ALVORADA, 'carolina@alvorada.example');
    await eventually('the register to be asked', () => timesAsked(ALVORADA) === 1);
    let release = async () => {};
    beforeAnswering = async () => {
      // The worker cannot go on with a signup that somebody else holds.
      release = await product.postgres.holdLock('select 1 from signups for update');
    };
    const answered = await signUp(HORIZONTE, 'carolina@horizonte.example');
    await eventually('the worker to wait with its answer', async () => (await product.waitingForLocks('worker')) === 1);
    await product.worker.kill();
    await product.postgres.endConnections('balcao-worker');
    await release();
    answer();
    for (const begun of [unanswered, answered])
      expect(await standingOf(begun)).toEqual({ status: 'submitted', lookup: 'waiting', lookup_attempt: 1 });
    for (const taxId of [ALVORADA, HORIZONTE]) expect(await accounts(taxId)).toEqual([]);
    beforeAnswering = async () => {};
    await product.letQueueLocksLapse();
    await product.worker.start();

    await product.outboxDone(20_000);
    for (const begun of [unanswered, answered])
      expect(await standingOf(begun)).toEqual({ status: 'awaiting_confirmation', lookup: 'active', lookup_attempt: 1 });
    for (const taxId of [ALVORADA, HORIZONTE]) expect(await accounts(taxId)).toEqual([{ source: 'registry' }]);
    // What it had said was kept, though nobody had done anything with it.
    expect([ALVORADA, HORIZONTE].map(timesAsked)).toEqual([2, 1]);
    const links = await product.postgres.rows(
      "select recipient_email as to, status from mails where template = 'email-verification' order by 1",
    );
    expect(links).toEqual([
      { to: 'carolina@alvorada.example', status: 'sent' },
      { to: 'carolina@horizonte.example', status: 'sent' },
    ]);
  });

  test('B.2 S0.40 with many for one CNPJ at once: each has an account of its own, none is left', async () => {
    const number = 40;
    const rows = (statement: string) => product.postgres.rows(statement, MERCEARIA);
    const first = await begin(new Visitor(product.api.address, '/o/aurora'), MERCEARIA);
    await product.outboxDone(20_000);
    await product.postgres.rows(
      `with made as (
         insert into signups (organization_id, id, portal_id, kind, tax_id, status, locale, lookup, lookup_attempt,
           administrator_name, administrator_email, expires_at)
         select organization_id, gen_random_uuid(), portal_id, kind, tax_id, 'submitted', locale, 'waiting', 1,
           'Pessoa ' || n, 'pessoa' || n || '@mercearia.example', expires_at from signups, generate_series(1, $2::integer) n
         where id = $1 returning organization_id, id)
       insert into outbox (organization_id, id, job, version, payload)
       select organization_id, gen_random_uuid(), 'signup.look-up', 1, jsonb_build_object('signupId', id) from made`,
      first.id,
      number,
    );
    await eventually('some to be through', async () => {
      const done = await rows("select 1 from signups where tax_id = $1 and status = 'awaiting_confirmation'");
      return done.length >= 5;
    });
    await product.worker.kill();
    await product.letQueueLocksLapse();
    await product.worker.start();

    await product.outboxDone(60_000);
    const standings = `select status, refusal, count(*)::integer from signups
      where tax_id = $1 and status <> 'started' group by 1, 2 order by 3`;
    expect(await rows(standings)).toEqual([{ status: 'awaiting_confirmation', refusal: null, count: number }]);
    expect(await accounts(MERCEARIA)).toHaveLength(number);
    // Each is told once.
    const told = await product.postgres.rows<{ told: number; people: number }>(
      `select count(*)::integer as told, count(distinct recipient_email)::integer as people from mails
       where recipient_email like 'pessoa%@mercearia.example'`,
    );
    expect(told).toEqual([{ told: number, people: number }]);
  });

  test('B.2 S3.46 between taking a domain from one portal and giving it to another: it is the other’s, and each is told once', async () => {
    const DOMAIN = 'clientes.example';
    const claimBy = async (slug: string) => {
      const owner = await signIn(new Visitor(product.api.address), 'staff', `owner@${slug}.example`, { via: 'bearer' });
      const path = `/api/v1/admin/portals/${idOf(`portal:${slug}`)}/domain`;
      const { body } = await owner.put(path, { domain: DOMAIN }).expect(200);
      await product.outboxDone(20_000);
      return {
        proof: body.domain.proof.value as string,
        check: () => owner.post(`${path}/check`).expect(200),
        status: async () => (await owner.get(path).expect(200)).body.domain.status as string,
      };
    };
    const has = (proof: string) => dns.set(`_balcao.${DOMAIN}`, 'TXT', [[proof]]);
    const [first, second] = [await claimBy('aurora'), await claimBy('boreal')];
    has(first.proof);
    await first.check();
    await product.outboxDone(20_000);
    const standing = async () => [await first.status(), await second.status()];
    expect(await standing()).toEqual(['astray', 'waiting']);

    // Its answer comes once the claim is held, so that the worker cannot write what it saw.
    dns.fail(`_balcao.${DOMAIN}`, 'silence');
    has(second.proof);
    const before = dns.asked.length;
    await second.check();
    await eventually('the worker to ask', () => dns.asked.length > before);
    const release = await product.postgres.holdLock(
      `select 1 from domain_claims where portal_id = '${idOf('portal:boreal')}' for update`,
    );
    dns.recover();
    await eventually('the worker to wait with its answer', async () => (await product.waitingForLocks('worker')) === 1);
    await product.worker.kill();
    await product.postgres.endConnections('balcao-worker');
    await release();
    expect(await standing()).toEqual(['lost', 'waiting']);
    await product.letQueueLocksLapse();
    await product.worker.start();
    await product.outboxDone(20_000);
    expect(await standing()).toEqual(['lost', 'astray']);
    const told = await product.postgres.rows(
      `select template, recipient_email as to, count(*)::integer as times from mails
       where template like 'domain-%' group by 1, 2 order by 1, 2`,
    );
    expect(told).toEqual(
      ['admin', 'owner'].map((name) => ({ template: 'domain-lost', to: `${name}@aurora.example`, times: 1 })),
    );
    const actions = await product.postgres.rows(
      `select action, count(*)::integer as times from audit_log where action like 'system.domain.%'
         and target_id::text in (select id::text from domain_claims where domain = $1) group by 1 order by 1`,
      DOMAIN,
    );
    expect(actions).toEqual([
      { action: 'system.domain.lose', times: 1 },
      { action: 'system.domain.verify', times: 2 },
    ]);
  });
});
