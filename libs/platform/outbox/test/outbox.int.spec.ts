import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { JOBS, QUEUES, type EventName, type EventPayload, type JobDefinition } from '@balcao/contracts';
import { connectionUrls } from '@balcao/platform-database';
import { Queues } from '@balcao/platform-queue';
import { systemClock, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import {
  eventually,
  insertOrganization,
  outboxDrained,
  testDatabase,
  type TestDatabase,
} from '@balcao/platform-testing';
import { Outbox } from '../src/index.js';
import { JobRegistry, JobRunner, OutboxRelay, type RelayOptions, type Subscription } from '../src/worker.js';
import {
  DeafSubscriber,
  DreamingSubscriber,
  script,
  SecondMailHandler,
  TestMailHandler,
  TestPurgeHandler,
  TestSubscriber,
} from './test-handlers.js';
import { startWorker } from './worker-process.js';

const JOB_HANDLERS = [TestMailHandler, TestPurgeHandler];
const HANDLERS = [...JOB_HANDLERS, TestSubscriber];
/** Only a notification, never the sweep, can make these tests quick. */
const NO_SWEEP = 600_000;

describe('the outbox', () => {
  let test: TestDatabase;
  let outbox: Outbox;
  let organizationId: string;
  let context: OrganizationContext;
  let queues: Queues;
  const workers: INestApplicationContext[] = [];

  beforeAll(async () => {
    test = await testDatabase();
    outbox = new Outbox(test.database);
    queues = new Queues(test.config, test.secrets, test.logger);
    organizationId = await insertOrganization(test.owner);
    context = systemContext(organizationId, { clock: systemClock });
  });
  afterAll(async () => {
    await queues?.close();
    await test?.close();
  });
  beforeEach(async () => {
    await test.owner.query('delete from outbox');
    await emptyQueue();
  });
  afterEach(async () => {
    script.onMail = async () => {};
    script.onEvent = async () => {};
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
  });

  const start = async (options: Parameters<typeof startWorker>[2] = {}) => {
    const worker = await startWorker(test, HANDLERS, { sweepMs: NO_SWEEP, ...options });
    workers.push(worker);
    return worker;
  };
  const relay = (options: Partial<RelayOptions> = {}, into = queues, subscriptions: Subscription[] = []) =>
    new OutboxRelay(
      test.database,
      into,
      test.logger,
      { listenUrl: connectionUrls(test.config, test.secrets).platform, ...options },
      subscriptions,
    );
  const away = {
    createQueue: () => ({ addBulk: () => Promise.reject(new Error('away')) }),
    jobOptions: () => ({}),
  } as unknown as Queues;
  const emptyQueue = async () => {
    for (const queue of ['mail', 'events'] as const) {
      await queues.createQueue(queue).obliterate({ force: true });
      await queues.createQueue(queue).resume();
    }
  };
  const add = (mailId: string = randomUUID(), afterSeconds?: number) =>
    test.database.transaction(context, async (db) => ({
      mailId,
      outboxId: await outbox.add(db, context, 'mail.send', { mailId }, afterSeconds),
    }));
  const traces = async (mailId: string) =>
    (await test.owner.query<{ n: number }>('select count(*)::int as n from audit_log where target_id = $1', [mailId]))
      .rows[0]!.n;
  const rowOf = async (outboxId: string) =>
    (
      await test.owner.query<{ status: string; dispatches: number }>(
        'select status, dispatches from outbox where id = $1',
        [outboxId],
      )
    ).rows[0];
  const jobOf = (outboxId: string, version = 1) => ({
    name: 'mail.send',
    id: `${outboxId}-1`,
    data: { outboxId, organizationId, version },
  });

  describe('adding', () => {
    it('leaves nothing behind when the transaction is rolled back', async () => {
      const failing = test.database.transaction(context, async (db) => {
        await outbox.add(db, context, 'mail.send', { mailId: randomUUID() });
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect((await test.owner.query('select 1 from outbox')).rowCount).toBe(0);
    });

    it('is possible for a customer, who can neither see nor change the rows', async () => {
      const customer: OrganizationContext = { ...context, scope: { kind: 'account', billingAccountId: randomUUID() } };
      const id = await test.database.transaction(customer, (db) =>
        outbox.add(db, customer, 'mail.send', { mailId: randomUUID() }),
      );
      expect(await rowOf(id)).toEqual({ status: 'pending', dispatches: 0 });
      await test.owner.query('begin');
      await test.owner.query('set local role balcao_app');
      await test.owner.query(
        "select set_config('app.organization_id', $1, true), set_config('app.scope', 'account', true), set_config('app.billing_account_id', $2, true)",
        [organizationId, randomUUID()],
      );
      expect((await test.owner.query('select 1 from outbox')).rowCount).toBe(0);
      expect((await test.owner.query("update outbox set status = 'done'")).rowCount).toBe(0);
      await expect(test.owner.query('delete from outbox')).rejects.toThrow(/permission denied/);
      await test.owner.query('rollback');
    });

    it('is impossible for another organization', async () => {
      const stranger = systemContext(await insertOrganization(test.owner), { clock: systemClock });
      const adding = test.database.transaction(stranger, (db) =>
        outbox.add(db, context, 'mail.send', { mailId: randomUUID() }),
      );
      await expect(adding).rejects.toThrow(/row-level security/);
    });

    it.each([
      ['a field that is no UUID', { mailId: 'ana@padaria.example' }, /mailId is not a UUID/],
      ['a missing field', {}, /mailId is not a UUID/],
      ['a field that the job does not have', { mailId: randomUUID(), email: 'x' }, /unknown field email/],
    ])('refuses a payload with %s', async (_what, payload, message) => {
      const adding = test.database.transaction(context, (db) =>
        outbox.add(db, context, 'mail.send', payload as { mailId: string }),
      );
      await expect(adding).rejects.toThrow(message);
    });
  });

  describe('carrying', () => {
    it('brings a committed job to its handler at once, with its organization', async () => {
      await start();
      // What a relay finds when it starts is no proof that it is woken.
      await add();
      await outboxDrained(test.owner, 5_000);
      await sleep(300);
      const seen: unknown[] = [];
      script.onMail = async (job) => void seen.push(job);
      const { mailId, outboxId } = await add();
      await outboxDrained(test.owner, 5_000);
      expect(seen).toEqual([
        expect.objectContaining({
          outboxId,
          organizationId,
          version: 1,
          payload: { mailId },
          context: expect.objectContaining({ organizationId, scope: { kind: 'organization' } }),
        }),
      ]);
      expect(await traces(mailId)).toBe(1);
    });

    it('finds what was committed while no worker ran', async () => {
      const { mailId } = await add();
      await start();
      await outboxDrained(test.owner, 5_000);
      expect(await traces(mailId)).toBe(1);
    });

    it('keeps what is due later until then', async () => {
      const { outboxId } = await add(undefined, 30);
      expect(await relay().dispatchDue()).toBe(0);
      await test.owner.query("update outbox set due_at = due_at - interval '30 seconds' where id = $1", [outboxId]);
      expect(await relay().dispatchDue()).toBe(1);
    });

    it('keeps names and addresses out of the queue: ids only', async () => {
      const { outboxId } = await add();
      await relay().dispatchDue();
      const [job] = await queues.createQueue('mail').getJobs();
      expect(job!.data).toEqual({ outboxId, organizationId, version: 1 });
    });

    it('tries again after a failure', async () => {
      await start();
      let attempts = 0;
      script.onMail = async () => {
        attempts += 1;
        if (attempts === 1) throw new Error('not yet');
      };
      const { mailId } = await add();
      await outboxDrained(test.owner, 10_000);
      expect(attempts).toBe(2);
      expect(await traces(mailId)).toBe(1);
    });

    it('shares the work of two relays without dispatching anything twice', async () => {
      await test.owner.query(
        `insert into outbox (organization_id, id, job, version, payload)
          select $1, gen_random_uuid(), 'mail.send', 1, jsonb_build_object('mailId', gen_random_uuid()) from generate_series(1, 450)`,
        [organizationId],
      );
      const dispatched = await Promise.all([1, 2, 3].map(() => relay({ turnLength: 450 }).dispatchDue()));
      expect(dispatched.reduce((sum, each) => sum + each)).toBe(450);
      expect(dispatched.filter((each) => each > 0).length).toBeGreaterThan(1);
      expect((await test.owner.query('select distinct dispatches, status from outbox')).rows).toEqual([
        { dispatches: 1, status: 'dispatched' },
      ]);
      expect(await queues.createQueue('mail').getWaitingCount()).toBe(450);
      await Promise.all([start(), start()]);
      await outboxDrained(test.owner, 30_000);
      expect(
        (
          await test.owner.query(
            "select 1 from audit_log where action = 'test.handled' group by target_id having count(*) > 1",
          )
        ).rowCount,
      ).toBe(0);
    });

    it('dispatches again what an emptied queue has lost', async () => {
      const { mailId, outboxId } = await add();
      await relay({ redispatchMs: 300 }).dispatchDue();
      await emptyQueue();
      await start({ sweepMs: 100 });
      await outboxDrained(test.owner, 5_000);
      expect(await rowOf(outboxId)).toEqual({ status: 'done', dispatches: 2 });
      expect(await traces(mailId)).toBe(1);
    });

    it('dispatches again what was claimed by a relay that died before it reached the queue', async () => {
      const { mailId } = await add();
      const dying = relay({ redispatchMs: 300 });
      const claimed = await (dying as unknown as { claim(): Promise<{ jobs: unknown[] }> }).claim();
      expect(claimed.jobs).toHaveLength(1);
      expect(await queues.createQueue('mail').getWaitingCount()).toBe(0);
      await start({ sweepMs: 100 });
      await outboxDrained(test.owner, 5_000);
      expect(await traces(mailId)).toBe(1);
    });

    it('keeps its rows while the queue is away', async () => {
      const { outboxId } = await add();
      await relay({}, away).dispatchDue();
      const { rows } = await test.owner.query<{ soon: boolean }>(
        "select due_at < now() + interval '10 seconds' as soon from outbox where id = $1",
        [outboxId],
      );
      expect(rows[0]!.soon).toBe(true);
    });

    it('gives a job whose worker died to another, and its effect happens once', async () => {
      const doomed = await start({ lockMs: 1_000, stalledCheckMs: 500 });
      let reached = 0;
      script.onMail = async () => {
        reached += 1;
        if (reached === 1) await new Promise(() => {});
      };
      const { mailId, outboxId } = await add();
      await eventually('the first delivery', () => reached === 1);
      // Lets go of the job without an answer, as a killed process does.
      await doomed.get(Queues).close(0);
      expect(await traces(mailId)).toBe(0);
      await start({ lockMs: 1_000, stalledCheckMs: 500 });
      await outboxDrained(test.owner, 10_000);
      expect(reached).toBe(2);
      expect(await traces(mailId)).toBe(1);
      expect(await rowOf(outboxId)).toEqual({ status: 'done', dispatches: 1 });
    });

    it('listens again after its connection was cut', async () => {
      await start();
      await eventually('a listening relay', async () => {
        const cut = await test.owner.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'balcao-outbox-relay' and datname = current_database()",
        );
        return cut.rowCount! > 0;
      });
      await sleep(1_000);
      const { mailId } = await add();
      await outboxDrained(test.owner, 5_000);
      expect(await traces(mailId)).toBe(1);
    });
  });

  describe('turns', () => {
    const CALM = 1;
    let calm: string;
    beforeAll(async () => {
      calm = await insertOrganization(test.owner);
    });
    /** Rows that have been due for an hour, one second after another. */
    const flood = (rows: number, { job = 'mail.notify', organization = organizationId } = {}) =>
      test.owner.query(
        `insert into outbox (organization_id, id, job, version, payload, due_at)
          select $1, gen_random_uuid(), $2, 1, jsonb_build_object('mailId', gen_random_uuid()),
            now() - interval '1 hour' + n * interval '1 second' from generate_series(1, $3::int) as n`,
        [organization, job, rows],
      );
    /** What stands in the queue, in the order in which it will be taken. */
    const queued = async () =>
      (await queues.createQueue('mail').getJobs(['waiting', 'prioritized'], 0, -1, true)).map(
        ({ data }) => data as { outboxId: string; organizationId: string },
      );
    const ofCalm = (jobs: { organizationId: string }[]) => jobs.filter((job) => job.organizationId === calm).length;

    it("let another organization's row go out with the first of a flood, which waits in the outbox", async () => {
      await flood(500);
      await flood(CALM, { organization: calm });
      await relay().dispatchDue();
      const jobs = await queued();
      expect(jobs.length).toBe(50 + CALM);
      expect(ofCalm(jobs.slice(0, 2))).toBe(CALM);
      // What comes later finds no more of the flood in front of it.
      await flood(CALM, { organization: calm });
      await relay().dispatchDue();
      expect((await queued()).length).toBe(50 + 2 * CALM);
      expect((await test.owner.query("select 1 from outbox where status = 'pending'")).rowCount).toBe(450);
    });

    it('are kept by several relays at once, which hand out nothing twice', async () => {
      await flood(500);
      await flood(CALM, { organization: calm });
      const relays = [relay(), relay(), relay()];
      await Promise.all(relays.map((each) => each.dispatchDue()));
      const jobs = await queued();
      expect(jobs.length).toBeLessThanOrEqual(relays.length * 50 + CALM);
      expect(ofCalm(jobs)).toBe(CALM);
      expect(new Set(jobs.map(({ outboxId }) => outboxId)).size).toBe(jobs.length);
      for (const each of relays) await each.dispatchDue();
      expect((await queued()).length).toBe(jobs.length);
    });

    it('hand out what has waited longest first', async () => {
      await flood(120);
      const { rows } = await test.owner.query<{ id: string }>('select id from outbox order by due_at');
      await relay({ turnLength: 20 }).dispatchDue();
      await relay({ turnLength: 110 }).dispatchDue();
      expect((await queued()).map(({ outboxId }) => outboxId)).toEqual(rows.slice(0, 110).map(({ id }) => id));
    });

    it('follow one another as soon as the queue is empty, until nothing is left', async () => {
      await flood(130);
      await start();
      await outboxDrained(test.owner, 20_000);
      expect((await test.owner.query('select distinct dispatches from outbox')).rows).toEqual([{ dispatches: 1 }]);
    });

    it('do not end with events that nobody hears', async () => {
      await test.owner.query(
        `insert into outbox (organization_id, id, event, version, payload)
          select $1, gen_random_uuid(), 'ticket.updated', 1, '{}' from generate_series(1, 120)`,
        [organizationId],
      );
      await relay().dispatchDue();
      expect((await test.owner.query("select 1 from outbox where status <> 'done'")).rowCount).toBe(0);
    });

    it('are not taken up by what has failed and waits for its next attempt', async () => {
      await flood(80);
      await relay().dispatchDue();
      await emptyQueue();
      await test.owner.query("update outbox set dispatched_at = now() - interval '2 minutes' where dispatches = 1");
      await relay().dispatchDue();
      expect((await queued()).length).toBe(30);
    });

    it('are not taken up by what its queue could not take', async () => {
      await flood(80);
      await relay({}, away).dispatchDue();
      await test.owner.query('update outbox set due_at = now()');
      await relay().dispatchDue();
      expect((await queued()).length).toBe(50);
    });

    it('of mails that somebody waits for come before those that only tell of something', async () => {
      await flood(200);
      await flood(3, { job: 'mail.send' });
      const taken: string[] = [];
      script.onMail = async ({ name }) => void taken.push(name);
      await relay().dispatchDue();
      await start({ concurrency: 1 });
      await eventually('some mails', () => taken.length >= 5);
      expect(taken.slice(0, 5)).toEqual(['mail.send', 'mail.send', 'mail.send', 'mail.notify', 'mail.notify']);
    });
  });

  describe('running', () => {
    let runner: JobRunner;
    beforeAll(() => {
      const handler = new TestMailHandler(test.database);
      runner = new JobRunner({ get: () => handler } as unknown as JobRegistry, test.database, test.logger);
    });

    it('lets one of two deliveries at once have its effect', async () => {
      const { mailId, outboxId } = await add();
      let arrived = 0;
      script.onMail = async () => {
        arrived += 1;
        await eventually('both deliveries', () => arrived === 2);
      };
      const outcomes = await Promise.all([
        runner.run(jobOf(outboxId)),
        runner.run({ ...jobOf(outboxId), id: `${outboxId}-2` }),
      ]);
      expect(outcomes.sort()).toEqual(['already done', 'done']);
      expect(await traces(mailId)).toBe(1);
    });

    it('skips a row that is done', async () => {
      const { mailId, outboxId } = await add();
      await runner.run(jobOf(outboxId));
      script.onMail = () => Promise.reject(new Error('must not be called'));
      expect(await runner.run(jobOf(outboxId))).toBe('already done');
      expect(await traces(mailId)).toBe(1);
    });

    it('throws for a missing row, so that it is tried again', async () => {
      await expect(runner.run(jobOf(randomUUID()))).rejects.toThrow(/is not in the outbox/);
    });

    it("does not find another organization's row", async () => {
      const { outboxId } = await add();
      const stranger = await insertOrganization(test.owner);
      await expect(
        runner.run({ ...jobOf(outboxId), data: { outboxId, organizationId: stranger, version: 1 } }),
      ).rejects.toThrow(/is not in the outbox/);
    });

    it.each([
      ['a version that it does not know', 'version = 2', /version 2 is not known/],
      ['a payload that was tampered with', `payload = '{"mailId": "x"}'`, /mailId is not a UUID/],
      ['a payload with more than ids', `payload = payload || '{"email": "a@b.c"}'`, /unknown field email/],
      ['another job than the queue says', "job = 'maintenance.purge'", /its row is of job maintenance.purge/],
    ])('refuses for good %s', async (_what, change, message) => {
      const { outboxId } = await add();
      await test.owner.query(`update outbox set ${change} where id = $1`, [outboxId]);
      await expect(runner.run(jobOf(outboxId))).rejects.toMatchObject({
        name: 'UnrecoverableError',
        message: expect.stringMatching(message),
      });
      expect((await rowOf(outboxId))!.status).toBe('pending');
    });

    it.each([
      null,
      {},
      { outboxId: 'x', organizationId: null, version: 1 },
      { outboxId: randomUUID(), organizationId: 5, version: 1 },
    ])('refuses for good what is no job of the outbox: %j', async (data) => {
      await expect(runner.run({ name: 'mail.send', data })).rejects.toMatchObject({ name: 'UnrecoverableError' });
    });

    it('refuses for good a name that it does not know', async () => {
      await expect(runner.run({ name: 'toString', data: {} })).rejects.toMatchObject({ name: 'UnrecoverableError' });
      await expect(runner.run({ name: 'mail.forge', data: {} })).rejects.toMatchObject({ name: 'UnrecoverableError' });
    });

    it('takes the effect back when the handler fails after finishing', async () => {
      const { mailId, outboxId } = await add();
      const handler = {
        handle: async (_job: unknown, finish: (db: unknown) => Promise<void>) =>
          test.database.transaction(context, async (db) => {
            await finish(db);
            throw new Error('late');
          }),
      };
      const strange = new JobRunner({ get: () => handler } as unknown as JobRegistry, test.database, test.logger);
      await expect(strange.run(jobOf(outboxId))).rejects.toThrow('late');
      expect((await rowOf(outboxId))!.status).toBe('pending');
      expect(await traces(mailId)).toBe(0);
    });

    it('does not believe a handler that never finished', async () => {
      const { outboxId } = await add();
      const lazy = new JobRunner(
        { get: () => ({ handle: async () => {} }) } as unknown as JobRegistry,
        test.database,
        test.logger,
      );
      await expect(lazy.run(jobOf(outboxId))).rejects.toThrow(/without finishing/);
    });
  });

  describe('events', () => {
    const publish = (...names: EventName[]) => {
      const events = names.map((name) => ({
        name,
        payload: { id: randomUUID(), actor: { type: 'system' }, ids: { ticketId: randomUUID() } },
      }));
      return test.database.transaction(context, async (db) => {
        await outbox.addEvents(db, organizationId, events);
        return events.map(({ payload }) => payload);
      });
    };

    it('reach their subscriber at once, once and with who did it; one that nobody hears is done', async () => {
      await start();
      const heard: unknown[] = [];
      script.onEvent = async (event) => void heard.push(event);
      const [created] = await publish('ticket.created', 'ticket.updated');
      await outboxDrained(test.owner, 5_000);
      expect(heard).toEqual([{ ...created, name: 'ticket.created' }]);
      expect(await traces(created!.ids.ticketId)).toBe(1);
    });

    it('become one job of each subscriber, however many relays carry them', async () => {
      await publish(...Array.from({ length: 150 }, () => 'ticket.created' as const));
      const subscriptions = (['tickets.mails', 'mail.send'] as const).map((job) => ({ event: 'ticket.created', job }));
      const relays = [1, 2].map(() => relay({ turnLength: 300 }, queues, subscriptions as Subscription[]));
      const carried = await Promise.all(relays.map((each) => each.dispatchDue()));
      expect(carried.reduce((sum, each) => sum + each)).toBe(300);
      const { rows } = await test.owner.query(
        'select job, status, count(*)::int as n from outbox group by job, status order by job',
      );
      expect(rows).toEqual([
        { job: 'mail.send', status: 'dispatched', n: 150 },
        { job: 'tickets.mails', status: 'dispatched', n: 150 },
        { job: null, status: 'done', n: 150 },
      ]);
    });

    it('are heard though the relay dies before the queue has them, and their effect happens once', async () => {
      const broken = { jobOptions: () => ({}), createQueue: () => ({ addBulk: () => new Promise(() => {}) }) };
      const [event] = await publish('ticket.created');
      const dying = relay({ redispatchMs: 200 }, broken as unknown as Queues, [
        { event: 'ticket.created', job: 'tickets.mails' },
      ]);
      void dying.dispatchDue();
      await eventually('a claim', async () =>
        Boolean((await test.owner.query("select 1 from outbox where job = 'tickets.mails'")).rowCount),
      );
      script.onEvent = async () => {
        script.onEvent = async () => {};
        throw new Error('not yet');
      };
      await start({ sweepMs: 100 });
      await outboxDrained(test.owner, 10_000);
      expect(await traces(event!.ids.ticketId)).toBe(1);
    });

    it('of a newer version wait for a newer worker', async () => {
      await publish('ticket.created');
      await test.owner.query('update outbox set version = 2');
      await start();
      await eventually('an attempt', async () => (await queues.createQueue('events').getFailedCount()) === 1);
      expect((await test.owner.query("select status from outbox where job = 'tickets.mails'")).rows).toEqual([
        { status: 'dispatched' },
      ]);
    });

    it('with anything but the ids that they declare are refused', async () => {
      const add = (ids: object, actor: object = { type: 'staff' }) =>
        test.database.transaction(context, (db) =>
          outbox.addEvents(db, organizationId, [
            { name: 'ticket.resolved', payload: { id: randomUUID(), actor, ids } as EventPayload },
          ]),
        );
      const ticketId = randomUUID();
      await add({ ticketId, commentId: randomUUID() });
      await expect(add({})).rejects.toThrow(/ticketId is not a UUID/);
      await expect(add({ ticketId, subject: 'Internet' })).rejects.toThrow(/unknown field subject/);
      await expect(add({ ticketId, commentId: 'first' })).rejects.toThrow(/commentId is not a UUID/);
      await expect(add({ ticketId }, { type: 'staff', id: 'ana@padaria.example' })).rejects.toThrow(/actorId/);
    });
  });

  describe('starting', () => {
    it.each([
      ['a subscriber of an unknown event', [...JOB_HANDLERS, DreamingSubscriber], /ticket.exploded, which is no event/],
      ['a subscriber that listens for nothing', [...JOB_HANDLERS, DeafSubscriber], /tickets.mails listens for nothing/],
      ['two handlers for a job', [...HANDLERS, SecondMailHandler], /mail.send has 2 handlers: .*SecondMailHandler/],
    ])('is refused with %s', async (_what, handlers, message) => {
      await expect(startWorker(test, handlers, { sweepMs: NO_SWEEP })).rejects.toThrow(message);
    });

    it('is possible without a handler for every job, unless the process says that it does them all', async () => {
      const registry = (await start()).get(JobRegistry);
      expect(() => registry.requireEveryJob()).toThrow(/^No handler for .*tickets\.close-resolved/);
    });

    it('sets the clock of scheduled jobs once, however many processes start', async () => {
      await Promise.all([start(), start()]);
      const scheduled = await Promise.all(QUEUES.map((name) => queues.createQueue(name).getJobSchedulers()));
      const schedulers = scheduled.flat();
      const declared = Object.entries<JobDefinition>(JOBS).filter(([, { every }]) => every);
      expect(declared.length).toBeGreaterThan(1);
      expect(schedulers.map(({ key, pattern }) => [key, pattern]).sort()).toEqual(
        declared.map(([name, { every }]) => [name, every]).sort(),
      );
    });

    it('runs a scheduled job without the outbox', async () => {
      const runner = (await start()).get(JobRunner);
      const before = script.purges;
      expect(await runner.run({ name: 'maintenance.purge', data: {} })).toBe('done');
      expect(script.purges).toBe(before + 1);
    });
  });
});
