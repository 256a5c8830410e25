import { Injectable } from '@nestjs/common';
import type { Day } from '@balcao/money';
import { MOST_COUNTED, columnsOf, empty, sql, totalOf, type Db, type Sql, type Total } from '@balcao/platform-tenancy';
import { PaymentProofEntity, type ProofStatus } from './billing.entities.js';
import { LIST_COLUMNS, type InvoiceListRow } from './invoice.rows.js';

const PROOF = [
  'id',
  'billingAccountId',
  'invoiceId',
  'portalUserId',
  'status',
  'fileName',
  'mediaType',
  'bytes',
  'paidOn',
  'amount',
  'method',
  'note',
  'pausedUntil',
  'sentAt',
  'decidedAt',
  'reason',
] as const;
/** A proof under the present name of who sent it. */
const COLUMNS = sql`${columnsOf('f', PROOF)}, (select u.name from portal_users u where u.organization_id = f.organization_id
  and u.billing_account_id = f.billing_account_id and u.id = f.portal_user_id) as "sentBy"`;

export interface PaymentProofRow extends Pick<PaymentProofEntity, (typeof PROOF)[number]> {
  sentBy: string;
}

/** A proof as staff see it: with its invoice and customer, and who decided. */
export interface StaffProofRow extends PaymentProofRow {
  billingAccountName: string;
  decidedBy: string | null;
  invoice: InvoiceListRow;
}

/** Where staff's queue is narrowed; `open` are those that wait for a decision. */
export interface ProofFilter {
  status: 'open' | 'decided';
  invoiceId?: string;
  billingAccountId?: string;
  limit: number;
  offset: number;
}

/** So many of an invoice stand on its page. */
const MOST_SHOWN = 20;

/** Rows of proofs of payment. */
@Injectable()
export class PaymentProofRepository {
  /** Proofs of an invoice that were sent, the latest first. */
  async ofInvoice(db: Db, invoiceId: string): Promise<PaymentProofRow[]> {
    return db.query<PaymentProofRow>(sql`
      select ${COLUMNS} from payment_proofs f
      where ${db.account('f')} and f.invoice_id = ${invoiceId}::uuid and f.sent_at is not null
      order by f.sent_at desc, f.id desc limit ${MOST_SHOWN}`);
  }

  /** One of an invoice, held for a change where it is asked for. */
  async find(db: Db, id: string, { invoiceId, held = false }: { invoiceId?: string; held?: boolean } = {}) {
    return db.first<PaymentProofRow>(sql`
      select ${COLUMNS} from payment_proofs f
      where ${db.account('f')} and f.id = ${id}::uuid ${invoiceId ? sql`and f.invoice_id = ${invoiceId}::uuid` : empty}
      ${held ? sql`for no key update of f` : empty}`);
  }

  /** What waits for a decision, the oldest first, or was decided, the latest first. */
  async list(db: Db, filter: ProofFilter): Promise<Total & { rows: StaffProofRow[] }> {
    const isOpen = filter.status === 'open';
    const where = sql`${db.tenant('f')} and f.sent_at is not null and ${isOpen ? sql`f.status = 'open'` : sql`f.status <> 'open'`}
      ${filter.invoiceId ? sql`and f.invoice_id = ${filter.invoiceId}::uuid` : empty}
      ${filter.billingAccountId ? sql`and f.billing_account_id = ${filter.billingAccountId}::uuid` : empty}`;
    const order = isOpen ? sql`f.sent_at, f.id` : sql`f.sent_at desc, f.id desc`;
    const [rows, counted] = await Promise.all([
      this.whole(db, sql`${where} order by ${order} limit ${filter.limit} offset ${filter.offset}`),
      db.first<{ counted: number }>(sql`
        select count(*)::integer as counted from (select from payment_proofs f where ${where} limit ${MOST_COUNTED + 1}) n`),
    ]);
    return { rows, ...totalOf(counted!.counted) };
  }

  /** One that was sent, as staff see it. */
  async staffDetail(db: Db, id: string): Promise<StaffProofRow | undefined> {
    const [row] = await this.whole(db, sql`${db.tenant('f')} and f.id = ${id}::uuid and f.sent_at is not null`);
    return row;
  }

  /** Rows of staff's, each with its invoice. */
  private async whole(db: Db, which: Sql): Promise<StaffProofRow[]> {
    const proofs = await db.query<Omit<StaffProofRow, 'invoice'>>(sql`
      select ${COLUMNS}, a.name as "billingAccountName", staff_name(f.decided_by_id) as "decidedBy"
      from payment_proofs f join billing_accounts a on ${db.tenant('a')} and a.id = f.billing_account_id
      where ${which}`);
    if (proofs.length === 0) return [];
    const invoices = await db.query<InvoiceListRow>(sql`
      select ${LIST_COLUMNS} from invoices t
      where ${db.tenant('t')} and t.id = any(${proofs.map(({ invoiceId }) => invoiceId)}::uuid[])`);
    const byId = new Map(invoices.map((invoice) => [invoice.id, invoice]));
    return proofs.map((proof) => ({ ...proof, invoice: byId.get(proof.invoiceId)! }));
  }

  async add(
    db: Db,
    proof: Pick<
      PaymentProofEntity,
      'id' | 'billingAccountId' | 'invoiceId' | 'portalUserId' | 'fileName' | 'mediaType' | 'bytes'
    >,
  ): Promise<void> {
    await db.repository(PaymentProofEntity).insert({ ...proof, status: 'receiving' });
  }

  async update(db: Db, id: string, values: Partial<PaymentProofEntity>): Promise<void> {
    await db.repository(PaymentProofEntity).update({ id }, values);
  }

  /** Takes away what could not be received. */
  async forget(db: Db, id: string): Promise<void> {
    await db.repository(PaymentProofEntity).delete({ id, status: 'receiving' satisfies ProofStatus });
  }
}

/** What its sender says of a payment. */
export interface ProofWords {
  paidOn: Day;
  /** In minor units of the invoice's currency. */
  amount: bigint | null;
  method: PaymentProofEntity['method'];
  note: string | null;
}
