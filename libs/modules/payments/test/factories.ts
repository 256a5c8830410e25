import { Audit } from '@balcao/platform-audit';
import { Events } from '@balcao/platform-events';
import {
  Gateways,
  SandboxBank,
  SandboxDelivery,
  type GatewayAccount,
  type SandboxEvent,
} from '@balcao/platform-gateways';
import { PostgresLiveBus } from '@balcao/platform-live';
import { Outbox } from '@balcao/platform-outbox';
import { hearEvents } from '@balcao/platform-outbox/testing';
import type { EventSubscriber } from '@balcao/platform-outbox/worker';
import type { RateLimiter } from '@balcao/platform-state';
import { sql, systemContext, type Database, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { TestDatabase } from '@balcao/platform-testing';
import { LedgerRepository } from '../../billing/src/persistence/ledger.repository.js';
import { InvoiceRepository } from '../../billing/src/persistence/invoice.repository.js';
import { billingServices, type BillingScene } from '../../billing/test/factories.js';
import { DocumentCodes } from '../src/document-codes.service.js';
import { GatewayAccountService } from '../src/gateway-account.service.js';
import { GatewayDesk } from '../src/gateway-desk.js';
import { GatewayEventService } from '../src/gateway-event.service.js';
import { DocumentCodesSubscriber } from '../src/jobs/document-codes.subscriber.js';
import { FollowInvoicesSubscriber } from '../src/jobs/follow-invoices.subscriber.js';
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
  const books = new PaymentBooks(
    database,
    payments,
    refundRows,
    new InvoiceRepository(),
    billing.ledger,
    billing.credits,
    billing.settings,
    audit,
    events,
  );
  const strays = new StrayBooks(database, billing.ledger, billing.settings, audit, events);
  const runner = new PaymentRunner(database, payments, books, desk, events, outbox);
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
    gatewayEvents: new GatewayEventService(database, payments, books, strays, desk, audit, events, outbox),
    staff: new StaffPaymentService(database, payments, runner, billing.credits, audit, events),
    coder: new DocumentCodesSubscriber(database, codes),
    follower: new FollowInvoicesSubscriber(database, payments, runner),
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
  subscribers: EventSubscriber[] = [services.follower],
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

async function perform(
  { runner, gatewayEvents, refunds, test }: PaymentServices,
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
