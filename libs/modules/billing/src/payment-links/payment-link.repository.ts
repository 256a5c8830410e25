import { Injectable } from '@nestjs/common';
import { newId } from '@balcao/platform-database';
import { columnsOf, sql, type Db, type Sql } from '@balcao/platform-tenancy';
import type { PaymentLinkEntity } from '../persistence/billing.entities.js';
import { InvoiceRepository } from '../persistence/invoice.repository.js';

/** Whether a link opens its invoice. What was revoked stays so, whatever its time. */
export const PAYMENT_LINK_STATES = ['usable', 'expired', 'revoked'] as const;
export type PaymentLinkState = (typeof PAYMENT_LINK_STATES)[number];

export interface PaymentLinkRow extends Pick<
  PaymentLinkEntity,
  'id' | 'billingAccountId' | 'invoiceId' | 'expiresAt' | 'revokedAt' | 'createdAt' | 'lastSentAt'
> {
  state: PaymentLinkState;
  createdByName: string | null;
  revokedByName: string | null;
}

const COLUMNS = sql`
  ${columnsOf('l', ['id', 'billingAccountId', 'invoiceId', 'expiresAt', 'revokedAt', 'createdAt', 'lastSentAt'])},
  case when l.revoked_at is not null then 'revoked' when l.expires_at <= now() then 'expired' else 'usable' end as state,
  staff_name(l.created_by_id) as "createdByName", staff_name(l.revoked_by_id) as "revokedByName"`;

/** The id of the link that opens an invoice now, the newest first; null where there is none. */
export const usableLink = (db: Db, invoiceId: Sql): Sql => sql`(
  select l.id from payment_links l where ${db.tenant('l')} and l.invoice_id = ${invoiceId}
    and l.revoked_at is null and l.expires_at > now() order by l.id desc limit 1)`;

/** Rows of payment links. Their time is the real one. */
@Injectable()
export class PaymentLinkRepository {
  constructor(private readonly invoices: InvoiceRepository) {}

  /**
   * Sees to it that each of these invoices has a link that opens it for the whole time that links live; one that opens it now is
   * kept, with its time before it again. A draft, and one that was voided, have none. Holds the invoices.
   * @param days so many behind the due date, or behind today where that is later
   */
  async ensure(
    db: Db,
    invoiceIds: readonly string[],
    { days, createdById = null }: { days: number; createdById?: string | null },
  ): Promise<void> {
    if (invoiceIds.length === 0) return;
    await this.invoices.lockMany(db, invoiceIds);
    const ids = JSON.stringify(invoiceIds.map((invoiceId) => ({ invoice_id: invoiceId, id: newId() })));
    const until = sql`
      ((greatest(t.due_on, (now() at time zone o.time_zone)::date) + ${days + 1}::integer)::timestamp at time zone o.time_zone)`;
    await db.execute(sql`
      update payment_links l set expires_at = greatest(l.expires_at, ${until})
      from invoices t join organizations o on o.id = t.organization_id
      where ${db.tenant('l')} and ${db.tenant('t')} and t.id = l.invoice_id and l.invoice_id = any(${[...invoiceIds]}::uuid[])
        and l.revoked_at is null and l.expires_at > now()`);
    // Each by its key: a plan that is made while there are few invoices would look for the link of every one, ever after.
    await db.execute(sql`
      insert into payment_links (billing_account_id, invoice_id, id, expires_at, created_by_id)
      select t.billing_account_id, t.id, n.id, ${until}, ${createdById}::uuid
      from jsonb_to_recordset(${ids}::jsonb) n (invoice_id uuid, id uuid)
      cross join lateral (select t.* from invoices t where ${db.tenant('t')} and t.id = n.invoice_id offset 0) t
      join organizations o on o.id = t.organization_id
      where t.opened_at is not null and t.voided_at is null and ${usableLink(db, sql`t.id`)} is null`);
  }

  /** Writes down that mails with the links that open these invoices were asked for. */
  async markSent(db: Db, invoiceIds: readonly string[]): Promise<void> {
    await db.execute(sql`
      update payment_links l set last_sent_at = now() where ${db.tenant('l')} and l.invoice_id = any(${[...invoiceIds]}::uuid[])
        and l.revoked_at is null and l.expires_at > now()`);
  }

  /** An invoice's, the newest first. */
  async list(db: Db, invoiceId: string): Promise<PaymentLinkRow[]> {
    return db.query<PaymentLinkRow>(sql`
      select ${COLUMNS} from payment_links l
      where ${db.tenant('l')} and l.invoice_id = ${invoiceId}::uuid order by l.id desc limit 50`);
  }

  async find(db: Db, id: string): Promise<PaymentLinkRow | undefined> {
    return db.first<PaymentLinkRow>(
      sql`select ${COLUMNS} from payment_links l where ${db.tenant('l')} and l.id = ${id}::uuid`,
    );
  }

  /** @returns whether it had not been revoked before */
  async revoke(db: Db, id: string, staffId: string): Promise<boolean> {
    const revoked = await db.execute(sql`
      update payment_links l set revoked_at = now(), revoked_by_id = ${staffId}::uuid
      where ${db.tenant('l')} and l.id = ${id}::uuid and l.revoked_at is null`);
    return revoked === 1;
  }
}
