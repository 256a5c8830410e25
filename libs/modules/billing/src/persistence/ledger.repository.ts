import { Injectable } from '@nestjs/common';
import { checkViolation, newId } from '@balcao/platform-database';
import { refusedField } from '@balcao/platform-errors';
import type { Day } from '@balcao/money';
import { empty, insertInto, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { EntryKind, LedgerEntryEntity } from './billing.entities.js';

/** Whose books, in which currency. */
export interface LedgerAccount {
  billingAccountId: string;
  currency: string;
}

/** What is posted of an entry. `sourceId` is the entry's own where it comes from nothing else. */
export interface NewEntry
  extends LedgerAccount, Pick<LedgerEntryEntity, 'kind' | 'amount' | 'invoiceId' | 'reason' | 'postedOn'> {
  sourceId?: string;
}

/** What is left of a debit, with the terms of the invoice that it is of. Others have none: their lateness costs nothing. */
export interface Debt {
  debitId: string;
  invoiceId: string | null;
  /** In minor units. */
  owed: bigint;
  dueOn: Day;
  payableUntil: Day;
  finePercent: string;
  interestPercent: string;
}

/** So much of a credit went to a debit. */
export interface Allocation {
  debitId: string;
  creditId: string;
  /** In minor units. */
  amount: bigint;
  /** The invoice whose debit it is, where it is one's. */
  invoiceId: string | null;
}

/** What a credit pays: so much of a debit, and of which invoice that is, where it is one's or comes from its lateness. */
export interface CreditUse {
  kind: EntryKind;
  /** In minor units. */
  amount: bigint;
  /** What is still owed of it is in minor units. */
  invoice: { id: string; number: string; title: string; owed: bigint } | null;
}

/** Rows of the ledger. They only come; triggers of the database keep balances and what is settled. */
@Injectable()
export class LedgerRepository {
  /**
   * Holds the ledger accounts until the transaction's end: the first lock of whoever posts or allocates, before any invoice.
   * @throws where the context is a customer's, who writes no ledger
   */
  async lock(db: Db, billingAccountIds: readonly string[], currency: string): Promise<void> {
    await db.query(sql`select ledger_lock(${[...billingAccountIds]}::uuid[], ${currency})`);
  }

  /**
   * @returns its id
   * @throws DomainError validation_failed where the customer's balance becomes more than is kept
   */
  async post(db: Db, context: OrganizationContext, { sourceId, ...entry }: NewEntry): Promise<string> {
    const id = newId();
    const row = { ...entry, id, sourceId: sourceId ?? id, postedAt: context.clock.now() };
    try {
      await db.execute(insertInto('ledger_entries', row));
    } catch (error) {
      throw checkViolation(error) === 'ledger_accounts_balance_check' ? refusedField('amount', 'moneyTooLarge') : error;
    }
    return id;
  }

  /**
   * Lets credits that are left pay debits that are left, each in the order in which they were posted, or in the order in which
   * debits are named. All credits of the account where none are named.
   */
  async allocate(
    db: Db,
    context: OrganizationContext,
    { billingAccountId, currency }: LedgerAccount,
    { debitIds, creditIds }: { debitIds: readonly string[]; creditIds?: readonly string[] },
  ): Promise<Allocation[]> {
    if (debitIds.length === 0) return [];
    const left = sql`${db.account('e')} and e.billing_account_id = ${billingAccountId}::uuid and e.currency = ${currency}
      and e.allocated < e.amount`;
    // Both are laid end to end on one line; where they lie side by side, the credit pays the debit.
    return db.query<Allocation>(sql`
      with credits as (
        select e.id, sum(e.amount - e.allocated) over (order by e.posted_at, e.id) as until, e.amount - e.allocated as rest
        from ledger_entries e where ${left} and e.side = 'credit'
          ${creditIds ? sql`and e.id = any(${[...creditIds]}::uuid[])` : empty}
      ), debits as (
        select e.id, e.kind, e.invoice_id, sum(e.amount - e.allocated) over (order by named.place) as until, e.amount - e.allocated as rest
        from unnest(${[...debitIds]}::uuid[]) with ordinality named (id, place)
        join ledger_entries e on e.id = named.id and e.side = 'debit' and ${left}
      ), shares as (
        select gen_random_uuid() as id, d.id as debit_id, d.kind, d.invoice_id, c.id as credit_id,
          (least(c.until, d.until) - greatest(c.until - c.rest, d.until - d.rest))::bigint as amount
        from credits c join debits d on c.until > d.until - d.rest and d.until > c.until - c.rest
      ), allocated as (
        insert into allocations (billing_account_id, id, currency, debit_id, credit_id, amount, posted_at)
        select ${billingAccountId}::uuid, s.id, ${currency}, s.debit_id, s.credit_id, s.amount, ${context.clock.now()}
        from shares s returning id
      )
      select s.debit_id as "debitId", s.credit_id as "creditId", s.amount, case when s.kind = 'invoice' then s.invoice_id end as "invoiceId"
      from shares s join allocated using (id)`);
  }

  /** The entries of sources. */
  async idsOf(db: Db, { kind, sourceIds }: { kind: EntryKind; sourceIds: readonly string[] }): Promise<string[]> {
    const rows = await db.query<{ id: string }>(sql`
      select e.id from ledger_entries e
      where ${db.tenant('e')} and e.kind = ${kind} and e.source_id = any(${[...sourceIds]}::uuid[])`);
    return rows.map(({ id }) => id);
  }

  /**
   * Frees so much of credits: what they paid last is taken back first, and only as far as what is left of them does not suffice.
   * Only what the customer was asked for is owed again: all other debits are what is gone already, and stays so.
   * @returns what is not paid any more
   */
  async unallocate(
    db: Db,
    context: OrganizationContext,
    creditIds: readonly string[],
    amount: bigint,
  ): Promise<{ debitId: string; kind: EntryKind; invoiceId: string | null; amount: bigint }[]> {
    return db.query(sql`
      with credit as (
        select ${amount}::bigint - coalesce(sum(e.amount - e.allocated), 0) as wanted from ledger_entries e
        where ${db.tenant('e')} and e.id = any(${[...creditIds]}::uuid[])
      ), standing as (
        select a.*, sum(a.amount) over (order by a.posted_at desc, a.id desc) as until
        from allocations a
        join ledger_entries d on ${db.tenant('d')} and d.id = a.debit_id and d.kind in ('invoice', 'late_charge')
        where ${db.tenant('a')} and a.credit_id = any(${[...creditIds]}::uuid[]) and a.reverses_id is null
          and not exists (select from allocations r where r.organization_id = a.organization_id and r.reverses_id = a.id)
      ), taken as (
        select s.*, least(s.amount, c.wanted - (s.until - s.amount))::bigint as part
        from standing s, credit c where s.until - s.amount < c.wanted
      ), reversed as (
        insert into allocations (billing_account_id, id, currency, debit_id, credit_id, amount, reverses_id, posted_at)
        select t.billing_account_id, gen_random_uuid(), t.currency, t.debit_id, t.credit_id, -t.amount, t.id, ${context.clock.now()} from taken t
        returning id
      ), kept as (
        -- What of the last is still paid.
        insert into allocations (billing_account_id, id, currency, debit_id, credit_id, amount, posted_at)
        select t.billing_account_id, gen_random_uuid(), t.currency, t.debit_id, t.credit_id, t.amount - t.part, ${context.clock.now()}
        from taken t where t.part < t.amount and (select count(*) from reversed) > 0
        returning id
      )
      select t.debit_id as "debitId", d.kind, d.invoice_id as "invoiceId", t.part as amount
      from taken t join ledger_entries d on ${db.tenant('d')} and d.id = t.debit_id order by t.until`);
  }

  /** Frees the credits that cover a debit. @returns their ids */
  async uncover(db: Db, context: OrganizationContext, debitId: string): Promise<string[]> {
    const rows = await db.query<{ creditId: string }>(sql`
      insert into allocations (billing_account_id, id, currency, debit_id, credit_id, amount, reverses_id, posted_at)
      select a.billing_account_id, gen_random_uuid(), a.currency, a.debit_id, a.credit_id, -a.amount, a.id, ${context.clock.now()}
      from allocations a
      where ${db.tenant('a')} and a.debit_id = ${debitId}::uuid and a.reverses_id is null
        and not exists (select from allocations r where r.organization_id = a.organization_id and r.reverses_id = a.id)
      returning credit_id as "creditId"`);
    return rows.map(({ creditId }) => creditId);
  }

  /** The debits of these invoices of which something is left, in the invoices' order. */
  async debitsOf(db: Db, invoiceIds: readonly string[]): Promise<string[]> {
    const rows = await db.query<{ id: string }>(sql`
      select e.id from unnest(${[...invoiceIds]}::uuid[]) with ordinality named (id, place)
      join ledger_entries e on ${db.account('e')} and e.kind = 'invoice' and e.source_id = named.id and e.allocated < e.amount
      order by named.place`);
    return rows.map(({ id }) => id);
  }

  /** What is left of debits, in their order. */
  async debts(db: Db, debitIds: readonly string[]): Promise<Debt[]> {
    return db.query<Debt>(sql`
      select e.id as "debitId", i.id as "invoiceId", e.amount - e.allocated as owed, coalesce(i.due_on, e.posted_on) as "dueOn",
        coalesce(i.payable_until, e.posted_on) as "payableUntil", coalesce(trim_scale(i.fine_percent), 0)::text as "finePercent",
        coalesce(trim_scale(i.interest_percent), 0)::text as "interestPercent"
      from unnest(${[...debitIds]}::uuid[]) with ordinality named (id, place)
      join ledger_entries e on ${db.account('e')} and e.id = named.id
      left join invoices i on e.kind = 'invoice' and ${db.account('i')} and i.id = e.invoice_id
      order by named.place`);
  }

  /** A write-off of an invoice, in minor units; undefined where an entry is none of it. */
  async writeOffOf(
    db: Db,
    invoiceId: string,
    id: string,
  ): Promise<{ amount: bigint; isTakenBack: boolean } | undefined> {
    return db.first(sql`
      select e.amount, exists (select from ledger_entries r where ${db.tenant('r')} and r.kind = 'write_off_reversal'
        and r.source_id = e.id) as "isTakenBack"
      from ledger_entries e
      where ${db.tenant('e')} and e.id = ${id}::uuid and e.invoice_id = ${invoiceId}::uuid and e.kind = 'write_off'`);
  }

  /** What the credits of sources pay now, the earliest due first: what was taken back is not among it. */
  async usesOf(db: Db, { kind, sourceIds }: { kind: EntryKind; sourceIds: readonly string[] }): Promise<CreditUse[]> {
    const rows = await db.query<{ kind: EntryKind; amount: bigint; invoice: object | null; owed: bigint | null }>(sql`
      select d.kind, u.amount, i.owed,
        case when i.id is not null then jsonb_build_object('id', i.id, 'number', i.number, 'title', i.title) end as invoice
      from ledger_entries c
      join lateral (
        select a.debit_id, sum(a.amount)::bigint as amount from allocations a where ${db.account('a')} and a.credit_id = c.id
        group by a.debit_id having sum(a.amount) > 0
      ) u on true
      join ledger_entries d on ${db.account('d')} and d.id = u.debit_id
      left join invoices i on ${db.account('i')} and i.id = d.invoice_id
      where ${db.account('c')} and c.kind = ${kind} and c.source_id = any(${[...sourceIds]}::uuid[])
      order by i.due_on nulls last, i.id, d.posted_at, d.id`);
    return rows.map(({ invoice, owed, ...use }) => ({
      ...use,
      invoice: invoice && ({ ...invoice, owed } as CreditUse['invoice']),
    }));
  }

  /** Debits of the account of which something is left, those of invoices by their due date, then the others. */
  async openDebits(db: Db, { billingAccountId, currency }: LedgerAccount): Promise<string[]> {
    const rows = await db.query<{ id: string }>(sql`
      select e.id from ledger_entries e
      left join invoices i on e.kind = 'invoice' and ${db.account('i')} and i.id = e.invoice_id
      where ${db.account('e')} and e.billing_account_id = ${billingAccountId}::uuid and e.currency = ${currency}
        and e.side = 'debit' and e.allocated < e.amount
      order by i.due_on nulls last, e.posted_at, e.id`);
    return rows.map(({ id }) => id);
  }
}
