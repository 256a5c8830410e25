import { Injectable } from '@nestjs/common';
import type { AskedTarget, OwedInvoice } from '@balcao/module-billing';
import type { Day } from '@balcao/money';
import { newId } from '@balcao/platform-database';
import type { GatewayMethod, GatewayName } from '@balcao/platform-gateways';
import { assignments, insertInto, sql, type Db, type OrganizationContext, type Sql } from '@balcao/platform-tenancy';
import { OPEN_STATES, type InvoiceCost, type PaymentOrigin, type Withdrawal } from '../domain/payment.js';
import { PAYMENT_COLUMNS, type PaymentHeld, type PaymentRow } from './payment.rows.js';

/** What a payment is asked for with. */
export interface NewPayment {
  billingAccountId: string;
  gatewayAccountId: string;
  gatewayKind: GatewayName;
  isTest: boolean;
  method: GatewayMethod;
  currency: string;
  origin: PaymentOrigin;
  createdById: string | null;
  portalId: string | null;
  description: string;
  dueOn: Day | null;
  finePercent: string;
  interestPercent: string;
  expiresAt: Date;
  savesMethod: boolean;
  paymentMethodId: string | null;
  targets: readonly InvoiceCost[];
}

/** An invoice as far as paying it goes. */
export interface PayableInvoice extends OwedInvoice {
  id: string;
  billingAccountId: string;
  number: string;
  title: string;
  currency: string;
  allowsPartial: boolean;
  isOpen: boolean;
}

export type PaymentValues = Partial<
  Pick<
    PaymentHeld,
    | 'state'
    | 'gatewayId'
    | 'pixCode'
    | 'boletoLine'
    | 'barcode'
    | 'pageUrl'
    | 'failure'
    | 'received'
    | 'receivedAt'
    | 'receivedOn'
    | 'expiresAt'
    | 'replacedById'
    | 'calledAt'
    | 'asks'
  > & { askAt: Date | null; askedAt: Date; withdrawnFor: Withdrawal; withdrawnAt: Date }
>;

const TARGETS = sql`(
  select jsonb_agg(jsonb_build_object('id', t.id, 'invoiceId', t.invoice_id, 'principal', t.principal::text, 'fine', t.fine::text,
    'interest', t.interest::text, 'invoiceNumber', i.number, 'invoiceTitle', i.title) order by t.position)
  from payment_targets t join invoices i on i.organization_id = t.organization_id and i.id = t.invoice_id
  where t.organization_id = p.organization_id and t.payment_id = p.id)`;

const GIVEN_BACK = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'amount', r.amount::text, 'reason', r.reason, 'isBack', r.state = 'succeeded',
    'at', case when r.state = 'succeeded' then r.updated_at else r.created_at end) order by r.created_at, r.id), '[]')
  from refunds r where r.organization_id = p.organization_id and r.payment_id = p.id and r.state <> 'failed')`;

const OPEN = [...OPEN_STATES];

/** Of which service an account is. */
export const kindOf = (db: Db, gatewayAccountId: string): Sql =>
  sql`(select a.kind from gateway_accounts a where ${db.tenant('a')} and a.id = ${gatewayAccountId}::uuid)`;

/** Rows of payments and of what they are to pay. */
@Injectable()
export class PaymentRepository {
  /** Adds a payment with its targets. @returns its id */
  async insert(
    db: Db,
    context: OrganizationContext,
    { targets, ...payment }: NewPayment,
    askAt: Date,
  ): Promise<string> {
    const id = newId();
    const now = context.clock.now();
    const amount = targets.reduce((sum, { principal, fine, interest }) => sum + principal + fine + interest, 0n);
    await db.execute(insertInto('payments', { ...payment, id, amount, askAt, createdAt: now, updatedAt: now }));
    const rows = targets.map(({ invoiceId, principal, fine, interest }, position) => ({
      id: newId(),
      position,
      invoice_id: invoiceId,
      principal: String(principal),
      fine: String(fine),
      interest: String(interest),
    }));
    await db.execute(sql`
      insert into payment_targets (billing_account_id, payment_id, currency, id, position, invoice_id, principal, fine, interest)
      select ${payment.billingAccountId}::uuid, ${id}::uuid, ${payment.currency}, r.id, r.position, r.invoice_id, r.principal, r.fine, r.interest
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        r (id uuid, position integer, invoice_id uuid, principal bigint, fine bigint, interest bigint)`);
    return id;
  }

  async update(db: Db, id: string, values: PaymentValues, now: Date): Promise<void> {
    const set = assignments({ ...values, version: sql`p.version + 1`, updatedAt: now });
    await db.execute(sql`update payments p set ${set} where ${db.tenant('p')} and p.id = ${id}::uuid`);
  }

  /** Whoever asks for payments of an account goes one after the other, until the transaction's end. */
  async lockAsking(db: Db, billingAccountId: string): Promise<void> {
    await db.query(sql`select pg_advisory_xact_lock(hashtextextended('payment ' || ${billingAccountId}, 0))`);
  }

  /** Holds a payment until the transaction's end; behind its ledger account and its invoices, where those are held too. */
  async lock(db: Db, id: string): Promise<PaymentHeld | undefined> {
    return db.first<PaymentHeld>(
      sql`select ${PAYMENT_COLUMNS} from payments p where ${db.account('p')} and p.id = ${id}::uuid for no key update of p`,
    );
  }

  /** As it stands, held by nobody. */
  async peek(db: Db, id: string): Promise<PaymentHeld | undefined> {
    return db.first<PaymentHeld>(
      sql`select ${PAYMENT_COLUMNS} from payments p where ${db.account('p')} and p.id = ${id}::uuid`,
    );
  }

  /**
   * By what the service calls it, or by our own id where it names that; whichever account with the service has heard of it, since one that
   * is connected twice tells both of everything.
   */
  async idOf(
    db: Db,
    gatewayAccountId: string,
    gatewayId: string,
    paymentId: string | null,
  ): Promise<string | undefined> {
    const row = await db.first<{ id: string }>(sql`
      select p.id from payments p
      where ${db.tenant('p')} and p.gateway_kind = ${kindOf(db, gatewayAccountId)}
        and (p.gateway_id = ${gatewayId} or (p.gateway_id is null and p.id = ${paymentId}::uuid))
      order by p.gateway_id nulls last limit 1`);
    return row?.id;
  }

  /** Payments with what they pay and what went back, the latest first. */
  async read(db: Db, condition: Sql, limit = 50): Promise<PaymentRow[]> {
    const rows = await db.query<PaymentRow>(sql`
      select ${PAYMENT_COLUMNS}, ${TARGETS} as targets, ${GIVEN_BACK} as "givenBack"
      from payments p where ${db.account('p')} and ${condition} order by p.created_at desc, p.id desc limit ${limit}`);
    return rows.map((row) => ({
      ...row,
      targets: row.targets.map((target) => ({
        ...target,
        principal: BigInt(target.principal),
        fine: BigInt(target.fine),
        interest: BigInt(target.interest),
      })),
      givenBack: row.givenBack.map((each) => ({ ...each, amount: BigInt(each.amount), at: new Date(each.at) })),
    }));
  }

  /** The invoices as far as paying them goes, in the order in which they are named. */
  async payable(db: Db, invoiceIds: readonly string[]): Promise<PayableInvoice[]> {
    return db.query<PayableInvoice>(sql`
      select i.id, i.billing_account_id as "billingAccountId", i.number, i.title, i.currency, i.owed, i.due_on as "dueOn",
        i.payable_until as "payableUntil", trim_scale(i.fine_percent)::text as "finePercent",
        trim_scale(i.interest_percent)::text as "interestPercent", i.allows_partial as "allowsPartial",
        i.owed > 0 as "isOpen"
      from unnest(${[...invoiceIds]}::uuid[]) with ordinality named (id, place)
      join invoices i on ${db.account('i')} and i.id = named.id and i.opened_at is not null
      order by named.place`);
  }

  /** What a payment was to pay, with what is owed of it now. Whoever counts money holds the ledger account. */
  async askedTargets(db: Db, paymentId: string): Promise<AskedTarget[]> {
    return db.query<AskedTarget>(sql`
      select t.id as "paymentTargetId", t.invoice_id as "invoiceId", t.principal, t.fine, t.interest, i.owed, i.due_on as "dueOn",
        i.payable_until as "payableUntil", trim_scale(i.fine_percent)::text as "finePercent",
        trim_scale(i.interest_percent)::text as "interestPercent"
      from payment_targets t join invoices i on ${db.tenant('i')} and i.id = t.invoice_id
      where ${db.tenant('t')} and t.payment_id = ${paymentId}::uuid order by i.due_on, t.position`);
  }

  /** Payments by which somebody may still pay one of these invoices, and that nobody has withdrawn; the latest first. */
  async openOf(db: Db, invoiceIds: readonly string[]): Promise<PaymentRow[]> {
    return this.read(
      db,
      sql`p.state = any(${OPEN}::text[]) and p.withdrawn_at is null and exists (select from payment_targets t
        where t.organization_id = p.organization_id and t.payment_id = p.id and t.invoice_id = any(${[...invoiceIds]}::uuid[]))`,
    );
  }
}
