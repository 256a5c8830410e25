import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import type { PoolClient } from 'pg';
import type { Loan } from './loan.js';

/** TypeORM's query runner on a connection that somebody else holds, and gives back. */
export class LentQueryRunner extends PostgresQueryRunner {
  constructor(
    source: DataSource,
    private readonly loan: Loan,
    inTransaction: boolean,
  ) {
    super(source.driver as PostgresDriver, 'master');
    this.isTransactionActive = inTransaction;
    this.manager = source.createEntityManager(this);
  }

  override async connect(): Promise<PoolClient> {
    await this.loan.bound;
    return this.loan.client;
  }

  override query(...question: Parameters<PostgresQueryRunner['query']>): ReturnType<PostgresQueryRunner['query']> {
    return this.loan.during(() => super.query(...question));
  }
}
