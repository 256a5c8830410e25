import type { Sql } from './sql.js';

/** Writes something in a transaction, last before its commit. What it throws rolls everything back. */
export type CommitMark = (db: { first<Row extends object>(statement: Sql): Promise<Row | undefined> }) => Promise<void>;

/** What one transaction does before and after its commit. */
export interface CommitHooks {
  before: Set<CommitMark>;
  after: (() => void)[];
}
