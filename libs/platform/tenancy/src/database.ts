import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { Pool, PoolClient } from 'pg';
import { DomainError } from '@balcao/platform-errors';
import { isUnavailable } from '@balcao/platform-database';
import type { Logger } from '@balcao/platform-logging';
import { FairQueue, type Turn } from '@balcao/platform-threads/fair-queue';
import type { OrganizationContext } from './context.js';
import { ask } from './ask.js';
import type { CommitHooks } from './commit-mark.js';
import { Db } from './db.js';
import { DOOR_STATEMENTS, type DoorName } from './doors.js';
import { Loan } from './loan.js';

export interface DatabaseOptions {
  /** The app's role: sees what the bound context allows. */
  app: DataSource;
  /** The platform's role: sees every tenant. */
  platform: DataSource;
  logger: Logger;
  /** Whether `Db` adds its own tenant conditions. Switched off only by the test that proves the second wall. */
  ownFilters?: boolean;
}

const NOTIFY = `select pg_notify(n.channel, n.payload) from jsonb_to_recordset($1::jsonb) n(channel text, payload text)`;
const DEBOUNCE_MS = 10;

/**
 * The one door to a connection. A callback gets one client, bound to its context, and must not ask for another
 * while it holds it: that is how pools wedge.
 */
export class Database {
  /** What each client was last bound to, outside any transaction. */
  private readonly bindings = new WeakMap<PoolClient, string>();
  private readonly turns = new Map<DataSource, Promise<FairQueue>>();
  private closed = false;
  private readonly notices: { channel: string; payload: string }[] = [];
  private telling: NodeJS.Timeout | undefined;

  constructor(private readonly options: DatabaseOptions) {}

  /** Reads in autocommit mode as `context`. */
  async read<Result>(context: OrganizationContext, work: (db: Db) => Promise<Result>): Promise<Result> {
    const { app } = this.options;
    return this.withClient(app, turnOf(context), async (loan) => {
      loan.bound = this.bind(loan, context);
      loan.bound?.catch(() => {});
      try {
        return await work(new Db(app, loan, this.filtersOf(context)));
      } finally {
        await loan.bound;
      }
    });
  }

  /** Reads and writes in one transaction as `context`; what `work` throws rolls everything back. */
  async transaction<Result>(context: OrganizationContext, work: (db: Db) => Promise<Result>): Promise<Result> {
    return this.inTransaction(this.options.app, context, this.filtersOf(context), work);
  }

  /** Asks one of the few questions that come before the tenant is known. */
  async door<Row extends object>(name: DoorName, parameters: unknown[]): Promise<Row[]> {
    const statement = { name, text: DOOR_STATEMENTS[name], values: parameters };
    return (await this.withClient(this.options.app, NOBODYS, (loan) => loan.ask<Row>(statement))).rows;
  }

  /**
   * Works across tenants as the platform's role, in one transaction. Every use is logged with its reason; the files
   * that may call it are listed, and a test checks the list.
   * @param tenant the organization that new rows belong to, and that `Db` narrows its own conditions to
   */
  async asPlatform<Result>(
    reason: string,
    work: (db: Db) => Promise<Result>,
    tenant?: OrganizationContext,
  ): Promise<Result> {
    const { platform, logger } = this.options;
    logger.debug({ reason }, 'acting as platform');
    // No policy narrows this role, so the code's own conditions are never switched off here.
    return this.inTransaction(platform, tenant, tenant, work);
  }

  /**
   * Wakes those who listen on a channel of the database, a little later: all of some milliseconds share a statement, in which
   * equal ones are one. None is promised, so whoever listens looks by itself now and then.
   * @param payload at most 7,999 bytes
   */
  notify(channel: string, payload = ''): void {
    this.notices.push({ channel, payload });
    this.telling ??= setTimeout(() => this.tell(), DEBOUNCE_MS).unref();
  }

  /** Whether the database answers; for the readiness probe. */
  async ping(): Promise<void> {
    await this.withClient(this.options.app, NOBODYS, (loan) => loan.ask({ text: 'select 1' }));
  }

  /** Lets go of every connection; whoever still comes is refused. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(
      [this.options.app, this.options.platform].map((source) => source.isInitialized && source.destroy()),
    );
  }

  private tell(): void {
    this.telling = undefined;
    const notices = JSON.stringify(this.notices.splice(0));
    this.withClient(this.options.app, NOBODYS, (loan) => loan.ask({ text: NOTIFY, values: [notices] })).catch(
      (error: unknown) => this.options.logger.debug({ err: error }, 'notifications are lost'),
    );
  }

  private filtersOf(context: OrganizationContext): OrganizationContext | undefined {
    return this.options.ownFilters === false ? undefined : context;
  }

  private async inTransaction<Result>(
    source: DataSource,
    context: OrganizationContext | undefined,
    filters: OrganizationContext | undefined,
    work: (db: Db) => Promise<Result>,
  ): Promise<Result> {
    const hooks: CommitHooks = { before: new Set(), after: [] };
    // Local to the transaction: a rollback takes it back, so the remembered binding stays true.
    const bind = context && bindingTo(context, true);
    const turn = { ...(context ? turnOf(context) : NOBODYS), holds: true };
    const result = await this.withClient(source, turn, async (loan) => {
      try {
        await Promise.all([loan.ask({ text: 'begin' }), bind && loan.ask(bind)]);
        const db = new Db(source, loan, filters, hooks);
        if (context) db.commitsFor(context);
        const answer = await work(db);
        for (const mark of hooks.before) await mark(db);
        const { command } = await loan.ask({ text: 'commit' });
        // PostgreSQL rolls back instead where a statement has failed, whoever caught that.
        if (command !== 'COMMIT') throw new Error('A statement had failed, so nothing was committed');
        return answer;
      } catch (error) {
        // A lost connection cannot roll back; the server does it for us.
        await loan.ask({ text: 'rollback' }).catch(() => {});
        throw error;
      }
    });
    for (const listener of hooks.after) listener();
    return result;
  }

  private async withClient<Result>(
    source: DataSource,
    turn: Turn,
    work: (loan: Loan) => Promise<Result>,
  ): Promise<Result> {
    // Otherwise the first late caller would open the pools again, and nobody would close them.
    if (this.closed) throw new DomainError('service_unavailable', { retryAfterSeconds: 2 });
    try {
      const turns = await this.turnsAt(source);
      return await turns.run(turn, async () => {
        const loan = new Loan(await poolOf(source).connect());
        try {
          return await work(loan);
        } finally {
          loan.end();
        }
      });
    } catch (error) {
      if (isUnavailable(error)) throw new DomainError('service_unavailable', { retryAfterSeconds: 2, cause: error });
      throw error;
    }
  }

  /** Connects once; a database that was away at start is tried again by the next caller. */
  private turnsAt(source: DataSource): Promise<FairQueue> {
    let turns = this.turns.get(source);
    if (!turns) {
      turns = source.initialize().then(turnsFor);
      turns.catch(() => this.turns.delete(source));
      this.turns.set(source, turns);
    }
    return turns;
  }

  /** Travels with the first statement behind it, which must not believe an answer before this has succeeded. */
  private bind({ client }: Loan, context: OrganizationContext): Promise<void> | undefined {
    const binding = bindingTo(context, false);
    const wanted = binding.values.join('/');
    if (this.bindings.get(client) === wanted) return undefined;
    // Forgotten first: a statement that fails half-way must not leave a belief behind.
    this.bindings.delete(client);
    return ask(client, binding).then(() => void this.bindings.set(client, wanted));
  }
}

const poolOf = (source: DataSource) => (source.driver as PostgresDriver).master as Pool;

/** Who waits for a connection has it in fair turns: one tenant's crowd, or one person's, keeps it from nobody else. */
function turnsFor(source: DataSource): FairQueue {
  const { max, connectionTimeoutMillis: patienceMs } = poolOf(source).options;
  return new FairQueue({
    concurrency: max,
    // Transactions that wait for each other's locks hold their connections, and what others need of them takes a moment:
    // neither one person's nor one tenant's may be all, and what comes before a tenant is known finds some however many
    // tenants wait. What only reads waits for nobody, so a person may have more of it.
    holdingOfNetwork: Math.ceil(max * 0.3),
    concurrencyOfNetwork: Math.ceil(max * 0.5),
    concurrencyOfLane: Math.ceil(max * 0.7),
    keptPlaces: Math.floor(max * 0.2),
    mostWaitingInLane: 1_000,
    mostWaiting: 2_000,
    patienceMs,
  });
}

/** What is asked before a tenant is known, or for all of them. */
const NOBODYS: Turn = { lane: '', kept: true };

const turnOf = ({ organizationId, actor, client }: OrganizationContext): Turn => ({
  lane: organizationId,
  network: actor.id ?? client?.ip ?? organizationId,
});

const BIND = `select set_config('app.organization_id', $1, $4::boolean), set_config('app.scope', $2, $4::boolean),
  set_config('app.billing_account_id', $3, $4::boolean)`;

/** The statement that binds a connection to a context, for the transaction alone where it is `local`. */
function bindingTo({ organizationId, scope }: OrganizationContext, local: boolean) {
  if (!organizationId || !scope) throw new Error('A connection needs a context with organization and scope');
  const account = scope.kind === 'account' ? scope.billingAccountId : '';
  return { name: 'bind', text: BIND, values: [organizationId, scope.kind, account, local] };
}
