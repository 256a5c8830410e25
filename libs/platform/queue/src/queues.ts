import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Processor } from 'bullmq';
import { JOBS, QUEUES, type JobDefinition, type JobName, type QueueName } from '@balcao/contracts';
import { AppConfig, Secrets } from '@balcao/platform-config';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import { Queue, Worker, queueConnection, type QueueInstance, type WorkerInstance } from './queue-backend.js';
import { occasionally } from './occasionally.js';

/**
 * Finished jobs are kept for the dashboard for a while; the outbox remembers what matters. Those that were done are purged a thousand
 * at a time, and not by BullMQ with each that ends, which looks through all that are kept and costs more than most jobs do.
 */
const KEEP_DONE_MS = 60 * 60 * 1_000;
const KEEP_FAILED = { age: 7 * 24 * 60 * 60, count: 5_000 };
/**
 * Queues whose jobs are many and short, so that one connection for the queue's own statements would hold them up. Every
 * further connection is taken from what the server has for all processes.
 */
const BUSY: readonly QueueName[] = ['events', 'mail'];
/**
 * Jobs that one process handles at the same time; of those that wait for strangers' servers, so many that silent ones hold up
 * nobody. Pictures are drawn a few at a time, in turns of their organizations: so many more are there that others have a turn.
 */
const AT_ONCE: Partial<Record<QueueName, number>> = { domains: 20, cnpj: 20, pictures: 20 };
const USUALLY_AT_ONCE = 5;
const HOW_OFTEN_ERRORS_ARE_LOGGED_MS = 10_000;

export interface WorkerSettings {
  /** Jobs that one process handles at the same time. */
  concurrency?: number;
  /** Milliseconds without a sign of life after which another process takes a job over. */
  lockMs?: number;
  /** Milliseconds between looks for jobs whose process died. */
  stalledCheckMs?: number;
}

/** The queues of this installation. Made once for a process; what it made is closed with the process. */
@Injectable()
export class Queues implements OnApplicationShutdown {
  private readonly queues = new Map<QueueName, QueueInstance>();
  private readonly workers = new Set<WorkerInstance>();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly secrets: Secrets,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The queue of a name; the same object each time. */
  createQueue(name: QueueName): QueueInstance {
    // A closed queue would keep its callers waiting for ever.
    if (this.closing) throw new Error('The queues of this process are closed');
    let queue = this.queues.get(name);
    if (!queue) {
      queue = new Queue(name, {
        connection: queueConnection(this.config, this.secrets, 1),
        defaultJobOptions: { removeOnFail: KEEP_FAILED },
      });
      queue.on('error', this.reportErrors(name));
      this.queues.set(name, queue);
    }
    return queue;
  }

  /** All queues, for the operators' dashboard. */
  all(): QueueInstance[] {
    return QUEUES.map((name) => this.createQueue(name));
  }

  /** Forgets up to `limit` jobs of each queue that were done an hour ago. @returns how many */
  async purgeDone(limit: number): Promise<number> {
    let purged = 0;
    for (const queue of this.all()) purged += (await queue.clean(KEEP_DONE_MS, limit, 'completed')).length;
    return purged;
  }

  /** A worker that begins at once. */
  createWorker(name: QueueName, processor: Processor, settings: WorkerSettings = {}): WorkerInstance {
    const worker = new Worker(name, processor, {
      connection: queueConnection(this.config, this.secrets, BUSY.includes(name) ? 3 : 1),
      concurrency: settings.concurrency ?? AT_ONCE[name] ?? USUALLY_AT_ONCE,
      lockDuration: settings.lockMs ?? 30_000,
      stalledInterval: settings.stalledCheckMs ?? 15_000,
      // A job whose process dies again and again is given back to the outbox, not kept from it.
      maxStalledCount: 5,
    });
    worker.on('error', this.reportErrors(name));
    this.workers.add(worker);
    return worker;
  }

  /** How a job of that name is added: attempts, backoff and precedence as declared. BullMQ takes what has no priority first. */
  jobOptions(name: JobName) {
    const { attempts, backoffMs, yields }: JobDefinition = JOBS[name];
    return { attempts, backoff: { type: 'exponential', delay: backoffMs, jitter: 0.2 }, priority: yields ? 1 : 0 };
  }

  /** Sets the clock of every job that has one. Doing it in several processes does it once. */
  async scheduleJobs(): Promise<void> {
    for (const [name, definition] of Object.entries(JOBS) as [JobName, JobDefinition][]) {
      if (!definition.every) continue;
      const queue = this.createQueue(definition.queue);
      const template = { name, data: {}, opts: this.jobOptions(name) };
      try {
        await queue.upsertJobScheduler(name, { pattern: definition.every, tz: 'UTC' }, template);
      } catch (error) {
        // Of processes that start together one wins; BullMQ tells the others that the next job is there already.
        if ((await queue.getJobScheduler(name))?.pattern !== definition.every) throw error;
      }
    }
  }

  /** Waits for running jobs until `graceMs` have passed, then lets go: what was left is taken over as stalled. */
  async close(graceMs = 8_000): Promise<void> {
    this.closing ??= this.closeAll(graceMs);
    await this.closing;
  }

  /** After everything that still wanted a queue, such as the outbox's relay, has stopped. */
  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private async closeAll(graceMs: number): Promise<void> {
    await Promise.all([...this.workers].map((worker) => closeWithin(worker, graceMs)));
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }

  /** A backend that is away makes BullMQ repeat one error many times a second. */
  private reportErrors(queue: QueueName): (error: Error) => void {
    return occasionally(HOW_OFTEN_ERRORS_ARE_LOGGED_MS, (error: Error) =>
      this.logger.error({ queue, err: error }, 'queue backend'),
    );
  }
}

/** `close()` can be asked once only, so the running jobs are waited for before it. */
async function closeWithin(worker: WorkerInstance, graceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), graceMs);
  });
  const outcome = await Promise.race([worker.pause(), late]);
  clearTimeout(timer);
  await worker.close(outcome === 'late');
}
