import { CollectInvoicesSubscriber, CollectionRunner, FollowInvoicesSubscriber } from '@balcao/module-payments/worker';
import {
  CollectionService,
  GatewayAccountService,
  GatewayEventService,
  MethodRunner,
  PaymentRunner,
} from '@balcao/module-payments';
import { BillingSettingsService } from '@balcao/module-billing';
import { Audit } from '@balcao/platform-audit';
import { Events } from '@balcao/platform-events';
import { Mailer } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { hearEvents } from '@balcao/platform-outbox/testing';
import { Database, clockOf, sql, systemContext, type Db } from '@balcao/platform-tenancy';
import { CollectionMailer } from '../../../../libs/modules/payments/src/collection/collection-mailer.js';
import { CollectionRepository } from '../../../../libs/modules/payments/src/collection/collection.repository.js';
import { PaymentMethodRepository } from '../../../../libs/modules/payments/src/methods/payment-method.repository.js';
import { PaymentRepository } from '../../../../libs/modules/payments/src/persistence/payment.repository.js';
import { idOf } from './ids.js';
import type { TestApp } from './test-app.js';

/** A pretended payment service that takes every way, in reais. @returns its id */
export async function connectSandbox({ app }: TestApp, organization = 'aurora'): Promise<string> {
  const context = systemContext(idOf(`organization:${organization}`), { clock: clockOf({ now: null }) });
  const { id } = await app
    .get(GatewayAccountService, { strict: false })
    .create(
      context,
      { kind: 'sandbox', name: 'Teste', methods: ['pix', 'boleto', 'card'], currency: 'BRL', credentials: {} },
      true,
    );
  return id;
}

const WORKED = [
  'payments.send',
  'payments.event',
  'payments.withdraw',
  'payments.send-setup',
  'payments.forget',
  'payments.reconsider',
  'payments.try',
  'payments.conclude',
] as const;

/** Does what the worker would with payments, until nothing is left to do. */
export async function workPayments({ app, owner }: TestApp): Promise<void> {
  const get = <Thing>(type: abstract new (...needs: never[]) => Thing): Thing =>
    app.get<Thing>(type, { strict: false });
  const [database, runner, gatewayEvents] = [get(Database), get(PaymentRunner), get(GatewayEventService)];
  const [methods, collections] = [get(MethodRunner), get(CollectionService)];
  const follower = new FollowInvoicesSubscriber(database, get(PaymentRepository), runner);
  const collector = new CollectInvoicesSubscriber(database, collections);
  // The worker's own, which the API has not.
  const collecting = new CollectionRunner(
    database,
    get(CollectionRepository),
    get(PaymentMethodRepository),
    get(PaymentRepository),
    get(BillingSettingsService),
    new CollectionMailer(get(Mailer)),
    get(Audit),
    get(Events),
    get(Outbox),
  );
  for (let round = 0; round < 20; round++) {
    await hearEvents(owner, follower, collector);
    const { rows } = await owner.query<{
      id: string;
      organizationId: string;
      job: string;
      payload: Record<string, string>;
    }>(
      `update outbox set status = 'dispatched' where job = any($1::text[]) and status = 'pending' and due_at <= now()
        returning id, organization_id as "organizationId", job, payload`,
      [WORKED],
    );
    if (rows.length === 0) return;
    for (const { id, organizationId, job, payload } of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const context = systemContext(organizationId, { clock: clockOf({ now: null }) });
      const finish = async (db: Db): Promise<void> => {
        await db.execute(sql`update outbox set status = 'done', done_at = now() where id = ${id}::uuid`);
      };
      const deeds: Record<(typeof WORKED)[number], () => Promise<unknown>> = {
        'payments.send': () => runner.send(context, payload['paymentId']!, finish),
        'payments.event': () => gatewayEvents.work(context, payload['gatewayEventId']!, finish),
        'payments.withdraw': async () => {
          await runner.endWithdrawn(context, payload['paymentId']!);
          await database.transaction(context, finish);
        },
        'payments.send-setup': () => methods.send(context, payload['methodSetupId']!, finish),
        'payments.forget': () => methods.forget(context, payload['paymentMethodId']!, finish),
        'payments.reconsider': () => collections.reconsider(context, payload['billingAccountId']!, finish),
        'payments.try': () => collecting.tryDue(context, payload['collectionId']!, finish),
        'payments.conclude': () => collecting.conclude(context, payload['paymentId']!, finish),
      };
      await deeds[job as (typeof WORKED)[number]]();
    }
  }
  throw new Error('There is always more to do');
}
