import { InvoiceRepository, quietBilling } from '@balcao/module-billing';
import { Audit } from '@balcao/platform-audit';
import type { AppConfig, Secrets } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { unheardEvents } from '@balcao/platform-events';
import {
  Gateways,
  SandboxBank,
  SandboxDelivery,
  type FailureCode,
  type GatewayMethod,
} from '@balcao/platform-gateways';
import { Outbox } from '@balcao/platform-outbox';
import type { RateLimiter } from '@balcao/platform-state';
import { insertInto, sql, type Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { GatewayDesk, type SealedAccount } from './gateway-desk.js';
import { MethodKeeper } from './methods/method-keeper.service.js';
import { PaymentMethodRepository } from './methods/payment-method.repository.js';
import { PaymentBooks } from './payment-books.service.js';
import { PaymentRunner } from './payment-runner.service.js';
import { PaymentService, type PaymentRequest } from './payment.service.js';
import { PaymentRepository } from './persistence/payment.repository.js';
import { RefundRepository } from './persistence/refund.repository.js';

/** How a payment of long ago ended; `open` has not. */
export type PastEnd = 'paid' | 'expired' | 'open' | FailureCode;

/** Money that nobody asked for. `amount` is in minor units of the organization's currency. */
export interface PastStray {
  /** What the service calls it. */
  gatewayId: string;
  method: GatewayMethod;
  amount: bigint;
}

/** Payments through the pretended service of which nobody is told, at the time of the context: for data that shows the product. */
export function quietPayments(database: Database, config: AppConfig, secrets: Secrets, limiter: RateLimiter) {
  const [rows, audit, outbox, delivery] = [
    new PaymentRepository(),
    new Audit(),
    new Outbox(database),
    new SandboxDelivery(),
  ];
  const desk = new GatewayDesk(new Gateways(database, config, delivery), config, secrets);
  const { ledger, credits, settings } = quietBilling(database);
  const methods = new PaymentMethodRepository(secrets);
  const keeper = new MethodKeeper(methods, audit, unheardEvents, outbox);
  const books = new PaymentBooks(
    database,
    rows,
    new RefundRepository(),
    new InvoiceRepository(),
    ledger,
    credits,
    settings,
    keeper,
    audit,
    unheardEvents,
    outbox,
  );
  const runner = new PaymentRunner(database, rows, methods, books, desk, unheardEvents, outbox);
  const payments = new PaymentService(database, rows, limiter, audit, unheardEvents, outbox);
  const bank = new SandboxBank(database, delivery);

  /** Asks for a payment, and lets the payer and their bank end it so. */
  async function pay(context: OrganizationContext, request: PaymentRequest, end: PastEnd): Promise<void> {
    const { id } = await payments.create(context, 'portal', request);
    await runner.send(context, id, () => Promise.resolve());
    const { gatewayId, gatewayAccountId, state } = await payments.get(context, id);
    if (end === 'open' || state !== 'pending' || gatewayId === null) return;
    const sealed = await database.read(context, (db) =>
      db.first<SealedAccount>(sql`
        select a.kind, a.credentials_sealed as "credentialsSealed" from gateway_accounts a
        where ${db.tenant('a')} and a.id = ${gatewayAccountId}::uuid`),
    );
    const account = desk.unsealed(context, gatewayAccountId, sealed!);
    if (end === 'paid') await bank.pay(account, gatewayId);
    else if (end === 'expired') await bank.expire(account, gatewayId);
    else await bank.decline(account, gatewayId, end);
    await runner.ask(context, id);
  }

  /** Has money come to the organization's first account that nobody asked for. */
  async function payUnasked(context: OrganizationContext, stray: PastStray): Promise<void> {
    const receivedAt = context.clock.now();
    await database.transaction(context, async (db) => {
      const { today: receivedOn, currency } = await settings.terms(db, context);
      const account = await db.first<{ id: string; kind: string }>(
        sql`select a.id, a.kind from gateway_accounts a where ${db.tenant('a')} order by a.created_at, a.id limit 1`,
      );
      await db.execute(
        insertInto('stray_payments', {
          ...stray,
          id: newId(),
          gatewayAccountId: account!.id,
          gatewayKind: account!.kind,
          currency,
          receivedAt,
          receivedOn,
          createdAt: receivedAt,
        }),
      );
    });
  }
  return { pay, payUnasked };
}
export type QuietPayments = ReturnType<typeof quietPayments>;
