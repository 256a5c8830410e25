import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Day, InvoiceTotals } from '@balcao/money';
import { newId } from '@balcao/platform-database';
import {
  assignments,
  columnsOf,
  insertInto,
  raw,
  sql,
  type Db,
  type OrganizationContext,
  type Sql,
} from '@balcao/platform-tenancy';
import { checkCodeOf } from '../domain/check-code.js';
import type { DraftLine } from '../domain/invoice.js';
import { CARRIED } from './late-charges.js';
import type { InvoiceEntity, InvoiceEventKind, Issuer, Party } from './billing.entities.js';
import {
  DETAIL_COLUMNS,
  FISCAL_NOTE_COLUMNS,
  LINE_COLUMNS,
  LIST_COLUMNS,
  STATE_COLUMNS,
  type CreditNoteRow,
  type FiscalNoteRow,
  type InvoiceDetailRow,
  type InvoiceEventRow,
  type InvoiceHeld,
  type InvoiceLineRow,
  type SettlementRow,
  type StaffInvoiceDetailRow,
} from './invoice.rows.js';

type Written = Pick<
  InvoiceEntity,
  | 'billingAccountId'
  | 'currency'
  | 'title'
  | 'dueOn'
  | 'purchaseOrder'
  | 'note'
  | 'message'
  | 'finePercent'
  | 'interestPercent'
  | 'allowsPartial'
  | 'discountPercent'
  | 'discountAmount'
>;

/** What a draft's row says. */
export type DraftRow = Written & Omit<InvoiceTotals, 'lines'>;

export interface OpeningRow {
  openedOn: Day;
  openedAt: Date;
  dueOn: Day;
  payableUntil: Day;
  /** Of its reminders those of later days have yet to come. */
  remindedUntil: Day;
  issuer: Issuer | null;
  billTo: Party;
}

export interface NewInvoiceEvent {
  kind: InvoiceEventKind;
  amount?: bigint;
  recipient?: string;
  dueOn?: Day;
}

/** Rows of invoices, their lines and what became of them. */
@Injectable()
export class InvoiceRepository {
  /** @returns its id */
  async insert(
    db: Db,
    draft: DraftRow &
      Pick<
        InvoiceEntity,
        | 'source'
        | 'createdById'
        | 'createdAt'
        | 'subscriptionId'
        | 'subscriptionNumber'
        | 'proposalId'
        | 'proposalNumber'
      >,
  ): Promise<string> {
    const id = newId();
    await db.execute(insertInto('invoices', { ...draft, id, updatedAt: draft.createdAt }));
    return id;
  }

  async update(db: Db, id: string, values: Partial<DraftRow>, now: Date): Promise<void> {
    const set = assignments({ ...values, version: sql`t.version + 1`, updatedAt: now });
    await db.execute(sql`update invoices t set ${set} where ${db.tenant('t')} and t.id = ${id}::uuid`);
  }

  /** Puts these lines in the place of those that a draft has; each with what it comes to. */
  async replaceLines(
    db: Db,
    invoice: { id: string; billingAccountId: string },
    lines: readonly DraftLine[],
    totals: InvoiceTotals['lines'],
  ): Promise<void> {
    await db.execute(sql`delete from invoice_lines l where ${db.tenant('l')} and l.invoice_id = ${invoice.id}::uuid`);
    await this.addLines(db, invoice, lines, totals);
  }

  /** The lines of a draft that has none. */
  async addLines(
    db: Db,
    invoice: { id: string; billingAccountId: string },
    lines: readonly DraftLine[],
    totals: InvoiceTotals['lines'],
  ): Promise<void> {
    if (lines.length === 0) return;
    const rows = lines.map((line, position) => {
      const { gross, discount, sharedDiscount, tax } = totals[position]!;
      return {
        id: newId(),
        position,
        description: line.description,
        detail: line.detail ?? null,
        starts_on: line.startsOn ?? null,
        ends_on: line.endsOn ?? null,
        quantity: line.quantity,
        unit_price: String(line.unitPrice),
        discount_percent: line.discount?.percent ?? null,
        discount_amount: line.discount?.amount === undefined ? null : String(line.discount.amount),
        tax_name: line.tax?.name ?? null,
        tax_percent: line.tax?.percent ?? null,
        tax_is_included: line.tax?.included ?? false,
        gross: String(gross),
        discount: String(discount),
        shared_discount: String(sharedDiscount),
        tax: String(tax),
      };
    });
    const columns = raw(Object.keys(rows[0]!).join(', '));
    await db.execute(sql`
      insert into invoice_lines (billing_account_id, invoice_id, ${columns})
      select ${invoice.billingAccountId}::uuid, ${invoice.id}::uuid, ${columns}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (id uuid, position integer, description text, detail text,
        starts_on date, ends_on date, quantity numeric, unit_price bigint, discount_percent numeric, discount_amount bigint,
        tax_name text, tax_percent numeric, tax_is_included boolean, gross bigint, discount bigint, shared_discount bigint, tax bigint)`);
  }

  /**
   * Adds lines behind those that a draft has, each one of its amount: nothing is taken off them, and there is no tax.
   * @returns the draft's total with them
   */
  async appendLines(
    db: Db,
    invoice: { id: string; billingAccountId: string },
    lines: readonly { description: string; detail: string; amount: bigint }[],
  ): Promise<bigint> {
    const rows = lines.map(({ amount, ...words }, place) => ({ ...words, id: newId(), place, amount: String(amount) }));
    await db.execute(sql`
      insert into invoice_lines (billing_account_id, invoice_id, id, position, description, detail, quantity, unit_price, gross, discount, shared_discount, tax)
      select ${invoice.billingAccountId}::uuid, ${invoice.id}::uuid, r.id, r.place + (
          select count(*) from invoice_lines l where ${db.tenant('l')} and l.invoice_id = ${invoice.id}::uuid), r.description, r.detail, 1,
        r.amount, r.amount, 0, 0, 0
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (id uuid, place integer, description text, detail text, amount bigint)`);
    const more = lines.reduce((sum, { amount }) => sum + amount, 0n);
    const row = await db.first<{ total: bigint }>(sql`
      update invoices t set subtotal = t.subtotal + ${more}::bigint, total = t.total + ${more}::bigint
      where ${db.tenant('t')} and t.id = ${invoice.id}::uuid returning t.total`);
    return row!.total;
  }

  /** How many lines an invoice has. */
  async lineCount(db: Db, id: string): Promise<number> {
    const row = await db.first<{ lines: number }>(sql`
      select count(*)::int as lines from invoice_lines l where ${db.tenant('l')} and l.invoice_id = ${id}::uuid`);
    return row!.lines;
  }

  /** Whose it is, without a lock: who posts holds the ledger account first. */
  async accountOf(db: Db, id: string): Promise<{ billingAccountId: string; currency: string } | undefined> {
    return db.first(sql`
      select ${columnsOf('t', ['billingAccountId', 'currency'])} from invoices t where ${db.account('t')} and t.id = ${id}::uuid`);
  }

  /** Holds it until the transaction's end. */
  async lock(db: Db, id: string): Promise<InvoiceHeld | undefined> {
    return db.first<InvoiceHeld>(sql`
      select ${STATE_COLUMNS} from invoices t where ${db.tenant('t')} and t.id = ${id}::uuid for no key update`);
  }

  /** The invoices of `ids`, held, in the order of their ids. */
  async lockMany(db: Db, ids: readonly string[]): Promise<InvoiceHeld[]> {
    return db.query<InvoiceHeld>(sql`
      select ${STATE_COLUMNS} from invoices t where ${db.tenant('t')} and t.id = any(${[...ids]}::uuid[])
      order by t.id for no key update`);
  }

  /** Opens a draft that is held. Its number comes last. */
  async open(db: Db, id: string, { issuer, billTo, ...opening }: OpeningRow): Promise<void> {
    await db.execute(sql`
      update invoices t set opened_on = ${opening.openedOn}, opened_at = ${opening.openedAt}, due_on = ${opening.dueOn},
        payable_until = ${opening.payableUntil}, reminded_until = ${opening.remindedUntil}, issuer = ${issuer && JSON.stringify(issuer)}::jsonb, bill_to = ${JSON.stringify(billTo)}::jsonb,
        check_code = ${checkCodeOf(randomBytes(8))}, version = t.version + 1, updated_at = ${opening.openedAt}
      where ${db.tenant('t')} and t.id = ${id}::uuid`);
  }

  /**
   * Draws the next number of the year for an opened invoice, which nothing that was brought in has: last, as the counter stays
   * held to the transaction's end.
   */
  async number(
    db: Db,
    id: string,
    { prefix, year, first }: { prefix: string; year: number; first: number },
  ): Promise<void> {
    await db.query(sql`select number_invoice(${id}::uuid, ${prefix}, ${year}::integer, ${first}::integer)`);
  }

  /** Gives an invoice that is brought in the number that it had. */
  async keepNumber(db: Db, id: string, number: string): Promise<void> {
    await db.execute(sql`update invoices t set number = ${number} where ${db.tenant('t')} and t.id = ${id}::uuid`);
  }

  async changeDueDate(
    db: Db,
    id: string,
    { dueOn, payableUntil }: Pick<OpeningRow, 'dueOn' | 'payableUntil'>,
    now: Date,
  ): Promise<void> {
    const set = assignments({ dueOn, payableUntil, version: sql`t.version + 1`, updatedAt: now });
    await db.execute(sql`update invoices t set ${set} where ${db.tenant('t')} and t.id = ${id}::uuid`);
  }

  async void(db: Db, id: string, reason: string, now: Date): Promise<void> {
    await db.execute(sql`
      update invoices t set voided_at = ${now}, void_reason = ${reason}, version = t.version + 1, updated_at = ${now}
      where ${db.tenant('t')} and t.id = ${id}::uuid`);
  }

  async addEvent(
    db: Db,
    context: OrganizationContext,
    invoice: { id: string; billingAccountId: string },
    event: NewInvoiceEvent,
  ): Promise<void> {
    const { type, id } = context.actor;
    const actorType = type === 'user' ? 'portal' : type === 'staff' ? 'staff' : 'system';
    await db.execute(
      insertInto('invoice_events', {
        billingAccountId: invoice.billingAccountId,
        invoiceId: invoice.id,
        id: newId(),
        ...event,
        actorType,
        actorId: actorType === 'system' ? null : id,
        createdAt: context.clock.now(),
      }),
    );
  }

  /** With all that its page shows; drafts exist for staff only. */
  async detail(db: Db, id: string): Promise<InvoiceDetailRow | undefined> {
    return this.whole<InvoiceDetailRow>(db, sql`${LIST_COLUMNS}, ${DETAIL_COLUMNS}`, sql``, id);
  }

  async staffDetail(db: Db, id: string): Promise<StaffInvoiceDetailRow | undefined> {
    const more = columnsOf('t', ['source', 'message', 'version', 'createdAt']);
    const account = sql`join billing_accounts a on ${db.tenant('a')} and a.id = t.billing_account_id`;
    return this.whole(
      db,
      sql`${LIST_COLUMNS}, ${DETAIL_COLUMNS}, ${more}, a.name as "billingAccountName", ${CARRIED} as "carriedCharges"`,
      account,
      id,
    );
  }

  /** The row and what hangs on it: statements that travel in one packet. */
  private async whole<Row extends InvoiceDetailRow>(
    db: Db,
    columns: Sql,
    joins: Sql,
    id: string,
  ): Promise<Row | undefined> {
    const [invoice, lines, settlements, creditNotes, fiscalNotes, history] = await Promise.all([
      db.first<Omit<Row, 'lines'>>(
        sql`select ${columns} from invoices t ${joins} where ${db.account('t')} and t.id = ${id}::uuid`,
      ),
      db.query<InvoiceLineRow>(sql`
        select ${LINE_COLUMNS} from invoice_lines l where ${db.account('l')} and l.invoice_id = ${id}::uuid order by l.position`),
      db.query<SettlementRow>(sql`
        select c.id, c.kind, sum(s.amount) filter (where d.kind = 'invoice')::bigint as amount,
          coalesce(sum(s.amount) filter (where d.kind = 'late_charge'), 0)::bigint as "lateCharges", c.posted_on as "postedOn", coalesce(p.method, w.method) as method, n.number, coalesce(n.reason, c.reason) as reason
        from (
          select e.id, e.kind from ledger_entries e where ${db.account('e')} and e.kind = 'invoice' and e.source_id = ${id}::uuid
          union all
          select e.id, e.kind from late_charges h join ledger_entries e on ${db.account('e')} and e.kind = 'late_charge' and e.source_id = h.id
          where ${db.account('h')} and h.invoice_id = ${id}::uuid and not h.is_carried
        ) d
        join allocations s on ${db.account('s')} and s.debit_id = d.id
        join ledger_entries c on ${db.account('c')} and c.id = s.credit_id
        left join deposits p on c.kind = 'deposit' and ${db.account('p')} and p.id = c.source_id
        left join receipt_methods w on c.kind = 'payment' and ${db.account('w')} and w.id = c.source_id
        left join credit_notes n on c.kind = 'credit_note' and ${db.account('n')} and n.id = c.source_id
        group by c.id, c.kind, c.posted_on, c.posted_at, p.method, w.method, n.number, n.reason, c.reason
        having sum(s.amount) filter (where d.kind = 'invoice') <> 0 order by c.posted_at, c.id`),
      db.query<CreditNoteRow>(sql`
        select ${columnsOf('n', ['id', 'number', 'amount', 'reason', 'issuedOn'])}
        from credit_notes n where ${db.account('n')} and n.invoice_id = ${id}::uuid order by n.issued_at, n.id`),
      db.query<FiscalNoteRow>(sql`
        select ${FISCAL_NOTE_COLUMNS} from fiscal_notes f where ${db.account('f')} and f.invoice_id = ${id}::uuid order by f.issued_on, f.id`),
      db.query<InvoiceEventRow>(sql`
        select ${columnsOf('e', ['id', 'kind', 'amount', 'recipient', 'dueOn', 'createdAt'])},
          case e.actor_type when 'staff' then staff_name(e.actor_id) when 'portal' then (select u.name from portal_users u
            where ${db.account('u')} and u.id = e.actor_id) end as "actorName"
        from invoice_events e where ${db.account('e')} and e.invoice_id = ${id}::uuid order by e.created_at, e.id limit 500`),
    ]);
    return invoice && ({ ...invoice, lines, settlements, creditNotes, fiscalNotes, history } as unknown as Row);
  }
}
