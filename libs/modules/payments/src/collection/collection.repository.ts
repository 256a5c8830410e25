import { Injectable } from '@nestjs/common';
import type { Day } from '@balcao/money';
import { newId } from '@balcao/platform-database';
import type { FailureCode } from '@balcao/platform-gateways';
import { assignments, columnsOf, insertInto, sql, type Db, type Sql } from '@balcao/platform-tenancy';
import type { PaymentState } from '../domain/payment.js';
import type { CollectionOrigin, CollectionState, CollectionStop } from './dunning.js';

/** What becomes of what was to be paid, where nobody tries any longer. */
export const END_ACTIONS = ['nothing', 'pause', 'cancel'] as const;
export type EndAction = (typeof END_ACTIONS)[number];

/** What becomes of it: only what renews, and is not over yet, has something that could be paused or cancelled. */
export const endActionOf = (
  { origin, isOver }: Pick<Collection, 'origin' | 'isOver'>,
  { collectionEnd }: { collectionEnd: EndAction },
): EndAction => (origin === 'renewal' && !isOver ? collectionEnd : 'nothing');

/** An invoice that is collected by a saved card. */
export interface Collection {
  id: string;
  billingAccountId: string;
  invoiceId: string;
  origin: CollectionOrigin;
  /** The card that was named; null for the account's default. */
  paymentMethodId: string | null;
  state: CollectionState;
  /** Tries that were begun. */
  attempts: number;
  /** By the organization's clock; null while it waits for another card, and once it has ended. */
  nextAt: Date | null;
  endsAt: Date | null;
  stoppedFor: CollectionStop | null;
  endAction: EndAction | null;
  noticedAt: Date | null;
  createdAt: Date;
  /** Whether the subscription that its invoice is of has ended. */
  isOver: boolean;
}

const columnsIn = (db: Db): Sql =>
  sql`${COLUMNS}, exists (select from ended_renewals r where ${db.account('r')} and r.invoice_id = c.invoice_id) as "isOver"`;
const COLUMNS = columnsOf('c', [
  'id',
  'billingAccountId',
  'invoiceId',
  'origin',
  'paymentMethodId',
  'state',
  'attempts',
  'nextAt',
  'endsAt',
  'stoppedFor',
  'endAction',
  'noticedAt',
  'createdAt',
]);

/** One try, with the card that was charged and what became of it. */
export interface CollectionAttempt {
  number: number;
  paymentId: string;
  paymentMethodId: string;
  brand: string | null;
  lastFour: string | null;
  madeAt: Date;
  /** In minor units. */
  amount: bigint;
  currency: string;
  state: PaymentState;
  failure: FailureCode | null;
}

export type CollectionValues = Partial<
  Pick<Collection, 'origin' | 'state' | 'attempts' | 'nextAt' | 'endsAt' | 'stoppedFor' | 'endAction' | 'noticedAt'> & {
    endedAt: Date;
  }
>;

/** What an invoice is collected by needs to be known of it. */
export interface CollectedInvoice {
  id: string;
  billingAccountId: string;
  currency: string;
  owed: bigint;
  dueOn: Day;
  payableUntil: Day;
}

/** Rows of what is collected, and of its tries. */
@Injectable()
export class CollectionRepository {
  /** Begins one, unless one is open. @returns its id where it is new */
  async insert(
    db: Db,
    collection: Pick<Collection, 'billingAccountId' | 'invoiceId' | 'origin' | 'paymentMethodId' | 'nextAt' | 'endsAt'>,
    now: Date,
  ): Promise<string | undefined> {
    const id = newId();
    const added = await db.execute(
      sql`${insertInto('collections', { ...collection, id, createdAt: now, updatedAt: now })}
        on conflict (organization_id, invoice_id) where state in ('waiting', 'trying') do nothing`,
    );
    return added === 0 ? undefined : id;
  }

  async update(db: Db, id: string, values: CollectionValues, now: Date): Promise<void> {
    const set = assignments({ ...values, version: sql`c.version + 1`, updatedAt: now });
    await db.execute(sql`update collections c set ${set} where ${db.tenant('c')} and c.id = ${id}::uuid`);
  }

  /** Holds it until the transaction's end; nothing is locked behind it that others lock before it. */
  async lock(db: Db, id: string): Promise<Collection | undefined> {
    return db.first<Collection>(
      sql`select ${columnsIn(db)} from collections c where ${db.tenant('c')} and c.id = ${id}::uuid for no key update of c`,
    );
  }

  async read(db: Db, condition: Sql, limit = 50): Promise<Collection[]> {
    return db.query<Collection>(sql`
      select ${columnsIn(db)} from collections c where ${db.account('c')} and ${condition} order by c.created_at desc, c.id desc limit ${limit}`);
  }

  /** Those of an invoice, the latest first. */
  async ofInvoice(db: Db, invoiceId: string): Promise<Collection[]> {
    return this.read(db, sql`c.invoice_id = ${invoiceId}::uuid`, 20);
  }

  /** The open one of an invoice. */
  async openOf(db: Db, invoiceId: string): Promise<Collection | undefined> {
    const [open] = await this.read(db, sql`c.invoice_id = ${invoiceId}::uuid and c.state in ('waiting', 'trying')`, 1);
    return open;
  }

  async addAttempt(
    db: Db,
    attempt: {
      billingAccountId: string;
      collectionId: string;
      number: number;
      paymentId: string;
      paymentMethodId: string;
      madeAt: Date;
    },
  ): Promise<void> {
    await db.execute(insertInto('collection_attempts', attempt));
  }

  /** Tries of these collections, of each the first one first. */
  async attemptsOf(db: Db, ids: readonly string[]): Promise<Map<string, CollectionAttempt[]>> {
    const attempts = new Map<string, CollectionAttempt[]>();
    if (ids.length === 0) return attempts;
    const rows = await db.query<CollectionAttempt & { collectionId: string }>(sql`
      select ${columnsOf('t', ['collectionId', 'number', 'paymentId', 'paymentMethodId', 'madeAt'])}, m.brand, m.last_four as "lastFour",
        p.amount, p.currency, p.state, p.failure
      from collection_attempts t
      join payments p on ${db.account('p')} and p.id = t.payment_id
      join payment_methods m on ${db.account('m')} and m.id = t.payment_method_id
      where ${db.account('t')} and t.collection_id = any(${[...ids]}::uuid[]) order by t.number`);
    for (const { collectionId, ...attempt } of rows)
      attempts.set(collectionId, [...(attempts.get(collectionId) ?? []), attempt]);
    return attempts;
  }

  /** The try that a payment is, held. */
  async attemptOf(
    db: Db,
    paymentId: string,
  ): Promise<{ collectionId: string; number: number; paymentMethodId: string; concludedAt: Date | null } | undefined> {
    return db.first(sql`
      select ${columnsOf('t', ['collectionId', 'number', 'paymentMethodId', 'concludedAt'])} from collection_attempts t
      where ${db.tenant('t')} and t.payment_id = ${paymentId}::uuid`);
  }

  async conclude(db: Db, paymentId: string, now: Date): Promise<void> {
    await db.execute(sql`
      update collection_attempts t set concluded_at = ${now} where ${db.tenant('t')} and t.payment_id = ${paymentId}::uuid`);
  }

  async invoice(db: Db, id: string): Promise<CollectedInvoice | undefined> {
    return db.first<CollectedInvoice>(sql`
      select ${columnsOf('i', ['id', 'billingAccountId', 'currency', 'owed', 'dueOn', 'payableUntil'])} from invoices i
      where ${db.account('i')} and i.id = ${id}::uuid and i.opened_at is not null`);
  }
}
