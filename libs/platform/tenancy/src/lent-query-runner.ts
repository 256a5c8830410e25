import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import type { PoolClient } from 'pg';

/** TypeORM's query runner on a connection that somebody else holds, and gives back. */
export class LentQueryRunner extends PostgresQueryRunner {
  constructor(
    source: DataSource,
    private readonly client: PoolClient,
  ) {
    super(source.driver as PostgresDriver, 'master');
    this.manager = source.createEntityManager(this);
  }

  override connect(): Promise<PoolClient> {
    return Promise.resolve(this.client);
  }

  override async release(): Promise<void> {}
}
