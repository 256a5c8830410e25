import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import type { PoolClient, QueryConfig } from 'pg';
import { ask, sendTogether } from './ask.js';

/** TypeORM's query runner on a connection that somebody else holds, and gives back. */
export class LentQueryRunner extends PostgresQueryRunner {
  constructor(
    source: DataSource,
    private readonly client: PoolClient,
    private readonly bound?: Promise<void>,
  ) {
    super(source.driver as PostgresDriver, 'master');
    this.manager = source.createEntityManager(this);
  }

  override async connect(): Promise<PoolClient> {
    await this.bound;
    return this.client;
  }

  /** Begins the transaction that `commitTransaction` ends, and binds its connection without waiting in between. */
  async begin(bind: QueryConfig | undefined): Promise<void> {
    this.isTransactionActive = true;
    this.transactionDepth = 1;
    sendTogether(this.client);
    await Promise.all([ask(this.client, { text: 'begin' }), bind && ask(this.client, bind)]);
  }

  override async release(): Promise<void> {}
}
