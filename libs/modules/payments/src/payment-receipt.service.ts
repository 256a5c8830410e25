import { Injectable } from '@nestjs/common';
import { Ledger, type CreditUse, type PrintedReceipt } from '@balcao/module-billing';
import { found } from '@balcao/platform-errors';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { PaymentRepository } from './persistence/payment.repository.js';
import type { PaymentRow } from './persistence/payment.rows.js';

/** A payment, and what its money has paid as the books have it now: null while none has come. */
export interface TracedPayment {
  payment: PaymentRow;
  uses: CreditUse[] | null;
}

/** What an invoice got of a payment, in minor units; `owed` is what is left to pay of it. */
export interface PaidShare {
  invoiceId: string;
  number: string;
  title: string;
  owed: bigint;
  principal: bigint;
  charges: bigint;
}

/** The uses of a payment's money by invoice, in their order. */
export function sharesOf(uses: readonly CreditUse[]): PaidShare[] {
  const shares = new Map<string, PaidShare>();
  for (const { invoice, kind, amount } of uses) {
    if (!invoice) continue;
    const { id: invoiceId, number, title, owed } = invoice;
    const share = shares.get(invoiceId) ?? { invoiceId, number, title, owed, principal: 0n, charges: 0n };
    share[kind === 'invoice' ? 'principal' : 'charges'] += amount;
    shares.set(invoiceId, share);
  }
  return [...shares.values()];
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

  /** What the receipt of a payment says; undefined while nothing has come. @throws DomainError not_found */
  async printed(context: OrganizationContext, id: string): Promise<PrintedReceipt | undefined> {
    const { payment, uses } = await this.get(context, id);
    const { billingAccountId, method, currency, received, receivedOn, refunded, gatewayId, isTest } = payment;
    if (!uses) return undefined;
    const shares = sharesOf(uses);
    const used = uses.reduce((sum, { amount }) => sum + amount, 0n);
    return {
      ...{ paymentId: id, billingAccountId, method, currency, received, refunded },
      receivedOn: receivedOn!,
      reference: gatewayId ?? id,
      shares: shares.map(({ number, title, principal, charges }) => ({ number, title, principal, charges })),
      credit: received - used,
      isTest,
    };
  }
}
