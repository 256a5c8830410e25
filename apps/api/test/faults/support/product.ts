import { join } from 'node:path';
import { PasswordHasher } from '@balcao/module-auth';
import { AppConfig, Secrets } from '@balcao/platform-config';
import { TestMailbox, eventually, slowness, testConfig } from '@balcao/platform-testing';
import { plant } from '../../support/plant.js';
import { PASSWORD } from '../../support/world.js';
import { BuiltProcess } from './built-process.js';
import { Customer } from './customer.js';
import { Load } from './load.js';
import { freePort } from './free-port.js';
import { PostgresServer } from './postgres-server.js';

type Settings = Record<string, string>;

/** The built API and worker as processes, over a PostgreSQL server and a mail server that a test may break. */
export class Product {
  private readonly loads: Load[] = [];

  private constructor(
    readonly postgres: PostgresServer,
    readonly mailbox: TestMailbox,
    /** At least one. */
    readonly apis: BuiltProcess[],
    /** As many as APIs. */
    readonly workers: BuiltProcess[],
  ) {}

  /**
   * Starts everything, with the test world in the database. `settings` are environment variables; what lies between the
   * programs and their server, such as a `SilentProxy`, may be put there. Where there are several replicas, each brings the schema up to date before it starts, all at the same time.
   */
  static async start(
    settings: Settings | ((postgresUrl: string) => Promise<Settings>) = {},
    replicas = 1,
  ): Promise<Product> {
    const [postgres, mailbox] = await Promise.all([PostgresServer.start(), TestMailbox.start()]);
    const product = new Product(postgres, mailbox, [], []);
    try {
      const given = typeof settings === 'function' ? await settings(postgres.url) : settings;
      await product.startPrograms(given, replicas);
      return product;
    } catch (error) {
      // Nobody else could end what runs already.
      await product.close();
      throw error;
    }
  }

  private async startPrograms(settings: Settings, replicas: number): Promise<void> {
    const { postgres, mailbox } = this;
    const ports = await Promise.all(Array.from({ length: 2 * replicas }, freePort));
    const [apiPorts, workerPorts] = [ports.slice(replicas), ports.slice(0, replicas)];
    const config = testConfig({ databaseUrl: postgres.url });
    const environment = {
      PATH: process.env['PATH'],
      BALCAO_RUN: process.env['BALCAO_RUN'],
      NODE_ENV: 'test',
      DATABASE_URL: postgres.url,
      SECRET_KEY: config.secretKey,
      PUBLIC_URL: `http://localhost:${apiPorts[0]}`,
      SMTP_URL: mailbox.smtpUrl,
      BCRYPT_COST: String(config.bcryptCost),
      REQUESTS_PER_MINUTE: '10000000',
      WRITES_PER_DAY: '1000000',
      // On a quiet machine the one that it comes with; that all programs start at once keeps each from its connections.
      DATABASE_POOL_WAIT_MS: String(Math.round(new AppConfig().databasePoolWaitMs * slowness() * replicas)),
      LOG_LEVEL: 'warn',
      ...settings,
    };
    const program = (path: string, name: string, at: number) =>
      new BuiltProcess(
        path,
        { ...environment, PORT: String(at), WORKER_PORT: String(at) },
        `http://127.0.0.1:${at}`,
        join(postgres.folder, `${name}-${at}.log`),
      );
    await Promise.all(apiPorts.map((at) => program('apps/api/dist/cli/migrate.js', 'migrate', at).finish()));
    const passwordHash = await new PasswordHasher(config).hash(PASSWORD, { lane: 'setup' });
    const secrets = new Secrets(config.secretKey);
    await postgres.withOwner((owner) => plant(owner, passwordHash, (text, context) => secrets.seal(text, context)));
    this.apis.push(...apiPorts.map((at) => program('apps/api/dist/main.js', 'api', at)));
    this.workers.push(...workerPorts.map((at) => program('apps/worker/dist/main.js', 'worker', at)));
    const started = await Promise.allSettled([...this.apis, ...this.workers].map((each) => each.start()));
    for (const result of started) if (result.status === 'rejected') throw result.reason;
  }

  /** The only API, or the first. */
  get api(): BuiltProcess {
    return this.apis[0]!;
  }

  /** The only worker, or the first. */
  get worker(): BuiltProcess {
    return this.workers[0]!;
  }

  /** Signs somebody in at the portal. */
  customer(email = 'ana@padaria.example'): Promise<Customer> {
    return Customer.signIn(this.api.address, email);
  }

  /** Ends an API as a power cut would, with the connections that its database would keep until it noticed. */
  async killApi(): Promise<void> {
    await this.api.kill();
    await this.postgres.endConnections('balcao-api');
  }

  /** Load that ends with the product at the latest. */
  load(...requests: ConstructorParameters<typeof Load>): Load {
    const load = new Load(...requests);
    this.loads.push(load);
    return load;
  }

  /** Brings everything to an end, whatever state the tests left it in. */
  async close(): Promise<void> {
    for (const load of this.loads) load.end();
    await Promise.all([...this.apis, ...this.workers].map((each) => each.kill()));
    await this.mailbox.stop();
    await this.postgres.close();
  }

  /** How many statements of the API, or of the worker, wait for a lock. */
  async waitingForLocks(of: 'api' | 'worker' = 'api'): Promise<number> {
    const [row] = await this.postgres.rows<{ waiting: number }>(
      "select count(*)::int as waiting from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'",
      `balcao-${of}`,
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

  /** Makes it so late that nobody waits any longer for requests whose process died. */
  async letIdempotencyLeasesLapse(): Promise<void> {
    await this.postgres.rows(
      `update idempotency_keys set leased_until = now(), expires_at = case when carried_out then expires_at else now() end
       where status is null`,
    );
  }

  /** Makes it so late that the outbox no longer trusts the queue to have its rows. */
  async letDispatchesLapse(): Promise<void> {
    await this.postgres.rows("update outbox set due_at = now() where status = 'dispatched'");
  }
}
