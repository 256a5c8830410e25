import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import type { PoolClient, QueryConfig } from 'pg';
import type { Loan } from './loan.js';

/** TypeORM's query runner on a connection that somebody else holds, and gives back. */
export class LentQueryRunner extends PostgresQueryRunner {
  constructor(
    source: DataSource,
    private readonly loan: Loan,
  ) {
    super(source.driver as PostgresDriver, 'master');
    this.manager = source.createEntityManager(this);
  }

  override async connect(): Promise<PoolClient> {
    await this.loan.bound;
    return this.loan.client;
  }

  override query(...question: Parameters<PostgresQueryRunner['query']>): ReturnType<PostgresQueryRunner['query']> {
    return this.loan.during(() => super.query(...question));
  }

  /** Begins the transaction that `commitTransaction` ends, and binds its connection without waiting in between. */
  async begin(bind: QueryConfig | undefined): Promise<void> {
    this.isTransactionActive = true;
    this.transactionDepth = 1;
    await Promise.all([this.loan.ask({ text: 'begin' }), bind && this.loan.ask(bind)]);
  }

  override async release(): Promise<void> {}
}
