import { Injectable } from '@nestjs/common';
import { newId } from '@balcao/platform-database';
import type { FailureCode, RefundSnapshot } from '@balcao/platform-gateways';
import { assignments, columnsOf, insertInto, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { PaymentHeld } from './payment.rows.js';

/** What becomes of what the payment had paid: it is credited, so that nobody owes it, or it is owed again. */
export const REFUND_OUTCOMES = ['credited', 'owed'] as const;
export type RefundOutcome = (typeof REFUND_OUTCOMES)[number];
export const REFUND_STATES = ['created', 'sending', 'unknown', 'pending', 'succeeded', 'failed'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** Money is in minor units of `currency`. */
export interface RefundHeld {
  id: string;
  paymentId: string;
  billingAccountId: string;
  currency: string;
  amount: bigint;
  reason: string;
  becomes: RefundOutcome;
  state: RefundState;
  gatewayId: string | null;
  failure: FailureCode | null;
  createdById: string | null;
  calledAt: Date | null;
  asks: number;
  createdAt: Date;
}

export const REFUND_COLUMNS = columnsOf('r', [
  'id',
  'paymentId',
  'billingAccountId',
  'currency',
  'amount',
  'reason',
  'becomes',
  'state',
  'gatewayId',
  'failure',
  'createdById',
  'calledAt',
  'asks',
  'createdAt',
]);

/** Said of what somebody gave back at the gateway itself. */
const ELSEWHERE = 'Devolvido diretamente no serviço de pagamento';

/** Rows of refunds. */
@Injectable()
export class RefundRepository {
  async insert(
    db: Db,
    context: OrganizationContext,
    refund: Pick<
      RefundHeld,
      'paymentId' | 'billingAccountId' | 'currency' | 'amount' | 'reason' | 'becomes' | 'createdById'
    > & {
      gatewayId?: string;
      state?: RefundState;
      askAt?: Date;
    },
  ): Promise<string> {
    const id = newId();
    const now = context.clock.now();
    await db.execute(insertInto('refunds', { ...refund, id, createdAt: now, updatedAt: now }));
    return id;
  }

  /** As it stands, held by nobody. */
  async peek(db: Db, id: string): Promise<RefundHeld | undefined> {
    return db.first<RefundHeld>(
      sql`select ${REFUND_COLUMNS} from refunds r where ${db.account('r')} and r.id = ${id}::uuid`,
    );
  }

  async lock(db: Db, id: string): Promise<RefundHeld | undefined> {
    return db.first<RefundHeld>(
      sql`select ${REFUND_COLUMNS} from refunds r where ${db.tenant('r')} and r.id = ${id}::uuid for no key update of r`,
    );
  }

  /** By what the gateway calls it, or by our own id, which it may name before we know its own; behind that it is another one. */
  async lockBy(db: Db, paymentId: string, { gatewayId, refundId }: RefundSnapshot): Promise<RefundHeld | undefined> {
    return db.first<RefundHeld>(sql`
      select ${REFUND_COLUMNS} from refunds r where ${db.tenant('r')} and r.payment_id = ${paymentId}::uuid
        and (r.gateway_id = ${gatewayId} or r.gateway_id is null and r.id = ${refundId}::uuid)
      order by r.gateway_id nulls last limit 1 for no key update of r`);
  }

  /** Writes down one that was asked for at the gateway itself. */
  async found(
    db: Db,
    context: OrganizationContext,
    { id: paymentId, billingAccountId, currency }: PaymentHeld,
    { gatewayId, amount }: RefundSnapshot,
  ): Promise<RefundHeld | undefined> {
    const id = await this.insert(db, context, {
      paymentId,
      billingAccountId,
      currency,
      amount,
      reason: ELSEWHERE,
      becomes: 'credited',
      createdById: null,
      gatewayId,
      state: 'pending',
    });
    return this.lock(db, id);
  }

  async update(
    db: Db,
    id: string,
    values: Partial<Pick<RefundHeld, 'state' | 'gatewayId' | 'failure' | 'calledAt' | 'asks'>> & {
      askAt?: Date | null;
    },
    now: Date,
  ): Promise<void> {
    await db.execute(
      sql`update refunds r set ${assignments({ ...values, updatedAt: now })} where ${db.tenant('r')} and r.id = ${id}::uuid`,
    );
  }
}
