import { FollowInvoicesSubscriber } from '@balcao/module-payments/worker';
import { GatewayAccountService, GatewayEventService, PaymentRunner } from '@balcao/module-payments';
import { hearEvents } from '@balcao/platform-outbox/testing';
import { Database, clockOf, sql, systemContext, type Db } from '@balcao/platform-tenancy';
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

/** Does what the worker would with payments, until nothing is left to do. */
export async function workPayments({ app, owner }: TestApp): Promise<void> {
  const get = <Thing>(type: abstract new (...needs: never[]) => Thing): Thing =>
    app.get<Thing>(type, { strict: false });
  const [database, runner, gatewayEvents] = [get(Database), get(PaymentRunner), get(GatewayEventService)];
  const follower = new FollowInvoicesSubscriber(database, get(PaymentRepository), runner);
  for (let round = 0; round < 20; round++) {
    await hearEvents(owner, follower);
    const { rows } = await owner.query<{
      id: string;
      organizationId: string;
      job: string;
      payload: { paymentId?: string; gatewayEventId?: string };
    }>(`update outbox set status = 'dispatched' where job in ('payments.send', 'payments.event', 'payments.withdraw') and status = 'pending'
        returning id, organization_id as "organizationId", job, payload`);
    if (rows.length === 0) return;
    for (const { id, organizationId, job, payload } of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const context = systemContext(organizationId, { clock: clockOf({ now: null }) });
      const finish = async (db: Db): Promise<void> => {
        await db.execute(sql`update outbox set status = 'done', done_at = now() where id = ${id}::uuid`);
      };
      if (job === 'payments.send') await runner.send(context, payload.paymentId!, finish);
      else if (job === 'payments.event') await gatewayEvents.work(context, payload.gatewayEventId!, finish);
      else {
        await runner.endWithdrawn(context, payload.paymentId!);
        await database.transaction(context, finish);
      }
    }
  }
  throw new Error('There is always more to do');
}
