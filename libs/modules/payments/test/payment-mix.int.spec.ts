import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { GatewayMethod } from '@balcao/platform-gateways';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BillingReader } from '../../billing/src/billing-reader.service.js';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import { InvoiceRepository } from '../../billing/src/persistence/invoice.repository.js';
import { asCustomer, asStaff, createBillingScene, noonOf, openInvoice } from '../../billing/test/factories.js';
import { PaymentReports } from '../src/payment-report.service.js';
import { asSystem, connectSandbox, deliver, paymentServices, work } from './factories.js';

const TODAY = '2026-12-01';
let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
});
afterAll(() => test.close());

it('adds up what came through payment services and what staff wrote down, in one currency and in time', async () => {
  const services = paymentServices(test);
  const scene = await createBillingScene(test);
  const system = asSystem(scene, noonOf(TODAY));
  const staff = asStaff(scene, TODAY);
  const account = await connectSandbox(services, system);
  account.clock = system.clock;
  const pay = async (method: GatewayMethod, amount: bigint) => {
    const invoice = await openInvoice(services, staff, scene.padaria, amount, { dueOn: '2026-12-10' });
    const asked = await services.payments.create(asCustomer(scene, TODAY), 'portal', {
      invoiceIds: [invoice.id],
      method,
    });
    await work(services, system);
    const { gatewayId } = await services.payments.get(asCustomer(scene, TODAY), asked.id);
    await deliver(services, account, await services.bank.pay(account, gatewayId!, { at: noonOf(TODAY) }));
    await work(services, system);
    return asked.id;
  };
  const deposit = (amount: bigint, method: 'pix' | 'cash', receivedOn: string, currency = 'BRL') =>
    services.credits.deposit(staff, { billingAccountId: scene.padaria, amount, method, receivedOn, currency });
  await pay('pix', 10_000n);
  const given = await pay('pix', 7_000n);
  await services.refunds.create(staff, given, { amount: 7_000n, reason: 'Em dobro', becomes: 'credited' });
  await work(services, system);
  await pay('card', 5_000n);
  await deposit(2_000n, 'cash', '2026-11-03');
  await deposit(1_000n, 'pix', '2026-01-01');
  await deposit(400n, 'pix', '2025-12-31');
  await deposit(9_000n, 'pix', '2026-11-03', 'USD');

  // The books and what an invoice was settled by say the same.
  const reader = new BillingReader(test.database, new InvoiceRepository());
  const { rows } = await reader.transactions(asCustomer(scene, TODAY), {
    billingAccountId: scene.padaria,
    ...{ kind: ['payment'], limit: 20, offset: 0 },
  });
  expect(rows.map(({ method, amount }) => [method, amount])).toEqual([
    ['card', 5_000n],
    ['pix', 7_000n],
    ['pix', 10_000n],
  ]);
  const [paid] = rows.at(-1)!.paid;
  expect((await reader.get(asCustomer(scene, TODAY), paid!.invoiceId)).settlements).toMatchObject([
    { kind: 'payment', method: 'pix', amount: 10_000n },
  ]);

  const mix = (months: number, currency?: string) => new PaymentReports(test.database).mix(staff, { months, currency });
  expect(await mix(12)).toEqual({
    currency: 'BRL',
    ways: [
      { way: 'pix', amount: 18_000n, payments: 3 },
      { way: 'card', amount: 5_000n, payments: 1 },
      { way: 'cash', amount: 2_000n, payments: 1 },
    ],
  });
  expect((await mix(1)).ways.map(({ way, amount }) => [way, amount])).toEqual([
    ['pix', 17_000n],
    ['card', 5_000n],
  ]);
  expect((await mix(12, 'USD')).ways).toEqual([{ way: 'pix', amount: 9_000n, payments: 1 }]);
  expect((await mix(12, 'EUR')).ways).toEqual([]);
  const other = await createBillingScene(test, 'Boreal');
  expect((await new PaymentReports(test.database).mix(asStaff(other, TODAY), { months: 24 })).ways).toEqual([]);
});
