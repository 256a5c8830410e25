import { createHash } from 'node:crypto';
import type { EntityManager, EntityTarget, ObjectLiteral, Repository } from 'typeorm';
import type { PoolClient } from 'pg';
import { ask } from './ask.js';
import { raw, sql, type Sql } from './sql.js';
import type { OrganizationContext } from './context.js';

const statementNames = new Map<string, string>();
/** Prepared statements are kept per connection by the server, so texts that vary without end are not named. */
const MOST_NAMED_STATEMENTS = 1_000;

/**
 * One connection, bound to one context for the length of one callback. Row-level security decides what it sees;
 * `tenant()` and `account()` add the same conditions in the statement, as the first of the two walls.
 */
export class Db {
  constructor(
    private readonly client: PoolClient,
    private readonly manager: EntityManager,
    private readonly context: OrganizationContext | undefined,
    private readonly ownFilters: boolean,
    private readonly afterCommit?: (() => void)[],
  ) {}

  /**
   * Calls `listener` once this transaction is committed, outside it and without waiting; never after a rollback.
   * @throws Error outside a transaction
   */
  onCommit(listener: () => void): void {
    if (!this.afterCommit) throw new Error('There is no transaction to wait for: use Database.transaction');
    this.afterCommit.push(listener);
  }

  /** Rows of one statement, prepared once per connection. */
  async query<Row extends object>(statement: Sql): Promise<Row[]> {
    const text = statement.text;
    const result = await ask<Row>(this.client, { name: nameOf(text), text, values: statement.values });
    return result.rows;
  }

  /** The first row, if any. */
  async first<Row extends object>(statement: Sql): Promise<Row | undefined> {
    return (await this.query<Row>(statement))[0];
  }

  /** Runs a statement for its effect and answers how many rows it touched. */
  async execute(statement: Sql): Promise<number> {
    const result = await ask(this.client, { text: statement.text, values: statement.values });
    return result.rowCount ?? 0;
  }

  /** TypeORM repository on this connection. */
  repository<Entity extends ObjectLiteral>(target: EntityTarget<Entity>): Repository<Entity> {
    return this.manager.getRepository(target);
  }

  /** Condition "of this organization" for a table or alias. */
  tenant(alias: string): Sql {
    if (!this.ownFilters || !this.context) return sql`true`;
    return sql`${raw(alias)}.organization_id = ${this.context.organizationId}::uuid`;
  }

  /** Condition "of this organization and, in account scope, of this billing account" for a customer's table or alias. */
  account(alias: string): Sql {
    if (!this.ownFilters || this.context?.scope.kind !== 'account') return this.tenant(alias);
    return sql`${this.tenant(alias)} and ${raw(alias)}.billing_account_id = ${this.context.scope.billingAccountId}::uuid`;
  }
}

function nameOf(text: string): string | undefined {
  let name = statementNames.get(text);
  if (!name && statementNames.size < MOST_NAMED_STATEMENTS) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    statementNames.set(text, name);
  }
  return name;
}
