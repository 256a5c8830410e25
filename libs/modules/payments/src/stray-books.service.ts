import { Injectable } from '@nestjs/common';
import { BillingSettingsService, Ledger } from '@balcao/module-billing';
import { dayAt } from '@balcao/money';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { Events } from '@balcao/platform-events';
import type { Snapshot } from '@balcao/platform-gateways';
import { Database, insertInto, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { StrayState } from './persistence/payment-lists.js';
import { kindOf } from './persistence/payment.repository.js';

interface HeldStray {
  id: string;
  state: StrayState;
  currency: string;
  amount: bigint;
  returned: bigint;
  depositId: string | null;
  billingAccountId: string | null;
}

/** Said of money that went back to its payer where it had come in. */
const RETURNED = 'Devolvido no serviço de pagamento';

/** Money at gateways that nobody here asked for: what came, and what of it went back there. */
@Injectable()
export class StrayBooks {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly settings: BillingSettingsService,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /**
   * Writes down what a gateway says of a payment that is nobody's here, any number of times. What went back is given to nobody any
   * more; where it had been given to a customer, the deposit that it became is used up.
   */
  async keep(context: OrganizationContext, gatewayAccountId: string, snapshot: Snapshot): Promise<void> {
    const returned = returnedOf(snapshot);
    await this.database.transaction(context, async (db) => {
      const held = await this.hold(db, gatewayAccountId, snapshot.gatewayId);
      if (!held) {
        if (returned < snapshot.received) await this.add(db, context, gatewayAccountId, { ...snapshot, returned });
        return;
      }
      // What was decided is not decided anew by more that comes.
      const amount = held.state === 'open' && snapshot.received > held.amount ? snapshot.received : held.amount;
      const gone = returned < amount ? returned : amount;
      if (amount === held.amount && gone <= held.returned) return;
      const isGone = held.state === 'open' && gone === amount;
      await db.execute(sql`
        update stray_payments t set amount = ${amount}, returned = greatest(t.returned, ${gone}::bigint)
          ${isGone ? sql`, state = 'dismissed', note = ${RETURNED}, decided_at = ${context.clock.now()}` : sql``}
        where ${db.tenant('t')} and t.id = ${held.id}::uuid`);
      if (held.state === 'assigned') await this.takeBack(db, context, held, gone - held.returned);
      await this.events.publish(db, context, { name: 'stray_payment.changed', ids: { strayPaymentId: held.id } });
    });
  }

  private async add(
    db: Db,
    context: OrganizationContext,
    gatewayAccountId: string,
    { gatewayId, method, currency, received, returned, ...snapshot }: Snapshot & { returned: bigint },
  ): Promise<void> {
    const { timeZone } = await this.settings.terms(db, context);
    const id = newId();
    const receivedAt = snapshot.receivedAt ?? context.clock.now();
    const kept = await db.execute(
      sql`${insertInto('stray_payments', {
        ...{ gatewayAccountId, id, gatewayId, method, currency, amount: received, returned, receivedAt },
        gatewayKind: kindOf(db, gatewayAccountId),
        receivedOn: dayAt(receivedAt, timeZone),
        createdAt: context.clock.now(),
      })} on conflict (organization_id, gateway_kind, gateway_id) do nothing`,
    );
    if (kept > 0)
      await this.events.publish(db, context, { name: 'stray_payment.changed', ids: { strayPaymentId: id } });
  }

  private async takeBack(
    db: Db,
    context: OrganizationContext,
    { id, billingAccountId, currency, depositId }: HeldStray,
    amount: bigint,
  ): Promise<void> {
    const account = billingAccountId!;
    await this.ledger.lock(db, [account], currency);
    const { today: postedOn } = await this.settings.terms(db, context);
    const entry = { billingAccountId: account, currency, postedOn, invoiceId: null, reason: RETURNED };
    const deposit = { kind: 'deposit', sourceIds: [depositId!] } as const;
    await this.ledger.takeBack(db, context, deposit, { ...entry, kind: 'adjustment_debit', amount });
    await this.audit.record(db, context, {
      action: 'staff.ledger.adjust',
      target: { type: 'stray_payment', id },
      billingAccountId: account,
      changes: { after: { kind: 'adjustment_debit', amount, currency, depositId } },
    });
  }

  /** Before any ledger account, as who gives it to somebody does. */
  private async hold(db: Db, gatewayAccountId: string, gatewayId: string): Promise<HeldStray | undefined> {
    return db.first<HeldStray>(sql`
      select t.id, t.state, t.currency, t.amount, t.returned, t.deposit_id as "depositId", d.billing_account_id as "billingAccountId"
      from stray_payments t left join deposits d on ${db.tenant('d')} and d.id = t.deposit_id
      where ${db.tenant('t')} and t.gateway_kind = ${kindOf(db, gatewayAccountId)} and t.gateway_id = ${gatewayId}
      for no key update of t`);
  }
}

/** What went back of what came, by refunds and by disputes that were lost. */
function returnedOf({ received, refunded, disputes }: Snapshot): bigint {
  const lost = disputes.reduce((sum, { status, amount }) => (status === 'lost' ? sum + amount : sum), 0n);
  const gone = refunded + lost;
  return gone < received ? gone : received;
}
