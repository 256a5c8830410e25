import { columnsOf, membersOf, sql, type Db, type Sql } from '@balcao/platform-tenancy';
import type {
  DisputeSnapshot,
  FailureCode,
  GatewayMethod,
  PaymentOrder,
  Presentation,
  RefundSnapshot,
  SavedMethod,
  SetupSnapshot,
  Snapshot,
  SnapshotStatus,
} from '../gateway.js';
import { pack, unpack } from '../packing.js';

/** Where a pretended page sends people back to. */
export interface SandboxPage {
  successUrl: string;
  cancelUrl: string;
  savesMethod: boolean;
  customerId: string | null;
}

/** A payment as the pretended service keeps it. */
export interface PaymentRow {
  id: string;
  paymentId: string | null;
  method: GatewayMethod;
  status: SnapshotStatus;
  currency: string;
  amount: bigint;
  received: bigint;
  receivedAt: Date | null;
  failure: FailureCode | null;
  presentation: Presentation | null;
  expiresAt: Date | null;
  /** When a slip is due, and what its bank adds behind that day; null of others. */
  boleto: NonNullable<PaymentOrder['boleto']> | null;
  description: string;
  payerName: string;
  page: SandboxPage | null;
  cardId: string | null;
  refunds: RefundSnapshot[];
  disputes: DisputeSnapshot[];
  changedAt: Date;
}

export interface CardRow {
  id: string;
  customerId: string;
  outcome: string;
  brand: string;
  lastFour: string;
  expiresMonth: number;
  expiresYear: number;
}

export interface SetupRow {
  id: string;
  setupId: string | null;
  customerId: string;
  payerName: string;
  status: SetupSnapshot['status'];
  page: SandboxPage;
  expiresAt: Date;
  cardId: string | null;
}

const PAYMENT = membersOf<PaymentRow>()([
  'id',
  'paymentId',
  'method',
  'status',
  'currency',
  'amount',
  'received',
  'receivedAt',
  'failure',
  'presentation',
  'expiresAt',
  'boleto',
  'description',
  'payerName',
  'page',
  'cardId',
  'refunds',
  'disputes',
  'changedAt',
]);

const CARD = membersOf<CardRow>()(['id', 'customerId', 'outcome', 'brand', 'lastFour', 'expiresMonth', 'expiresYear']);

const SETUP = membersOf<SetupRow>()([
  'id',
  'setupId',
  'customerId',
  'payerName',
  'status',
  'page',
  'expiresAt',
  'cardId',
]);

/** A value for a column of the kind jsonb. */
export const json = (value: unknown): Sql => sql`${value === null ? null : pack(value)}::jsonb`;

/** The payments of a gateway for which the condition holds. */
export async function paymentsWhere(db: Db, gatewayId: string, condition: Sql): Promise<PaymentRow[]> {
  const rows = await db.query<PaymentRow>(sql`
    select ${columnsOf('p', PAYMENT)} from sandbox_payments p
    where ${db.tenant('p')} and p.gateway_id = ${gatewayId} and ${condition}`);
  return rows.map((row) => ({
    ...row,
    refunds: unpack(row.refunds) as RefundSnapshot[],
    disputes: unpack(row.disputes) as DisputeSnapshot[],
  }));
}

export async function cardOf(db: Db, gatewayId: string, id: string): Promise<CardRow | undefined> {
  return db.first<CardRow>(sql`
    select ${columnsOf('c', CARD)} from sandbox_cards c
    where ${db.tenant('c')} and c.gateway_id = ${gatewayId} and c.id = ${id}`);
}

export async function setupOf(db: Db, gatewayId: string, id: string, lock = false): Promise<SetupRow | undefined> {
  return db.first<SetupRow>(sql`
    select ${columnsOf('s', SETUP)} from sandbox_setups s
    where ${db.tenant('s')} and s.gateway_id = ${gatewayId} and s.id = ${id} ${lock ? sql`for no key update` : sql``}`);
}

/** An id of this service; whatever else is asked for is not there. */
export const isGatewayId = (id: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

/** What is owed back of a payment already, whether or not it has come. */
export const givenBack = ({ refunds }: PaymentRow): bigint =>
  refunds.reduce((sum, { amount, status }) => (status === 'failed' ? sum : sum + amount), 0n);

const savedOf = (card: CardRow | undefined): SavedMethod | null =>
  card
    ? {
        customerId: card.customerId,
        token: card.id,
        brand: card.brand,
        lastFour: card.lastFour,
        expiresMonth: card.expiresMonth,
        expiresYear: card.expiresYear,
      }
    : null;

/** Nobody writes down that a validity has ended: it has once the time has come. */
export const statusAt = <Status extends string>(
  { status, expiresAt }: { status: Status; expiresAt: Date | null },
  now: Date,
): Status | 'expired' => (status === 'pending' && expiresAt !== null && expiresAt <= now ? 'expired' : status);

export async function snapshotOf(db: Db, gatewayId: string, row: PaymentRow, now: Date): Promise<Snapshot> {
  const status = statusAt(row, now);
  const card = row.cardId && row.page?.savesMethod ? await cardOf(db, gatewayId, row.cardId) : undefined;
  return {
    gatewayId: row.id,
    paymentId: row.paymentId,
    method: row.method,
    status,
    currency: row.currency,
    amount: row.amount,
    received: row.received,
    receivedAt: row.receivedAt,
    refunded: row.refunds.reduce((sum, each) => (each.status === 'succeeded' ? sum + each.amount : sum), 0n),
    failure: row.failure,
    presentation: status === 'pending' ? row.presentation : null,
    expiresAt: row.expiresAt,
    refunds: row.refunds,
    disputes: row.disputes,
    saved: savedOf(card),
  };
}

export async function setupSnapshotOf(
  db: Db,
  gatewayId: string,
  row: SetupRow,
  url: string,
  now: Date,
): Promise<SetupSnapshot> {
  const status = statusAt(row, now);
  return {
    gatewayId: row.id,
    setupId: row.setupId,
    status,
    url: status === 'pending' ? url : null,
    saved: savedOf(row.cardId ? await cardOf(db, gatewayId, row.cardId) : undefined),
  };
}
