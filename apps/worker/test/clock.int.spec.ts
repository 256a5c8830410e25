import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ModuleRef } from '@nestjs/core';
import { OrganizationClockService } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { Events } from '@balcao/platform-events';
import type { LiveBus, LiveMessage } from '@balcao/platform-live';
import { Outbox } from '@balcao/platform-outbox';
import { clockOf, systemContext, type DueWork, type OrganizationContext } from '@balcao/platform-tenancy';
import { insertOrganization, insertSandbox, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { AdvanceClockHandler } from '../src/clock/advance-clock.handler.js';

let test: TestDatabase;
let clocks: OrganizationClockService;
let outbox: Outbox;
const told: LiveMessage[] = [];

beforeAll(async () => {
  test = await testDatabase();
  outbox = new Outbox(test.database);
  const live = { publish: (message: LiveMessage) => void told.push(message) } as LiveBus;
  clocks = new OrganizationClockService(test.database, outbox, new Events(outbox, live), new Audit());
});
afterAll(() => test.close());

const NOON = new Date('2027-01-30T15:00:00Z');

/** Staff of a sandbox organization. */
async function sandbox(now = NOON, timeZone?: string): Promise<OrganizationContext> {
  return systemContext(await insertSandbox(test.owner, now, timeZone), { clock: clockOf({ now }) });
}

class Work implements DueWork {
  readonly days: string[] = [];
  during: (now: string, context: OrganizationContext) => Promise<void> = async () => {};
  async runDue(context: OrganizationContext): Promise<void> {
    const now = context.clock.now().toISOString();
    await this.during(now, context);
    this.days.push(now);
  }
}

/** Does the jobs of a clock as a worker would, until none is left. @returns how many there were */
async function run({ organizationId, clock }: OrganizationContext, ...works: Work[]): Promise<number> {
  const modules = { get: (work: unknown) => work } as ModuleRef;
  const handler = new AdvanceClockHandler(test.database, clocks, outbox, modules, works as never, test.logger);
  for (let jobs = 0; ; jobs += 1) {
    const { rows } = await test.owner.query<{ id: string }>(
      "select id from outbox where organization_id = $1 and job = 'clock.advance' and status <> 'done' limit 1",
      [organizationId],
    );
    const [row] = rows;
    if (!row) return jobs;
    const job = { name: 'clock.advance', version: 1, payload: {}, deliveryId: randomUUID(), outboxId: row.id } as const;
    await handler.handle({ ...job, organizationId, context: systemContext(organizationId, { clock }) }, async () => {
      await test.owner.query("update outbox set status = 'done' where id = $1", [row.id]);
    });
  }
}

describe('the clock of a sandbox organization', () => {
  it('B.10 stands still, and tells what time it is on the wall', async () => {
    expect(await clocks.find(await sandbox())).toEqual({
      now: NOON,
      localTime: '2027-01-30T12:00',
      timeZone: 'America/Sao_Paulo',
      advancingTo: null,
    });
  });

  it('B.10 is there for sandboxes alone, and begins at the present', async () => {
    const id = await insertOrganization(test.owner);
    const context = systemContext(id, { clock: clockOf({ now: null }) });
    expect(await clocks.find(context)).toBeUndefined();
    await expect(clocks.advance(context, '2027-01-30T12:00')).rejects.toMatchObject({ code: 'no_test_clock' });
    const sandboxId = randomUUID();
    await test.owner.query("insert into organizations (id, slug, name, is_sandbox) values ($1, $2, 'A', true)", [
      sandboxId,
      `o-${sandboxId}`,
    ]);
    const { now } = (await clocks.find(systemContext(sandboxId, { clock: clockOf({ now: null }) })))!;
    expect(Math.abs(Date.now() - now.getTime())).toBeLessThan(120_000);
    expect(now.getTime() % 60_000).toBe(0);
  });

  it.each([
    ['backwards', "update organization_clocks set now = now - interval '1 second' where organization_id = $1"],
    [
      'past where it is going',
      "update organization_clocks set advancing_to = now - interval '1 day' where organization_id = $1",
    ],
    [
      'to another organization',
      'update organization_clocks set organization_id = gen_random_uuid() where organization_id = $1',
    ],
    ['out of the sandbox', 'update organizations set is_sandbox = false where id = $1'],
  ])('B.10 goes %s for nobody, not even the tables’ owner', async (_where, statement) => {
    const { organizationId } = await sandbox();
    await expect(test.owner.query(statement, [organizationId])).rejects.toMatchObject({ code: '23514' });
  });

  it('B.10 is made by nobody for an ordinary organization, which becomes no sandbox', async () => {
    const id = await insertOrganization(test.owner);
    const context = systemContext(id, { clock: clockOf({ now: null }) });
    await expect(
      test.database.transaction(context, (db) =>
        db.execute({ text: 'insert into organization_clocks (now) values (now())', values: [] } as never),
      ),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(test.owner.query('update organizations set is_sandbox = true where id = $1', [id])).rejects.toThrow();
  });

  it.each([
    ['the present moment', '2027-01-30T12:00', { code: 'clockForward' }],
    ['an earlier one', '2027-01-30T11:59', { code: 'clockForward' }],
    ['one more than two years ahead', '2029-01-30T12:01', { code: 'clockFar', params: { max: 2 } }],
  ])('B.10 is not moved to %s', async (_what, until, field) => {
    await expect(clocks.advance(await sandbox(), until)).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'until', ...field }],
    });
  });

  it('B.10 is moved by one at a time', async () => {
    const context = await sandbox();
    const both = await Promise.allSettled([1, 2].map(() => clocks.advance(context, '2027-02-01T12:00')));
    expect(
      both.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'sent')).sort(),
    ).toEqual(['clock_advancing', 'sent']);
    expect(await run(context)).toBe(1);
    await expect(clocks.advance(context, '2027-02-01T12:01')).resolves.toMatchObject({ localTime: '2027-02-01T12:00' });
  });

  it('B.10 comes by each midnight of its time zone, and each day’s work is done before the next begins', async () => {
    const context = await sandbox();
    const order: string[] = [];
    const [first, second] = [new Work(), new Work()];
    first.during = async (now) => void order.push(`first ${now}`);
    second.during = async (now) => {
      expect((await clocks.find(context))!.now.toISOString()).toBe(now);
      order.push(`second ${now}`);
    };
    told.length = 0;
    await clocks.advance(context, '2027-02-01T08:30');
    await run(context, first, second);
    const days = ['2027-01-30T15:00', '2027-01-31T03:00', '2027-02-01T03:00', '2027-02-01T11:30'];
    expect(order).toEqual(days.flatMap((day) => [`first ${day}:00.000Z`, `second ${day}:00.000Z`]));
    expect(await clocks.find(context))!.toMatchObject({ now: new Date('2027-02-01T11:30:00Z'), advancingTo: null });
    // When it sets out, on the way, and when it has arrived.
    expect(told.length).toBeGreaterThan(2);
    expect(told).toContainEqual(
      expect.objectContaining({ name: 'clock.advanced', organizationId: context.organizationId }),
    );
  });

  it.each([
    // Chile's clocks go from 24:00 of a Saturday to 1:00, and back from 24:00 to 23:00.
    ['America/Santiago', '2027-09-03T12:00:00Z', '2027-09-07T12:00', ['03', '04', '05', '06', '07', '07']],
    ['America/Santiago', '2027-04-02T12:00:00Z', '2027-04-05T12:00', ['02', '03', '04', '05', '05']],
    ['America/New_York', '2027-03-13T12:00:00Z', '2027-03-15T12:00', ['13', '14', '15', '15']],
  ])('B.10 leaves out no day of %s and stays at none, where its hours change', async (timeZone, now, until, days) => {
    const context = await sandbox(new Date(now), timeZone);
    const work = new Work();
    await clocks.advance(context, until);
    await run(context, work);
    const day = new Intl.DateTimeFormat('en-CA', { timeZone, day: '2-digit' });
    expect(work.days.map((moment) => day.format(new Date(moment)))).toEqual(days);
  });

  it('B.10 goes on from the day at which it was ended, and leaves out none', async () => {
    const context = await sandbox();
    const work = new Work();
    work.during = async (now) => {
      if (now.startsWith('2027-02-02')) throw new Error('killed');
    };
    await clocks.advance(context, '2027-02-04T00:00');
    await expect(run(context, work)).rejects.toThrow('killed');
    expect(await clocks.find(context))!.toMatchObject({ localTime: '2027-02-02T00:00' });
    expect((await clocks.find(context))!.advancingTo).not.toBeNull();
    await expect(clocks.advance(context, '2027-02-05T00:00')).rejects.toMatchObject({ code: 'clock_advancing' });
    work.during = async () => {};
    await run(context, work);
    expect(work.days.map((day) => day.slice(5, 10))).toEqual(['01-30', '01-31', '02-01', '02-02', '02-03', '02-04']);
    expect(await clocks.find(context))!.toMatchObject({ localTime: '2027-02-04T00:00', advancingTo: null });
  });

  it('B.10 stands where it is once somebody stops it, whatever never gets done there, and goes on from there', async () => {
    const context = await sandbox();
    const work = new Work();
    work.during = async (now) => {
      if (now.startsWith('2027-02-02')) throw new Error('never done');
    };
    await clocks.advance(context, '2027-02-04T00:00');
    for (let tries = 0; tries < 2; tries += 1) await expect(run(context, work)).rejects.toThrow('never done');
    const standing = { localTime: '2027-02-02T00:00', advancingTo: null };
    expect(await clocks.stop(context)).toMatchObject(standing);
    expect(await clocks.stop(context)).toMatchObject(standing);
    // The job that was under way finds nothing to do, and tries no more.
    const done = work.days.length;
    expect(await run(context, work)).toBe(1);
    expect(work.days).toHaveLength(done);
    work.during = async () => {};
    await clocks.advance(context, '2027-02-03T00:00');
    await run(context, work);
    expect(await clocks.find(context))!.toMatchObject({ localTime: '2027-02-03T00:00', advancingTo: null });
    const { rows } = await test.owner.query(
      "select from audit_log where organization_id = $1 and action = 'staff.clock.stop'",
      [context.organizationId],
    );
    expect(rows).toHaveLength(1);
  });

  it('B.10 is stopped in the middle of a day by who does not wait for it', async () => {
    const context = await sandbox();
    const work = new Work();
    work.during = async (now) => {
      if (now.startsWith('2027-02-01')) await clocks.stop(context);
    };
    await clocks.advance(context, '2027-02-04T00:00');
    await run(context, work);
    expect(await clocks.find(context))!.toMatchObject({ localTime: '2027-02-01T00:00', advancingTo: null });
    expect(work.days.map((day) => day.slice(5, 10))).toEqual(['01-30', '01-31', '02-01']);
  });

  it('B.10 arrives once where two take it there', async () => {
    const context = await sandbox();
    const work = new Work();
    work.during = () => new Promise((resolve) => setTimeout(resolve, 20));
    await clocks.advance(context, '2027-02-05T00:00');
    await Promise.all([run(context, work), run(context, work)]);
    expect(await clocks.find(context))!.toMatchObject({ localTime: '2027-02-05T00:00', advancingTo: null });
    expect([...new Set(work.days)]).toHaveLength(7);
  });

  it('B.10 waits for those who hear of what a day brought', async () => {
    const context = await sandbox();
    const work = new Work();
    let heardAt: Date | undefined;
    work.during = async (now) => {
      if (!now.startsWith('2027-01-31')) return;
      const event = `insert into outbox (organization_id, id, event, version, payload) values ($1, gen_random_uuid(), 'ticket.closed', 1, '{}')`;
      await test.owner.query(event, [context.organizationId]);
      setTimeout(() => {
        void clocks.find(context).then((clock) => {
          heardAt = clock!.now;
          return test.owner.query(
            "update outbox set status = 'done' where organization_id = $1 and event = 'ticket.closed'",
            [context.organizationId],
          );
        });
      }, 300);
    };
    await clocks.advance(context, '2027-02-02T00:00');
    await run(context, work);
    expect(heardAt).toEqual(new Date('2027-01-31T03:00:00Z'));
  });
});
