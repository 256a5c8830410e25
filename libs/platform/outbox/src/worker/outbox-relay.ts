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
}

const BATCH = 100;
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
 */
export class OutboxRelay {
  private stopped = false;
  private readonly channel: ChannelListener;
  private cameRoundAt = performance.now();
  private sweep: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private wanted = false;

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

  /** Finishes the batch in hand and lets go of the connection. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.sweep);
    await this.channel.stop();
    await this.running;
  }

  /** Dispatches everything that is due now. @returns how many rows went out */
  async dispatchDue(): Promise<number> {
    let total = 0;
    for (;;) {
      const rows = await this.claim();
      const jobs = rows.filter((row): row is ClaimedRow => row.job !== null);
      await this.enqueue(jobs);
      this.cameRoundAt = performance.now();
      total += jobs.length;
      if (rows.length < BATCH || this.stopped) return total;
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

  /** Claims what is due. An event is done with that: in the same statement each subscriber gets a row of its own. */
  private claim(): Promise<(ClaimedRow | { job: null })[]> {
    const claimed = sql`now() + ${`${Math.min(CLAIM_MS, this.options.redispatchMs ?? CLAIM_MS)} milliseconds`}::interval`;
    return this.database.asPlatform('outbox relay', (db) =>
      db.query(sql`
        with due as (
          select id from outbox where status <> 'done' and due_at <= now()
            and (job = any(${Object.keys(JOBS)}::text[]) or (job is null and event = any(${Object.keys(EVENTS)}::text[])))
          order by due_at limit ${BATCH} for update skip locked
        ), claimed as (
          update outbox o set status = case when o.job is null then 'done' else 'dispatched' end,
            done_at = case when o.job is null then now() end, dispatches = o.dispatches + 1, due_at = ${claimed}
          from due where o.id = due.id
          returning o.organization_id, o.id, o.event, o.job, o.version, o.payload, o.dispatches
        ), heard as (
          insert into outbox (organization_id, id, event, job, version, payload, status, dispatches, due_at)
          select c.organization_id, gen_random_uuid(), c.event, s.job, c.version, c.payload, 'dispatched', 1, ${claimed}
          from claimed c join unnest(${this.subscriptions.map(({ event }) => event)}::text[],
            ${this.subscriptions.map(({ job }) => job)}::text[]) as s(event, job) on s.event = c.event
          where c.job is null
          returning organization_id, id, job, version, dispatches
        )
        select organization_id as "organizationId", id, job, version, dispatches from claimed
        union all select organization_id, id, job, version, dispatches from heard`),
    );
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
        update outbox o set due_at = now() + make_interval(secs => case
          when o.id = any(${ids(unsent)}::uuid[]) then ${QUEUE_AWAY_MS / 1_000}::float8
          else (${JSON.stringify(this.redispatchSeconds())}::jsonb ->> o.job)::float8 * least(2 ^ least(o.dispatches - 1, 10), ${SLOWEST})
        end)
        where o.id = any(${ids(rows)}::uuid[]) and o.status = 'dispatched'`),
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
