import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PasswordHasher } from '@balcao/module-auth';
import { TestMailbox, eventually, testConfig } from '@balcao/platform-testing';
import { plant } from '../../support/plant.js';
import { PASSWORD } from '../../support/world.js';
import { BuiltProcess } from './built-process.js';
import { Customer } from './customer.js';
import { freePort } from './free-port.js';
import { PostgresServer } from './postgres-server.js';

/** The built API and worker as processes, over a PostgreSQL server and a mail server that a test may break. */
export class Product {
  private constructor(
    readonly postgres: PostgresServer,
    readonly mailbox: TestMailbox,
    readonly api: BuiltProcess,
    readonly worker: BuiltProcess,
    private readonly folder: string,
  ) {}

  /** Starts everything, with the test world in the database. `settings` are environment variables. */
  static async start(settings: Record<string, string> = {}): Promise<Product> {
    const folder = await mkdtemp(join(tmpdir(), 'balcao-faults-logs-'));
    const [postgres, mailbox, port, workerPort] = await Promise.all([
      PostgresServer.start(),
      TestMailbox.start(),
      freePort(),
      freePort(),
    ]);
    const config = testConfig({ databaseUrl: postgres.url });
    const environment = {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      DATABASE_URL: postgres.url,
      SECRET_KEY: config.secretKey,
      PORT: String(port),
      WORKER_PORT: String(workerPort),
      PUBLIC_URL: `http://localhost:${port}`,
      SMTP_URL: mailbox.smtpUrl,
      BCRYPT_COST: String(config.bcryptCost),
      REQUESTS_PER_MINUTE: '10000000',
      LOG_LEVEL: 'warn',
      ...settings,
    };
    const program = (path: string, name: string, at = 0) =>
      new BuiltProcess(path, environment, `http://127.0.0.1:${at}`, join(folder, `${name}.log`));
    await program('apps/api/dist/cli/migrate.js', 'migrate').finish();
    const passwordHash = await new PasswordHasher(config).hash(PASSWORD);
    await postgres.withOwner((owner) => plant(owner, passwordHash));
    const api = program('apps/api/dist/main.js', 'api', port);
    const worker = program('apps/worker/dist/main.js', 'worker', workerPort);
    await Promise.all([api.start(), worker.start()]);
    return new Product(postgres, mailbox, api, worker, folder);
  }

  /** Signs somebody in at the portal. */
  customer(email = 'ana@padaria.example'): Promise<Customer> {
    return Customer.signIn(this.api.address, email);
  }

  /** Brings everything to an end, whatever state the tests left it in. */
  async close(): Promise<void> {
    await Promise.all([this.api.kill(), this.worker.kill()]);
    await this.mailbox.stop();
    await this.postgres.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** How many statements of the API wait for a lock. */
  async waitingForLocks(): Promise<number> {
    const [row] = await this.postgres.rows<{ waiting: number }>(
      "select count(*)::int as waiting from pg_stat_activity where application_name = 'balcao-api' and wait_event_type = 'Lock'",
    );
    return row!.waiting;
  }

  /** Waits until every row of the outbox is done. */
  async outboxDone(timeoutMs: number): Promise<void> {
    await eventually(
      'an outbox without undone rows',
      async () => {
        const open = await this.postgres.rows<{ status: string; dispatches: number }>(
          "select status, dispatches from outbox where status <> 'done' limit 20",
        );
        if (open.length > 0) throw new Error(JSON.stringify(open));
        return true;
      },
      timeoutMs,
    );
  }

  /** Makes it so late that jobs whose worker died are taken over by the next look at them. */
  async letQueueLocksLapse(): Promise<void> {
    await this.postgres.rows("update bullmq.job set locked_until_ms = 0, stalled_marked = true where state = 'active'");
    await this.postgres.rows("delete from bullmq.meta where field = 'stalled-check'");
  }

  /** Makes it so late that the outbox no longer trusts the queue to have its rows. */
  async letDispatchesLapse(): Promise<void> {
    await this.postgres.rows("update outbox set due_at = now() where status = 'dispatched'");
  }
}
