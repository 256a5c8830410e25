import { Injectable } from '@nestjs/common';
import {
  EVENTS,
  JOBS,
  type EventDefinition,
  type EventName,
  type EventPayload,
  type JobDefinition,
  type JobName,
  type JobPayload,
} from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import { Database, sql, type Context, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { OUTBOX_CHANNEL } from './channel.js';
import { eventProblem, payloadProblem } from './payload.js';

const BY_CLOCK = Object.entries<JobDefinition>(JOBS).flatMap(([name, { byClock }]) => (byClock ? name : []));
/** Rows that are let go at a time. */
const BATCH = 1_000;
const EVENT_TURNS = [...new Set(Object.keys(EVENTS).map((name) => name.split('.', 1)[0]!))];
const HEARD = Object.entries<EventDefinition>(EVENTS).flatMap(([name, { liveOnly }]) => (liveOnly ? [] : name));
/** What the turns of both are called, by which the index finds those that are open. */
const TURNS = [...new Set([...BY_CLOCK, ...HEARD.map((name) => name.split('.', 1)[0]!)])];

/** Jobs that shall happen if, and only if, the caller's transaction commits. Their order is not promised. */
@Injectable()
export class Outbox {
  constructor(private readonly database: Database) {}

  /**
   * Writes a job's row in the caller's transaction. Nothing is read back: a customer may add, but not see, rows.
   * @param afterSeconds until it is due
   * @returns id of the row
   * @throws Error where the payload is not exactly what the job declares
   */
  async add<Name extends JobName>(
    db: Db,
    context: Context,
    job: Name,
    payload: JobPayload<Name>,
    afterSeconds = 0,
  ): Promise<string> {
    const definition: JobDefinition = JOBS[job];
    const problem = payloadProblem(definition, payload);
    if (problem) throw new Error(`Job ${job}: ${problem}`);
    const id = newId();
    await db.execute(sql`
      insert into outbox (organization_id, id, job, version, payload, due_at)
      values (${context.organizationId ?? null}::uuid, ${id}::uuid, ${job}, ${definition.version}, ${JSON.stringify(payload)}::jsonb,
        now() + make_interval(secs => ${afterSeconds}::float8))`);
    db.onCommit(() => this.wakeRelay());
    return id;
  }

  /**
   * Writes rows of events in the caller's transaction, all in one statement; each becomes a job of every subscriber.
   * @param afterSeconds until they do
   * @throws Error where a payload is not exactly what its event declares
   */
  async addEvents(
    db: Db,
    organizationId: string,
    events: readonly { name: EventName; payload: EventPayload }[],
    afterSeconds = 0,
  ): Promise<void> {
    const rows = events.map(({ name, payload }) => ({
      id: payload.id,
      event: name,
      version: EVENTS[name].version,
      payload,
    }));
    for (const { event, version, payload } of rows) {
      const problem = eventProblem(event, version, payload);
      if (problem) throw new Error(`Event ${event}: ${problem}`);
    }
    await db.execute(sql`
      insert into outbox (organization_id, id, event, version, payload, due_at)
      select ${organizationId}::uuid, e.id, e.event, e.version, e.payload, now() + make_interval(secs => ${afterSeconds}::float8)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(id uuid, event text, version integer, payload jsonb)`);
    db.onCommit(() => this.wakeRelay());
  }

  /**
   * Lets events of an organization that were held back (`afterSeconds`) be heard now. What has begun to be held meanwhile by somebody
   * else goes along: it is held so that much work is not disturbed, and not for what it says.
   */
  async letGo(organizationId: string): Promise<void> {
    const turns = EVENT_TURNS.map((turn) => `${organizationId} ${turn}`);
    for (let gone = BATCH; gone === BATCH;)
      gone = await this.database.asPlatform('events that waited for the end of a run', async (db) => {
        db.onCommit(() => this.wakeRelay());
        return db.execute(sql`
          update outbox set due_at = now() where id in (
            select id from outbox where turn = any(${turns}::text[]) and status = 'pending' and job is null and due_at > now()
            order by id limit ${BATCH} for no key update skip locked)`);
      });
  }

  /** Makes everything that waits for its next try due now, within a transaction of the platform's role. */
  async hasten(db: Db, organizationId: string): Promise<void> {
    await db.execute(sql`
      update outbox set due_at = now() where id in (
        select id from outbox where organization_id = ${organizationId}::uuid and status = 'dispatched' and due_at > now()
        order by id for no key update)`);
    db.onCommit(() => this.wakeRelay());
  }

  /**
   * Whether of an organization nothing is left to do that goes by its clock, as far as one can tell: jobs that say so, and
   * events that nobody has been told of yet.
   */
  async isSettled(context: OrganizationContext): Promise<boolean> {
    const open = await this.database.read(context, (db) =>
      db.first(sql`
        select 1 from outbox o where ${db.tenant('o')} and o.turn = any(${TURNS.map((turn) => `${context.organizationId} ${turn}`)}::text[])
          and o.status <> 'done'
          and (o.job = any(${BY_CLOCK}::text[]) or (o.job is null and o.event = any(${HEARD}::text[]))) limit 1`),
    );
    return !open;
  }

  private wakeRelay(): void {
    this.database.notify(OUTBOX_CHANNEL);
  }
}
