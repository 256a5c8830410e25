import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { freePort } from './free-port.js';

interface Running {
  pid: number;
  url(database: string): string;
  exited: Promise<unknown>;
  stop(): Promise<void>;
}

interface Launcher {
  startPostgres(options: {
    dataDir: string;
    port: number;
    settings: Record<string, string | number>;
  }): Promise<Running>;
}

const LAUNCHER = fileURLToPath(new URL('../../../../../tools/launcher/src/postgres.mjs', import.meta.url));
const DATABASE = 'balcao';

/** What was committed must survive the death of the server, though not that of the machine. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: 100 };

/** A PostgreSQL server of one test file's own, which may be killed and started again at the same place. */
export class PostgresServer {
  private constructor(
    private readonly launcher: Launcher,
    private readonly folder: string,
    private readonly port: number,
    private running: Running,
  ) {}

  static async start(): Promise<PostgresServer> {
    const launcher = (await import(LAUNCHER)) as Launcher;
    const folder = await mkdtemp(join(tmpdir(), 'balcao-faults-'));
    const port = await freePort();
    const running = await launcher.startPostgres({ dataDir: join(folder, 'data'), port, settings: SETTINGS });
    const server = new PostgresServer(launcher, folder, port, running);
    process.once('exit', server.killAtExit);
    await server.asSuperuser('postgres', (client) => client.query(`create database ${DATABASE}`));
    return server;
  }

  /** The superuser's connection to the product's database. */
  get url(): string {
    return this.running.url(DATABASE);
  }

  /** Immediate shutdown: nobody is told, nothing is finished, and the next start has to recover. */
  async crash(): Promise<void> {
    process.kill(this.running.pid, 'SIGQUIT');
    await this.running.exited;
  }

  async startAgain(): Promise<void> {
    this.running = await this.launcher.startPostgres({
      dataDir: join(this.folder, 'data'),
      port: this.port,
      settings: SETTINGS,
    });
  }

  /** Rows of one statement, over a connection of its own that no crash can have spoilt. */
  async rows<Row extends object = Record<string, unknown>>(statement: string, ...values: unknown[]): Promise<Row[]> {
    return this.asSuperuser(DATABASE, async (client) => (await client.query<Row>(statement, values)).rows);
  }

  /** Does something with a connection that sees and may do everything. */
  async withOwner<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    return this.asSuperuser(DATABASE, work);
  }

  /** Holds a lock that one statement takes until the answered function is called. */
  async holdLock(statement: string): Promise<() => Promise<void>> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'faults-lock' });
    await client.connect();
    await client.query('begin');
    await client.query(statement);
    return () => client.end();
  }

  async close(): Promise<void> {
    await this.running.stop();
    process.removeListener('exit', this.killAtExit);
    await rm(this.folder, { recursive: true, force: true });
  }

  private async asSuperuser<Result>(database: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const client = new pg.Client({ connectionString: this.running.url(database), application_name: 'faults' });
    client.on('error', () => {});
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  private readonly killAtExit = () => {
    try {
      process.kill(this.running.pid, 'SIGQUIT');
    } catch {
      // It is gone already.
    }
  };
}
