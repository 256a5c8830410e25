import { Injectable } from '@nestjs/common';
import { Ledger, type CreditUse } from '@balcao/module-billing';
import { found } from '@balcao/platform-errors';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { PaymentRepository } from './persistence/payment.repository.js';
import type { PaymentRow } from './persistence/payment.rows.js';

/** A payment, and what its money has paid as the books have it now: null while none has come. */
export interface TracedPayment {
  payment: PaymentRow;
  uses: CreditUse[] | null;
}

/** What became of a payment's money. */
@Injectable()
export class PaymentReceipts {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentRepository,
    private readonly ledger: Ledger,
  ) {}

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<TracedPayment> {
    return this.database.read(context, async (db) => {
      const payment = found((await this.payments.read(db, sql`p.id = ${id}::uuid`, 1))[0]);
      if (payment.state !== 'succeeded') return { payment, uses: null };
      const receipts = await db.query<{ id: string }>(sql`
        select t.id from payment_receipts t where ${db.account('t')} and t.payment_id = ${id}::uuid`);
      const uses = await this.ledger.usesOf(db, { kind: 'payment', sourceIds: receipts.map((each) => each.id) });
      return { payment, uses };
    });
  }
}
