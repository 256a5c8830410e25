import { createHash } from 'node:crypto';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import type { CommitHooks } from './commit-mark.js';
import { LentQueryRunner } from './lent-query-runner.js';
import type { Loan } from './loan.js';
import { raw, sql, type Sql } from './sql.js';
import type { Context, OrganizationContext } from './context.js';
import { TenantRepository } from './tenant-repository.js';

const statementNames = new Map<string, string>();
/** Prepared statements are kept per connection by the server, so texts that vary without end are not named. */
const MOST_NAMED_STATEMENTS = 1_000;
const ADDS = /^\s*insert\b/i;

/**
 * One connection, bound to one context for the length of one callback. Row-level security decides what it sees;
 * `tenant()` and `account()` add the same conditions in the statement, as the first of the two walls.
 */
export class Db {
  constructor(
    private readonly source: DataSource,
    private readonly loan: Loan,
    /** Whose rows the code's own conditions keep statements to; absent where there are none. */
    private readonly filters: OrganizationContext | undefined,
    /** Absent outside a transaction. */
    private readonly commit?: CommitHooks,
  ) {}

  /**
   * Calls `listener` once this transaction is committed, outside it and without waiting; never after a rollback.
   * @throws Error outside a transaction
   */
  onCommit(listener: () => void): void {
    if (!this.commit) throw new Error('There is no transaction to wait for: use Database.transaction');
    this.commit.after.push(listener);
  }

  /**
   * Makes this transaction commit the mark of a context that it was not opened with, as the platform's are: what is done
   * for a request is marked as done for it.
   */
  commitsFor({ commitMark }: Context): void {
    if (commitMark) this.commit?.before.add(commitMark);
  }

  /** Rows of one statement, prepared once per connection. */
  async query<Row extends object>(statement: Sql): Promise<Row[]> {
    const text = statement.text;
    return (await this.loan.ask<Row>({ name: nameOf(text), text, values: statement.values })).rows;
  }

  /**
   * The same, planned for these values each time. For a statement that reads thousands of rows of a tenant: prepared once, it
   * would be planned for the average tenant, and a large one pays with a thousandfold.
   */
  async queryPlanned<Row extends object>({ text, values }: Sql): Promise<Row[]> {
    return (await this.loan.ask<Row>({ text, values })).rows;
  }

  /** The first row, if any. */
  async first<Row extends object>(statement: Sql): Promise<Row | undefined> {
    return (await this.query<Row>(statement))[0];
  }

  /**
   * Runs a statement for its effect and answers how many rows it touched. What adds rows is prepared once per connection; what
   * looks for its rows is planned for these values.
   */
  async execute({ text, values }: Sql): Promise<number> {
    const name = ADDS.test(text) ? nameOf(text) : undefined;
    return (await this.loan.ask({ name, text, values })).rowCount ?? 0;
  }

  /** Repository of a tenant's entity on this connection, with the same conditions in every statement. */
  repository<Entity extends ObjectLiteral>(target: EntityTarget<Entity>): TenantRepository<Entity> {
    // Most statements are SQL; an entity manager is made for those who ask for a repository.
    const { manager } = new LentQueryRunner(this.source, this.loan, this.commit !== undefined);
    return new TenantRepository(manager, target, this.filters);
  }

  /** Condition "of this organization" for a table or alias. */
  tenant(alias: string): Sql {
    if (!this.filters) return sql`true`;
    return sql`${raw(alias)}.organization_id = ${this.filters.organizationId}::uuid`;
  }

  /** Condition "of this organization and, in account scope, of this billing account" for a customer's table or alias. */
  account(alias: string): Sql {
    if (this.filters?.scope.kind !== 'account') return this.tenant(alias);
    return sql`${this.tenant(alias)} and ${raw(alias)}.billing_account_id = ${this.filters.scope.billingAccountId}::uuid`;
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
