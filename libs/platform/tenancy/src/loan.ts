import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { ask } from './ask.js';

/** What only reads, wherever its connection is bound to; functions that write are called within transactions. */
const READS = /^\s*select\b/i;

/** A connection while somebody has it. Whatever comes late is refused: by then the connection may be another tenant's. */
export class Loan {
  /** Resolves once the connection is bound; absent where it need not be, or is already. */
  bound?: Promise<void>;
  private underWay = 0;
  private over = false;

  constructor(readonly client: PoolClient) {}

  /** Asks something; of what reads, the question travels with what binds the connection, and the answer counts only after it. */
  async ask<Row extends object>(statement: QueryConfig): Promise<QueryResult<Row>> {
    const { bound } = this;
    if (!bound) return this.during(() => ask<Row>(this.client, statement));
    if (!READS.test(statement.text)) await bound;
    const [result] = await Promise.all([this.during(() => ask<Row>(this.client, statement)), bound]);
    return result;
  }

  /** @throws Error where the connection was given back */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.over)
      throw new Error('The connection was given back: nothing may be asked of it after its callback has ended');
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
    }
  }

  /** Gives the connection back; one that is at work still, or within a transaction, serves nobody else and is closed. */
  end(): void {
    this.over = true;
    this.client.release(this.underWay > 0 || this.client.getTransactionStatus() !== 'I');
  }
}
