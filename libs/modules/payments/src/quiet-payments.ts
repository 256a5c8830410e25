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
  type GatewayAccount,
  type GatewayMethod,
  type SandboxCardName,
} from '@balcao/platform-gateways';
import type { Mailer } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import type { RateLimiter } from '@balcao/platform-state';
import { insertInto, sql, type Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { CollectionMailer } from './collection/collection-mailer.js';
import { CollectionRepository } from './collection/collection.repository.js';
import { CollectionRunner } from './collection/collection-runner.service.js';
import { CollectionService } from './collection/collection.service.js';
import { GatewayDesk, type SealedAccount } from './gateway-desk.js';
import { MethodKeeper } from './methods/method-keeper.service.js';
import { MethodRunner } from './methods/method-runner.service.js';
import { savingRoute } from './methods/method-setup.service.js';
import { PaymentMethodRepository } from './methods/payment-method.repository.js';
import { placeOf } from './payment-place.js';
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

/** A card that was saved long ago. */
export interface PastCard {
  billingAccountId: string;
  /** By what becomes of charges of it. */
  card: SandboxCardName;
  /** Whether the account's invoices are paid by it by themselves from then on. */
  isAutomatic?: boolean;
}

/** Nobody is told of what is long ago. */
const unsaid = { enqueue: () => Promise.resolve() } as unknown as Mailer;

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
  const methodRunner = new MethodRunner(database, methods, keeper, desk, unheardEvents);
  const collectionRows = new CollectionRepository();
  const collections = new CollectionService(database, collectionRows, methods, settings, audit, unheardEvents, outbox);
  const collectionRunner = new CollectionRunner(
    database,
    collectionRows,
    methods,
    rows,
    settings,
    new CollectionMailer(unsaid),
    audit,
    unheardEvents,
    outbox,
  );

  /** An organization's account with the pretended service, as its bank is asked about it. */
  async function accountOf(context: OrganizationContext, gatewayAccountId: string): Promise<GatewayAccount> {
    const sealed = await database.read(context, (db) =>
      db.first<SealedAccount>(sql`
        select a.kind, a.credentials_sealed as "credentialsSealed" from gateway_accounts a
        where ${db.tenant('a')} and a.id = ${gatewayAccountId}::uuid`),
    );
    return desk.unsealed(context, gatewayAccountId, sealed!);
  }

  /** Asks for a payment, and lets the payer and their bank end it so. */
  async function pay(context: OrganizationContext, request: PaymentRequest, end: PastEnd): Promise<void> {
    const { id } = await payments.create(context, 'portal', request);
    await runner.send(context, id, () => Promise.resolve());
    const { gatewayId, gatewayAccountId, state } = await payments.get(context, id);
    if (end === 'open' || state !== 'pending' || gatewayId === null) return;
    const account = await accountOf(context, gatewayAccountId);
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

  /** Saves a card on the page of the service. */
  async function saveCard(
    context: OrganizationContext,
    { billingAccountId, card, isAutomatic = false }: PastCard,
  ): Promise<void> {
    const setupId = await database.transaction(context, async (db) => {
      const place = await placeOf(db, context);
      const route = await savingRoute(db, place);
      if (isAutomatic)
        await db.execute(
          insertInto('automatic_payments', { billingAccountId, isOn: true, changedAt: context.clock.now() }),
        );
      const asked = { ...route!, billingAccountId, portalId: place.portalId, createdById: null };
      return methods.insertSetup(db, context, asked);
    });
    await methodRunner.send(context, setupId, () => Promise.resolve());
    const setup = await database.read(context, (db) => methods.setup(db, setupId));
    await bank.saveCard(await accountOf(context, setup!.gatewayAccountId), setup!.gatewayId!, card);
    await methodRunner.ask(context, setupId);
  }

  /** Has an invoice's account pay it by its card by itself: the first try is made, and ends as the card says. */
  async function collect(context: OrganizationContext, invoiceId: string): Promise<void> {
    const id = await collections.collect(context, invoiceId, { origin: 'automatic' });
    await collectionRunner.tryDue(context, id);
    const attempts = await database.read(context, (db) => collectionRows.attemptsOf(db, [id]));
    for (const { paymentId } of attempts.get(id) ?? []) {
      await runner.send(context, paymentId, () => Promise.resolve());
      await collectionRunner.conclude(context, paymentId);
    }
  }
  return { pay, payUnasked, saveCard, collect };
}
export type QuietPayments = ReturnType<typeof quietPayments>;
