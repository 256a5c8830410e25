import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { freePort } from './free-port.js';

const PROGRAM = fileURLToPath(new URL('./serve-postgres.mjs', import.meta.url));
const DATABASE = 'balcao';

/** A PostgreSQL server of one test file's own, which may be killed and started again at the same place. */
export class PostgresServer {
  private host: ChildProcess;
  private serverPid: number;
  private serverUrl: string;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<PostgresServer> {
    const folder = await mkdtemp(join(tmpdir(), 'balcao-faults-'));
    // The server may have to run as another user, who must be able to come here.
    await chmod(folder, 0o755);
    const server = new PostgresServer(folder, await freePort());
    await server.startAgain();
    await server.connected('postgres', (client) => client.query(`create database ${DATABASE}`));
    return server;
  }

  /** The superuser's connection to the product's database. */
  get url(): string {
    return this.urlOf(DATABASE);
  }

  /** Immediate shutdown: nobody is told, nothing is finished, and the next start has to recover. */
  async crash(): Promise<void> {
    const gone = once(this.host, 'exit');
    process.kill(this.serverPid, 'SIGQUIT');
    await gone;
  }

  /** Starts it where it was, with its data, and waits until it answers. */
  async startAgain(): Promise<void> {
    this.host = fork(PROGRAM, [join(this.folder, 'data'), String(this.port)], {
      env: { PATH: process.env['PATH'] },
      execArgv: [],
    });
    const gone = once(this.host, 'exit').then(() => undefined);
    const told = await Promise.race([once(this.host, 'message'), gone]);
    if (!told) throw new Error('PostgreSQL did not start');
    const [{ pid, url }] = told as [{ pid: number; url: string }];
    this.serverPid = pid;
    this.serverUrl = url;
  }

  /** Rows of one statement, over a connection of its own that no crash can have spoilt. */
  async rows<Row extends object = Record<string, unknown>>(statement: string, ...values: unknown[]): Promise<Row[]> {
    return this.withOwner(async (owner) => (await owner.query<Row>(statement, values)).rows);
  }

  /** Does something with a connection that sees and may do everything. */
  async withOwner<Result>(work: (owner: pg.Client) => Promise<Result>): Promise<Result> {
    return this.connected(DATABASE, work);
  }

  /** Holds a lock that one statement takes until the answered function is called. */
  async holdLock(statement: string): Promise<() => Promise<void>> {
    const holder = new pg.Client({ connectionString: this.url, application_name: 'faults-lock' });
    await holder.connect();
    await holder.query('begin');
    await holder.query(statement);
    return () => holder.end();
  }

  /** Ends it, whether or not it runs, and removes its data. */
  async close(): Promise<void> {
    if (this.host.connected) {
      const gone = once(this.host, 'exit');
      this.host.disconnect();
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async connected<Result>(database: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const client = new pg.Client({ connectionString: this.urlOf(database), application_name: 'faults' });
    client.on('error', () => {});
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  private urlOf(database: string): string {
    const url = new URL(this.serverUrl);
    url.pathname = `/${database}`;
    return url.toString();
  }
}
