import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import type { PoolClient } from 'pg';

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

  override async release(): Promise<void> {}
}
