import { Audit } from '@balcao/platform-audit';
import { Events } from '@balcao/platform-events';
import {
  Gateways,
  SandboxBank,
  SandboxDelivery,
  type GatewayAccount,
  type SandboxCardName,
  type SandboxEvent,
} from '@balcao/platform-gateways';
import { PostgresLiveBus } from '@balcao/platform-live';
import { Mailer } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { hearEvents } from '@balcao/platform-outbox/testing';
import type { EventSubscriber } from '@balcao/platform-outbox/worker';
import type { RateLimiter } from '@balcao/platform-state';
import {
  sql,
  systemContext,
  type Database,
  type Db,
  type OrganizationContext,
  type PortalContext,
} from '@balcao/platform-tenancy';
import type { TestDatabase } from '@balcao/platform-testing';
import { LedgerRepository } from '../../billing/src/persistence/ledger.repository.js';
import { InvoiceRepository } from '../../billing/src/persistence/invoice.repository.js';
import { billingServices, type BillingScene } from '../../billing/test/factories.js';
import { CollectionDueWork } from '../src/collection/collection-due-work.js';
import { CollectionMailer } from '../src/collection/collection-mailer.js';
import { CollectionMailReader } from '../src/collection/collection-mail-facts.js';
import { CollectionReader } from '../src/collection/collection-reader.service.js';
import { CollectionRepository } from '../src/collection/collection.repository.js';
import { CollectionRunner } from '../src/collection/collection-runner.service.js';
import { CollectionService } from '../src/collection/collection.service.js';
import { DocumentCodes } from '../src/document-codes.service.js';
import { GatewayAccountService } from '../src/gateway-account.service.js';
import { GatewayDesk } from '../src/gateway-desk.js';
import { GatewayEventService } from '../src/gateway-event.service.js';
import { CollectInvoicesSubscriber } from '../src/jobs/collection.handlers.js';
import { DocumentCodesSubscriber } from '../src/jobs/document-codes.subscriber.js';
import { FollowInvoicesSubscriber } from '../src/jobs/follow-invoices.subscriber.js';
import { ExpiryNoticeService } from '../src/methods/expiry-notice.service.js';
import { MethodKeeper } from '../src/methods/method-keeper.service.js';
import { MethodRunner } from '../src/methods/method-runner.service.js';
import { MethodSetupService } from '../src/methods/method-setup.service.js';
import type { PaymentMethod } from '../src/methods/payment-method.js';
import { PaymentMethodRepository } from '../src/methods/payment-method.repository.js';
import { PaymentMethodService } from '../src/methods/payment-method.service.js';
import { PaymentBooks } from '../src/payment-books.service.js';
import { PaymentRunner } from '../src/payment-runner.service.js';
import { PaymentService } from '../src/payment.service.js';
import { PaymentRepository } from '../src/persistence/payment.repository.js';
import { RefundRepository } from '../src/persistence/refund.repository.js';
import { RefundService } from '../src/refund.service.js';
import { StaffPaymentService } from '../src/staff-payment.service.js';
import { StrayBooks } from '../src/stray-books.service.js';

/** Whoever asks may. */
const unlimited = {
  consume: () => Promise.resolve({ allowed: true, remaining: 1, retryAfterSeconds: 0 }),
} as unknown as RateLimiter;

/** The module's services, and billing's, over a test's database. */
export function paymentServices(test: TestDatabase, limiter = unlimited) {
  const { database, config, secrets } = test;
  const billing = billingServices(test);
  const outbox = new Outbox(database);
  const events = new Events(outbox, new PostgresLiveBus(database, config, secrets));
  const audit = new Audit();
  const delivery = new SandboxDelivery();
  const gateways = new Gateways(database, config, delivery);
  const desk = new GatewayDesk(gateways, config, secrets);
  const [payments, refundRows] = [new PaymentRepository(), new RefundRepository()];
  const methodRows = new PaymentMethodRepository(secrets);
  const collectionRows = new CollectionRepository();
  const keeper = new MethodKeeper(methodRows, audit, events, outbox);
  const methodRunner = new MethodRunner(database, methodRows, keeper, desk, events);
  const books = new PaymentBooks(
    database,
    payments,
    refundRows,
    new InvoiceRepository(),
    billing.ledger,
    billing.credits,
    billing.settings,
    keeper,
    audit,
    events,
    outbox,
  );
  const collectionMailer = new CollectionMailer(new Mailer(outbox));
  const collections = new CollectionService(
    database,
    collectionRows,
    methodRows,
    billing.settings,
    audit,
    events,
    outbox,
  );
  const collectionRunner = new CollectionRunner(
    database,
    collectionRows,
    methodRows,
    payments,
    billing.settings,
    collectionMailer,
    audit,
    events,
    outbox,
  );
  const notices = new ExpiryNoticeService(database, methodRows, collectionMailer, events);
  const runner = new PaymentRunner(database, payments, methodRows, books, desk, events, outbox);
  const strays = new StrayBooks(database, billing.ledger, billing.settings, audit, events);
  const asked = new PaymentService(database, payments, limiter, audit, events, outbox);
  const codes = new DocumentCodes(payments, asked, runner, outbox);
  return {
    ...billing,
    test,
    bank: new SandboxBank(database, delivery),
    delivery,
    accounts: new GatewayAccountService(database, gateways, secrets, audit),
    desk,
    books,
    runner,
    rows: payments,
    payments: asked,
    codes,
    refunds: new RefundService(database, payments, refundRows, books, runner, desk, audit, events, outbox),
    gatewayEvents: new GatewayEventService(
      database,
      payments,
      books,
      strays,
      methodRunner,
      desk,
      audit,
      events,
      outbox,
    ),
    staff: new StaffPaymentService(database, payments, runner, billing.credits, audit, events),
    coder: new DocumentCodesSubscriber(database, codes),
    follower: new FollowInvoicesSubscriber(database, payments, runner),
    setups: new MethodSetupService(database, methodRows, unlimited, audit, events, outbox),
    methods: new PaymentMethodService(database, methodRows, billing.settings, audit, keeper, outbox),
    methodRows,
    methodRunner,
    collections,
    collectionReader: new CollectionReader(database, collectionRows, methodRows, billing.settings),
    collectionRunner,
    collector: new CollectInvoicesSubscriber(database, collections),
    due: new CollectionDueWork(database, billing.settings, collectionRunner, notices),
    mailReader: new CollectionMailReader(database, methodRows, config),
    ledgerRows: new LedgerRepository(),
  };
}
export type PaymentServices = ReturnType<typeof paymentServices>;

/** The organization by itself, at noon of a day in São Paulo. */
export const asSystem = ({ organizationId }: BillingScene, now: Date): OrganizationContext =>
  systemContext(organizationId, { clock: { now: () => now } });

/** A boleto says who is to pay it: a customer with tax id and address. */
export async function completePayer({ owner }: TestDatabase, billingAccountId: string): Promise<void> {
  const address = { street: 'Rua das Flores', number: '10', district: 'Centro', city: 'Campinas', state: 'SP' };
  await owner.query('update billing_accounts set tax_id = $2, address = $3 where id = $1', [
    billingAccountId,
    '33683111000280',
    { ...address, postalCode: '13010050' },
  ]);
}

/** A pretended payment service that takes everything, as the bank is asked about it. */
export async function connectSandbox(
  { accounts, test }: PaymentServices,
  context: OrganizationContext,
): Promise<GatewayAccount> {
  const methods = ['pix', 'boleto', 'card'] as const;
  const { id } = await accounts.create(
    context,
    { kind: 'sandbox', name: 'Teste', methods, currency: 'BRL', credentials: {} },
    true,
  );
  const { rows } = await test.owner.query<{ sealed: Buffer }>(
    'select credentials_sealed as sealed from gateway_accounts where id = $1',
    [id],
  );
  const credentials = JSON.parse(
    test.secrets.open(rows[0]!.sealed, `gateway_accounts.credentials_sealed:${id}`)!,
  ) as Record<string, string>;
  return { id, organizationId: context.organizationId, kind: 'sandbox', credentials, clock: context.clock };
}

const finish =
  (id: string) =>
  async (db: Db): Promise<void> => {
    await db.execute(sql`update outbox set status = 'done', done_at = now() where id = ${id}::uuid`);
  };

/**
 * Does what the worker would: every job of payments that is due, and what subscribes to events, until nothing is left.
 * @param context whose jobs they are; those of others are left
 * @param subscribers who hears; by itself nobody gives documents codes, which most tests are not about
 */
export async function work(
  services: PaymentServices,
  context: OrganizationContext,
  subscribers: EventSubscriber[] = [services.follower, atTimeOf(services.collector, context)],
): Promise<void> {
  const { owner } = services.test;
  for (let round = 0; round < 50; round++) {
    const { rows } = await owner.query<{ id: string; job: string; payload: Record<string, string> }>(
      `update outbox set status = 'dispatched' where organization_id = $1 and job like 'payments.%' and status = 'pending' and due_at <= now()
       returning id, job, payload`,
      [context.organizationId],
    );
    const { rows: events } = await owner.query('select from outbox where job is null and status = $1 limit 1', [
      'pending',
    ]);
    if (rows.length === 0 && events.length === 0) return;
    for (const { id, job, payload } of rows.sort((a, b) => (a.id < b.id ? -1 : 1)))
      await perform(services, context, job, payload, finish(id));
    await hearEvents(owner, ...subscribers);
  }
  throw new Error('There is always more to do');
}

/** Who hears as if it were the context's time, whatever the clock of its organization says. */
function atTimeOf<Heard extends EventSubscriber>(subscriber: Heard, context: OrganizationContext): Heard {
  const hear: EventSubscriber['hear'] = (event, _, done) => subscriber.hear(event, context, done);
  return Object.assign(Object.create(Object.getPrototypeOf(subscriber) as object) as Heard, { hear });
}

async function perform(
  { runner, gatewayEvents, refunds, methodRunner, collections, collectionRunner, test }: PaymentServices,
  context: OrganizationContext,
  job: string,
  payload: Record<string, string>,
  done: (db: Db) => Promise<void>,
): Promise<void> {
  switch (job) {
    case 'payments.send':
      return runner.send(context, payload['paymentId']!, done);
    case 'payments.event':
      return gatewayEvents.work(context, payload['gatewayEventId']!, done);
    case 'payments.refund':
      return refunds.send(context, payload['refundId']!, done);
    case 'payments.send-setup':
      return methodRunner.send(context, payload['methodSetupId']!, done);
    case 'payments.forget':
      return methodRunner.forget(context, payload['paymentMethodId']!, done);
    case 'payments.reconsider':
      return collections.reconsider(context, payload['billingAccountId']!, done);
    case 'payments.try':
      return collectionRunner.tryDue(context, payload['collectionId']!, done);
    case 'payments.conclude':
      return collectionRunner.conclude(context, payload['paymentId']!, done);
    case 'payments.withdraw':
      await runner.endWithdrawn(context, payload['paymentId']!);
      return (test.database as Database).transaction(context, done);
    default:
      throw new Error(`Nobody does ${job}`);
  }
}

/** Brings events to the organization, as the service would. */
export async function deliver(
  { gatewayEvents }: PaymentServices,
  account: GatewayAccount,
  events: readonly SandboxEvent[],
) {
  for (const { raw, headers } of events) await gatewayEvents.receive(account.id, raw, headers);
}

/** A card that a customer adds on the page of the pretended service. @returns it as it is saved */
export async function addCard(
  services: PaymentServices,
  account: GatewayAccount,
  customer: PortalContext,
  system: OrganizationContext,
  card: SandboxCardName = 'approved',
): Promise<PaymentMethod> {
  const { id } = await services.setups.create(customer);
  await work(services, system);
  const { gatewayId } = await services.setups.get(customer, id);
  await deliver(services, account, await services.bank.saveCard(account, gatewayId!, card));
  await work(services, system);
  const { paymentMethodId } = await services.setups.get(customer, id);
  const { methods } = await services.methods.list(customer, customer.scope.billingAccountId);
  return methods.find((method) => method.id === paymentMethodId)!;
}
