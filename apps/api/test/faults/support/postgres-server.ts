import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { eventually } from '@balcao/platform-testing';
import { freePort } from './free-port.js';

const PROGRAM = fileURLToPath(new URL('./serve-postgres.mjs', import.meta.url));
const DATABASE = 'balcao';

/** A PostgreSQL server of one test file's own, which may be killed and started again at the same place. */
export class PostgresServer {
  /** Anything may be kept here: it is removed with the server, however the tests end. */
  folder: string;
  private serverPid: number;
  private serverUrl: string;

  private constructor(private readonly host: ChildProcess) {
    // A server that a broken test left must not keep the tests from ending; it ends once they have.
    host.unref();
    host.channel?.unref();
  }

  static async start(): Promise<PostgresServer> {
    const env = { PATH: process.env['PATH'], TMPDIR: tmpdir(), BALCAO_RUN: process.env['BALCAO_RUN'] };
    const server = new PostgresServer(fork(PROGRAM, [String(await freePort())], { env, execArgv: [] }));
    try {
      await server.startAgain();
      await server.connected('postgres', (client) => client.query(`create database ${DATABASE}`));
      return server;
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  /** The superuser's connection to the product's database. */
  get url(): string {
    return this.urlOf(DATABASE);
  }

  /** Immediate shutdown: nobody is told, nothing is finished, and the next start has to recover. */
  async crash(): Promise<void> {
    const ended = once(this.host, 'message');
    process.kill(this.serverPid, 'SIGQUIT');
    await ended;
  }

  /** Starts it where it was, with its data, and waits until it answers. */
  async startAgain(): Promise<void> {
    this.host.send('start');
    const gone = once(this.host, 'exit').then(() => undefined);
    const told = await Promise.race([once(this.host, 'message'), gone]);
    if (!told) throw new Error('PostgreSQL did not start');
    const [{ pid, url, folder }] = told as [{ pid: number; url: string; folder: string }];
    this.folder = folder;
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

  /** Ends every connection of a program, as the server does once it notices that the program is gone. */
  async endConnections(applicationName: string): Promise<void> {
    await this.rows(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
      applicationName,
    );
    await eventually('the connections to end', async () => {
      const left = await this.rows('select 1 from pg_stat_activity where application_name = $1', applicationName);
      return left.length === 0;
    });
  }

  /** Ends it, whether or not it runs, and removes its data. */
  async close(): Promise<void> {
    if (!this.host.connected) return;
    const gone = once(this.host, 'exit');
    this.host.disconnect();
    await gone;
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
