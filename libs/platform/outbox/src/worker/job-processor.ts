import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { QUEUES } from '@balcao/contracts';
import { AppConfig, Secrets } from '@balcao/platform-config';
import { connectionUrls } from '@balcao/platform-database';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import { Queues, type WorkerSettings } from '@balcao/platform-queue';
import { Database } from '@balcao/platform-tenancy';
import { JobRegistry } from './job-registry.js';
import { JobRunner } from './job-runner.js';
import { OutboxRelay, type RelayOptions } from './outbox-relay.js';

/** What tests shorten. */
export interface OutboxWorkerOptions extends WorkerSettings, Omit<RelayOptions, 'listenUrl'> {}

export const OUTBOX_WORKER_OPTIONS = Symbol('OUTBOX_WORKER_OPTIONS');

/** Starts relay, workers and clocks with the process, and ends them in the right order. */
@Injectable()
export class JobProcessor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relay: OutboxRelay;

  constructor(
    private readonly runner: JobRunner,
    registry: JobRegistry,
    private readonly queues: Queues,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(OUTBOX_WORKER_OPTIONS) private readonly options: OutboxWorkerOptions,
    database: Database,
    config: AppConfig,
    secrets: Secrets,
  ) {
    const listenUrl = connectionUrls(config, secrets).platform;
    // Filled before anything starts.
    this.relay = new OutboxRelay(database, queues, logger, { ...options, listenUrl }, registry.subscriptions);
  }

  /** Whether rows of the outbox reach their queues. */
  get works(): boolean {
    return this.relay.works;
  }

  async onApplicationBootstrap(): Promise<void> {
    // Asked before any worker runs: without the queues' tables a worker would spin.
    for (const queue of this.queues.all()) await queue.waitUntilReady();
    await this.queues.scheduleJobs();
    for (const name of QUEUES) {
      const worker = this.queues.createWorker(name, (job) => this.runner.run(job), this.options);
      worker.on('drained', () => this.relay.goOn());
      worker.on('failed', (job, error) =>
        this.logger.warn({ job: job?.name, jobId: job?.id, attempt: job?.attemptsMade, err: error }, 'job failed'),
      );
    }
    this.relay.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
    await this.queues.close();
  }
}
