import { Inject, Injectable } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import {
  JOBS,
  type EventPayload,
  type HeardEvent,
  type JobDefinition,
  type JobName,
  type JobPayload,
} from '@balcao/contracts';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import { Database, clockOf, sql, systemClock, systemContext, type Db } from '@balcao/platform-tenancy';
import { eventProblem, payloadProblem } from '../payload.js';
import type { Finish } from './job-handler.js';
import { JobRegistry } from './job-registry.js';
import { isQueuedJob, type QueuedJob } from './queued-job.js';

interface OutboxRow {
  event: string | null;
  job: string;
  version: number;
  payload: unknown;
  /** What time it is in its organization, where it stands still. */
  now: Date | null;
  status: 'pending' | 'dispatched' | 'done';
}

/** A job as the queue hands it over. */
export interface DeliveredJob {
  id?: string;
  name: string;
  data: unknown;
}

export type JobOutcome = 'done' | 'already done' | 'later';

/** Another delivery of the same row was faster. */
class AlreadyDone extends Error {}

/** Brings one delivered job to its handler, and sees to it that its effect happens once. */
@Injectable()
export class JobRunner {
  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws whatever keeps the job from being done; the queue tries again, later the outbox does */
  async run(job: DeliveredJob): Promise<JobOutcome> {
    const name = job.name as JobName;
    const definition: JobDefinition | undefined = JOBS[name];
    if (!definition) throw new UnrecoverableError(`Job ${job.name} is not known to this version`);
    if (definition.every) return this.runScheduled(name, definition, job);
    if (!isQueuedJob(job.data))
      throw new UnrecoverableError(`Job ${name}: what the queue holds is not a job of the outbox`);
    return this.runFromOutbox(name, definition, job.data, job.id ?? job.data.outboxId);
  }

  private async runScheduled(name: JobName, definition: JobDefinition, job: DeliveredJob): Promise<JobOutcome> {
    const payload = {} as JobPayload<JobName>;
    await this.registry
      .get(name)
      .handle({ name, version: definition.version, payload, deliveryId: job.id ?? name }, async () => {});
    return 'done';
  }

  private async runFromOutbox(
    name: JobName,
    definition: JobDefinition,
    data: QueuedJob,
    deliveryId: string,
  ): Promise<JobOutcome> {
    const { outboxId, organizationId } = data;
    const row = await this.find(outboxId, organizationId);
    if (!row) throw new Error(`Job ${name}: its row ${outboxId} is not in the outbox`);
    if (row.status === 'done') return 'already done';
    const problem = rowProblem(row, name, definition);
    if (problem) throw new UnrecoverableError(`Job ${name}: ${problem}`);

    const context =
      organizationId === null
        ? undefined
        : systemContext(organizationId, { requestId: `job:${outboxId}`, clock: clockOf(row) });
    let finished = false;
    const finish: Finish = async (db) => {
      await markDone(db, outboxId);
      finished = true;
    };
    let answer: void | 'later';
    try {
      answer = await this.registry.get(name).handle(
        {
          name,
          version: row.version,
          payload: (row.event === null ? row.payload : {}) as JobPayload<JobName>,
          event: row.event === null ? undefined : ({ ...(row.payload as EventPayload), name: row.event } as HeardEvent),
          outboxId,
          deliveryId,
          organizationId: organizationId ?? undefined,
          context,
        },
        finish,
      );
    } catch (error) {
      if (error instanceof AlreadyDone) return 'already done';
      throw error;
    }
    if (answer === 'later') return 'later';
    if (!finished) throw new Error(`Job ${name}: its handler came back without finishing`);
    this.logger.debug({ job: name, outboxId, organizationId }, 'job done');
    return 'done';
  }

  private async find(outboxId: string, organizationId: string | null): Promise<OutboxRow | undefined> {
    const look = (db: Db) =>
      db.first<OutboxRow>(sql`
        select o.event, o.job, o.version, o.payload, o.status, s.now
        from outbox o left join organization_standings s on s.id = o.organization_id
        where ${db.tenant('o')} and o.id = ${outboxId}::uuid`);
    if (organizationId === null) return this.database.asPlatform('job of the installation', look);
    // What time it is there, the row tells.
    return this.database.read(systemContext(organizationId, { clock: systemClock }), look);
  }
}

/** Why this version of the worker cannot do what a row asks for; a newer one may. */
function rowProblem({ event, job, version, payload }: OutboxRow, name: JobName, definition: JobDefinition) {
  if (job !== name) return `its row is of job ${job}`;
  if (event !== null) return eventProblem(event, version, payload);
  return version === definition.version ? payloadProblem(definition, payload) : `version ${version} is not known`;
}

/** Only one transaction can do this: the row is locked until it ends, and found done after. */
async function markDone(db: Db, outboxId: string): Promise<void> {
  const marked = await db.execute(sql`
    update outbox o set status = 'done', done_at = now() where ${db.tenant('o')} and o.id = ${outboxId}::uuid and o.status <> 'done'`);
  if (marked !== 1) throw new AlreadyDone(outboxId);
}
