import {
  EVENTS,
  JOBS,
  QUEUES,
  type EventName,
  type JobDefinition,
  type JobName,
  type SubscriberName,
} from '@balcao/contracts';
import { ChannelListener } from '@balcao/platform-database';
import type { Logger } from '@balcao/platform-logging';
import type { Queues } from '@balcao/platform-queue';
import { sql, type Database } from '@balcao/platform-tenancy';
import { OUTBOX_CHANNEL } from '../channel.js';
import type { QueuedJob } from './queued-job.js';

interface ClaimedRow {
  id: string;
  organizationId: string | null;
  job: JobName;
  version: number;
  dispatches: number;
}

interface Claim {
  taken: number;
  /** Whether a turn is full, so that there may be more of it. */
  heldBack: boolean;
  jobs: ClaimedRow[];
}

export interface Subscription {
  event: EventName;
  job: SubscriberName;
}

export interface RelayOptions {
  /** Connection to listen on; any role may listen. */
  listenUrl: string;
  /** Milliseconds between looks at the table without being woken. */
  sweepMs?: number;
  /** Milliseconds after which a row that is not done is dispatched again; by default what a job's attempts may take. */
  redispatchMs?: number;
  /** Milliseconds without a finished look at the table after which it counts as not working. */
  patienceMs?: number;
  /** Rows of one turn that may be in the queues at once. */
  turnLength?: number;
}

const BATCH = 100;
const TURN_LENGTH = 50;
/** Milliseconds after which a row is no longer thought to be in front of others: it failed and waits for its next attempt. */
const IN_FRONT_MS = 60_000;
const SWEEP_MS = 3_000;
const PATIENCE_MS = 60_000;
/** Milliseconds on top of a job's own attempts before the outbox thinks that its queue has lost it. */
const SLACK_MS = 120_000;
/** A row whose work keeps failing is dispatched ever less often, up to this many times its first delay. */
const SLOWEST = 4;
/** Milliseconds until a row is tried again that could not be put into its queue. */
const QUEUE_AWAY_MS = 5_000;
/** Milliseconds until a claimed row is tried again whose relay died, or lost the database, before it said what became of it. */
const CLAIM_MS = 30_000;

/**
 * Carries committed rows to the queues. Rows are claimed with SKIP LOCKED, so any number of relays share the work,
 * and go to their queue after the claim is committed. What was lost in between is due again soon, what was lost in the
 * queue later.
 *
 * The queues are first come, first served, so an organization is handed out only so much at once: the rest of its rows
 * stay here until that is done, and never stand in front of another's. Each relay looks for itself, so two may hand out
 * one turn each.
 */
export class OutboxRelay {
  private stopped = false;
  private readonly channel: ChannelListener;
  private cameRoundAt = performance.now();
  private sweep: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private wanted = false;
  private heldBack = false;

  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly logger: Logger,
    private readonly options: RelayOptions,
    /** Which jobs hear which event. */
    private readonly subscriptions: readonly Subscription[] = [],
  ) {
    this.channel = new ChannelListener({
      url: options.listenUrl,
      applicationName: 'balcao-outbox-relay',
      channel: OUTBOX_CHANNEL,
      hear: () => this.wake(),
      gap: () => this.wake(),
    });
  }

  /** Whether what was due has been carried on lately. */
  get works(): boolean {
    return performance.now() - this.cameRoundAt < (this.options.patienceMs ?? PATIENCE_MS);
  }

  start(): void {
    this.sweep = setInterval(() => this.wake(), this.options.sweepMs ?? SWEEP_MS);
    this.channel.start();
    this.wake();
  }

  /** Looks for more once the queues are empty, if some of it had to wait for its turn. */
  goOn(): void {
    if (this.heldBack) this.wake();
  }

  /** Finishes the batch in hand and lets go of the connection. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.sweep);
    await this.channel.stop();
    await this.running;
  }

  /** Dispatches everything that is due now and whose turn it is. @returns how many rows went out */
  async dispatchDue(): Promise<number> {
    let total = 0;
    for (;;) {
      const { taken, heldBack, jobs } = await this.claim();
      this.heldBack = heldBack;
      await this.enqueue(jobs);
      this.cameRoundAt = performance.now();
      total += jobs.length;
      // Of what filled its turn some may be done already: events that nobody hears are.
      if (taken === 0 || (taken < BATCH && !heldBack) || this.stopped) return total;
    }
  }

  /** Looks at the table soon; calls while it is looking make it look once more. */
  private wake(): void {
    this.wanted = true;
    if (this.running || this.stopped) return;
    this.running = this.work().finally(() => {
      this.running = undefined;
    });
  }

  private async work(): Promise<void> {
    while (this.wanted && !this.stopped) {
      this.wanted = false;
      await this.dispatchDue().catch((error: unknown) => this.logger.warn({ err: error }, 'outbox relay has to wait'));
    }
  }

  /**
   * Claims what is due of each turn, as far as it goes. An event is done with that: in the same statement each subscriber
   * gets a row of its own. Turns with open rows are found one by one in the index, however many rows each has.
   */
  private async claim(): Promise<Claim> {
    const claimed = sql`now() + ${`${Math.min(CLAIM_MS, this.options.redispatchMs ?? CLAIM_MS)} milliseconds`}::interval`;
    const length = this.options.turnLength ?? TURN_LENGTH;
    const claim = await this.database.asPlatform('outbox relay', (db) =>
      db.first<Claim>(sql`
        with recursive open as (
          (select turn from outbox where status <> 'done' order by turn limit 1)
          union all
          select (select o.turn from outbox o where o.status <> 'done' and o.turn > open.turn order by o.turn limit 1)
          from open where open.turn is not null
        ), turns as (
          select turn, ${length}::int - (select count(*) from (select from outbox o where o.turn = open.turn
            and o.status = 'dispatched' and o.dispatched_at > now() - make_interval(secs => ${IN_FRONT_MS / 1_000}::float8)
            limit ${length}) as in_front) as room
          from open where turn is not null
        ), due as (
          select next.id, turns.turn, next.due_at from turns cross join lateral (
            select id, due_at from outbox o where o.turn = turns.turn and status <> 'done' and due_at <= now()
              and (job = any(${Object.keys(JOBS)}::text[]) or (job is null and event = any(${Object.keys(EVENTS)}::text[])))
            order by due_at limit turns.room for update skip locked) as next
          limit ${BATCH}
        ), claimed as (
          update outbox o set status = case when o.job is null then 'done' else 'dispatched' end,
            done_at = case when o.job is null then now() end, dispatches = o.dispatches + 1, dispatched_at = now(), due_at = ${claimed}
          from (select id, row_number() over (partition by turn order by due_at) as place from due) as due where o.id = due.id
          returning o.organization_id, o.id, o.event, o.job, o.version, o.payload, o.dispatches, due.place
        ), hearing as (
          select c.organization_id, gen_random_uuid() as id, c.event, s.job, c.version, c.payload, 1 as dispatches, c.place
          from claimed c join unnest(${this.subscriptions.map(({ event }) => event)}::text[],
            ${this.subscriptions.map(({ job }) => job)}::text[]) as s(event, job) on s.event = c.event
          where c.job is null
        ), heard as (
          insert into outbox (organization_id, id, event, job, version, payload, status, dispatches, dispatched_at, due_at)
          select organization_id, id, event, job, version, payload, 'dispatched', dispatches, now(), ${claimed} from hearing
        )
        select (select count(*)::int from claimed) as taken,
          exists (select from turns left join (select turn, count(*) as n from due group by turn) as d using (turn)
            where room <= coalesce(d.n, 0)) as "heldBack",
          (select coalesce(json_agg(json_build_object('organizationId', organization_id, 'id', id, 'job', job,
              'version', version, 'dispatches', dispatches) order by place), '[]')
            from (select * from claimed where job is not null union all select * from hearing) as jobs) as jobs`),
    );
    return claim!;
  }

  private async enqueue(rows: ClaimedRow[]): Promise<void> {
    const unsent: ClaimedRow[] = [];
    for (const queue of QUEUES) {
      const group = rows.filter((row) => JOBS[row.job].queue === queue);
      if (group.length === 0) continue;
      const jobs = group.map((row) => ({
        name: row.job,
        data: { outboxId: row.id, organizationId: row.organizationId, version: row.version } satisfies QueuedJob,
        opts: { ...this.queues.jobOptions(row.job), jobId: `${row.id}-${row.dispatches}` },
      }));
      try {
        await this.queues.createQueue(queue).addBulk(jobs);
      } catch (error) {
        this.logger.warn({ queue, rows: group.length, err: error }, 'queue is away; the outbox keeps its rows');
        unsent.push(...group);
      }
    }
    if (rows.length > 0) await this.settle(rows, unsent);
  }

  /** Gives what is in a queue the time that its attempts may take; the rest is due again soon. */
  private async settle(rows: ClaimedRow[], unsent: ClaimedRow[]): Promise<void> {
    const ids = (some: ClaimedRow[]) => some.map((row) => row.id);
    await this.database.asPlatform('outbox relay', (db) =>
      db.query(sql`
        update outbox o set
          dispatched_at = case when o.id = any(${ids(unsent)}::uuid[]) then null else o.dispatched_at end,
          due_at = now() + make_interval(secs => case
          when o.id = any(${ids(unsent)}::uuid[]) then ${QUEUE_AWAY_MS / 1_000}::float8
          else (${JSON.stringify(this.redispatchSeconds())}::jsonb ->> o.job)::float8 * least(2 ^ least(o.dispatches - 1, 10), ${SLOWEST})
        end)
        where o.id in (select id from outbox where id = any(${ids(rows)}::uuid[]) and status = 'dispatched'
          order by id for no key update)`),
    );
  }

  private redispatchSeconds(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(JOBS).map(([name, job]: [string, JobDefinition]) => {
        const attemptsMs = job.backoffMs * (2 ** (job.attempts - 1) - 1) * 1.2;
        return [name, (this.options.redispatchMs ?? attemptsMs + SLACK_MS) / 1_000];
      }),
    );
  }
}
