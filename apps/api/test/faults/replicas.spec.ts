import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MIGRATIONS_FOLDER } from '@balcao/platform-database';
import { eventually } from '@balcao/platform-testing';
import { Ear, LIVE_PATHS } from '../support/ear.js';
import { idOf } from '../support/ids.js';
import { LOGIN_PATHS, signIn } from '../support/sign-in.js';
import { Visitor } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';
import type { Customer } from './support/customer.js';
import { acknowledged } from './support/load.js';
import { Product } from './support/product.js';

/** Wrong passwords that one account may send in five minutes (S3.27). */
const SIGN_INS = 10;

describe('Two APIs and two workers on one database', () => {
  let product: Product;
  /** Signed in at the first API. */
  let here: Customer;
  /** The same session at the second. */
  let there: Customer;
  const addresses = () => product.apis.map(({ address }) => address);

  beforeAll(async () => {
    product = await Product.start({}, 2);
  });
  beforeEach(async () => {
    await product.postgres.rows('delete from rate_limits');
    here = await product.customer();
    there = here.at(product.apis[1]!.address);
  });
  afterAll(() => product?.close());

  test('bring the schema up to date at the same time, and each migration runs once', async () => {
    const ran = await product.postgres.rows<{ name: string }>('select name from schema_migrations order by name');
    const files = (await readdir(MIGRATIONS_FOLDER)).map((file) => file.replace(/\.sql$/, ''));
    expect(ran.map(({ name }) => name)).toEqual(files.sort());
  });

  test('a session of one is a session of the other, until either ends it', async () => {
    expect((await there.listTickets()).status).toBe(200);
    expect((await there.signOut()).status).toBe(200);
    expect((await here.listTickets()).status).toBe(401);
  });

  test('S3.67 a new password ends every session at both at once', async () => {
    const others = await Promise.all([product.customer(), product.customer()]);
    const visitor = new Visitor(addresses()[1]!);
    const { body } = await visitor
      .post(LOGIN_PATHS.portal, { email: 'ana@padaria.example', password: PASSWORD })
      .expect(200);
    const ana = visitor.with({ credentials: { bearer: body.accessToken as string } });
    await ana
      .post('/api/v1/portal/profile/password', {
        currentPassword: PASSWORD,
        newPassword: 'quatro palavras sem nexo',
      })
      .expect(200);
    for (const address of addresses()) {
      for (const customer of [here, ...others]) expect((await customer.at(address).listTickets()).status).toBe(401);
    }
    await product.postgres.rows(
      `update portal_users set password_hash = (select password_hash from portal_users where id = $1) where id = $2`,
      idOf('user:bruno'),
      idOf('user:ana'),
    );
  });

  test('an organization that one suspends is suspended at the other at once', async () => {
    const operator = await signIn(new Visitor(addresses()[0]!), 'operator', 'operator@balcao.example');
    const path = `/ops/organizations/${idOf('organization:aurora')}`;
    await operator.patch(path, { status: 'suspended' }).expect(200);
    expect((await there.listTickets()).status).toBe(403);
    await operator.patch(path, { status: 'active' }).expect(200);
    expect((await product.customer().then((ana) => ana.at(addresses()[1]!).listTickets())).status).toBe(200);
  });

  test('what happens at one is heard at the other, and who comes back to either misses nothing', async () => {
    const [first, second] = addresses() as [string, string];
    const ana = await signIn(new Visitor(first), 'portal', 'ana@padaria.example', { via: 'bearer' });
    const agent = await signIn(new Visitor(first), 'staff', 'agent@aurora.example', { via: 'bearer' });
    const answer = (body: string) =>
      agent.post(`/api/v1/admin/tickets/${idOf('ticket:ana')}/comments`, { body, isPublic: true }).expect(201);
    const there = await Ear.open(second, ana, LIVE_PATHS.portal);
    await there.hears('ready');
    // Whoever answers what nobody takes care of takes it, which is a message of its own.
    const mine = { assigneeId: idOf('staff:aurora:agent') };
    await agent.patch(`/api/v1/admin/tickets/${idOf('ticket:ana')}`, mine).expect(200);
    await there.hears('ready', 'ticket.updated');
    await answer('Eins');
    await there.hears('ready', 'ticket.updated', 'ticket.replied');
    there.close();
    const left = there.heard.at(-1)!.id;
    await answer('Zwei');
    await answer('Drei');
    for (const address of [second, first]) {
      const back = await Ear.open(address, ana, LIVE_PATHS.portal, left);
      // What was said a moment ago may still be on its way to a process.
      await eventually('both answers, once', () => {
        const [last, ...before] = [...back.names].sort().reverse();
        return last === 'ticket.replied' && before.join() === 'ticket.replied,ready';
      });
      back.close();
    }
    // A process that died kept nothing: the page is told to read anew, and hears on.
    await product.apis[1]!.kill();
    await product.apis[1]!.start();
    const anew = await Ear.open(second, ana, LIVE_PATHS.portal, left);
    await anew.hears('reset');
    await answer('Vier');
    await anew.hears('reset', 'ticket.replied');
    anew.close();
  });

  test('S3.22 a stream at one ends at once where the other suspends its person', async () => {
    const [first, second] = addresses() as [string, string];
    const bruno = await signIn(new Visitor(first), 'portal', 'bruno@padaria.example', { via: 'bearer' });
    const owner = await signIn(new Visitor(first), 'staff', 'owner@aurora.example');
    const streams = [await Ear.open(first, bruno, LIVE_PATHS.portal), await Ear.open(second, bruno, LIVE_PATHS.portal)];
    for (const stream of streams) await stream.hears('ready');
    const path = `/api/v1/admin/portal-users/${idOf('user:bruno')}`;
    await owner.patch(path, { status: 'suspended' }).expect(200);
    await eventually('the end of both', () => streams.every(({ ended }) => ended), 5_000);
    await owner.patch(path, { status: 'active' }).expect(200);
  });

  test('S3.27 attempts to sign in are counted together', async () => {
    await product.postgres.rows('delete from rate_limits');
    const attempts: number[] = [];
    for (let attempt = 0; attempt <= SIGN_INS; attempt += 1) {
      const visitor = new Visitor(addresses()[attempt % 2]!);
      attempts.push((await visitor.post(LOGIN_PATHS.portal, { email: 'x@padaria.example', password: 'wrong' })).status);
    }
    expect(attempts).toEqual([...Array.from({ length: SIGN_INS }, () => 401), 429]);
    for (const address of addresses()) {
      const { status } = await new Visitor(address).post(LOGIN_PATHS.portal, {
        email: 'x@padaria.example',
        password: 'wrong',
      });
      expect(status).toBe(429);
    }
  });

  test('B.2 every mail leaves once, though a worker is killed in between', async () => {
    let talking = 0;
    product.mailbox.beforeAccepting = async () => {
      talking += 1;
    };
    const count = 40;
    const answers = await Promise.all(
      Array.from({ length: count }, (_, index) => [here, there][index % 2]!.createTicket(`Mailed ${index}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    await eventually('some mails', () => talking >= 5);
    await product.worker.kill();
    // What it had in hand is taken over by the other, and may have left already.
    const inHand = await product.postgres.rows<{ id: string }>(
      "select id from mails where status = 'queued' and attempts > 0",
    );
    await product.letQueueLocksLapse();
    await product.outboxDone(60_000);
    const mails = await product.postgres.rows<{ id: string; status: string }>(
      `select m.id, m.status from mails m join tickets t on m.business_key = 'ticket-received:' || t.id
       where t.subject like 'Mailed %'`,
    );
    expect(mails).toHaveLength(count);
    expect(mails.filter(({ status }) => status !== 'sent')).toEqual([]);
    const copies = (id: string) =>
      product.mailbox.mails.filter(({ messageId }) => messageId === `<${id}@localhost>`).length;
    const mayBeTwice = new Set(inHand.map(({ id }) => id));
    expect(mails.filter(({ id }) => copies(id) < 1 || copies(id) > (mayBeTwice.has(id) ? 2 : 1))).toEqual([]);
    await product.worker.start();
  });

  test('the clock of a job runs once for both workers', async () => {
    const jobs = await product.postgres.rows<{ name: string; waiting: number }>(
      "select name, count(*)::int as waiting from bullmq.job where state = 'delayed' group by name",
    );
    expect(jobs.map(({ name }) => name)).toContain('maintenance.purge');
    expect(jobs.filter(({ waiting }) => waiting !== 1)).toEqual([]);
  });

  test('B.2 one goes on while the other is killed under load, and nothing acknowledged is lost', async () => {
    let tickets = 0;
    const load = product.load(
      [here, there].flatMap((customer) =>
        Array.from({ length: 4 }, () => () => {
          tickets += 1;
          const subject = `${customer === here ? 'Here' : 'There'} ${tickets}`;
          return { subject, answer: customer.createTicket(subject) };
        }),
      ),
    );
    const at = (side: string) => acknowledged(load.outcomes).filter((subject) => subject.startsWith(side)).length;
    await eventually('both to be under way', () => at('Here') >= 10 && at('There') >= 10, 20_000);
    await product.api.kill();
    const before = at('There');
    await eventually('the other to go on', () => at('There') >= before + 20, 20_000);
    await product.api.start();
    const restarted = at('Here');
    await eventually('the first to be back', () => at('Here') >= restarted + 5, 20_000);
    const outcomes = await load.stop();

    const unserved = outcomes.filter(({ subject, answer }) => subject!.startsWith('There') && answer?.status !== 201);
    expect(unserved).toEqual([]);
    const rows = await product.postgres.rows<{ subject: string; count: number }>(
      "select subject, count(*)::int as count from tickets where subject ~ '^(Here|There) ' group by subject",
    );
    expect(rows.filter(({ count }) => count !== 1)).toEqual([]);
    const kept = new Set(rows.map(({ subject }) => subject));
    expect(acknowledged(outcomes).filter((subject) => !kept.has(subject))).toEqual([]);
  });
});
