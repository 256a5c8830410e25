import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { GatewayAccount, Snapshot } from '@balcao/platform-gateways';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import {
  asCustomer,
  asStaff,
  balanceOf,
  createBillingScene,
  noonOf,
  openInvoice,
  type BillingScene,
} from '../../billing/test/factories.js';
import { ListPaymentsHandler } from '../src/jobs/list-payments.handler.js';
import { asSystem, connectSandbox, paymentServices, work, type PaymentServices } from './factories.js';

const TODAY = '2026-12-01';
let test: TestDatabase;
let services: PaymentServices;
let scene: BillingScene;
let account: GatewayAccount;
let system: OrganizationContext;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = paymentServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  system = asSystem(scene, noonOf(TODAY));
  account = await connectSandbox(services, system);
});

const stray = (more: Partial<Snapshot> = {}): Snapshot => ({
  gatewayId: 'pi_somebody',
  paymentId: null,
  method: 'pix',
  status: 'succeeded',
  currency: 'BRL',
  amount: 7_000n,
  received: 7_000n,
  receivedAt: noonOf(TODAY),
  refunded: 0n,
  failure: null,
  presentation: null,
  expiresAt: null,
  refunds: [],
  disputes: [],
  saved: null,
  ...more,
});
const hear = (more?: Partial<Snapshot>) => services.gatewayEvents.writeDown(system, account.id, stray(more));
const lost = (amount: bigint) => [
  { gatewayId: 'dp_1', amount, reason: null, status: 'lost' as const, respondBy: null },
];
const strays = async () => (await services.staff.strays(asStaff(scene, TODAY), { limit: 10, offset: 0 })).rows;
const assign = async (billingAccountId = scene.padaria) =>
  services.staff.assign(asStaff(scene, TODAY), (await strays())[0]!.id, { billingAccountId });
const balance = () => balanceOf(test, scene);
/** What of the customer's entries nothing has used yet. */
const left = async () => {
  const { rows } = await test.owner.query<{ is: string }>(
    `select concat_ws(' ', kind, amount - allocated) as is from ledger_entries
     where organization_id = $1 and allocated < amount order by posted_at, id`,
    [scene.organizationId],
  );
  return rows.map(({ is }) => is);
};

describe('money that nobody asked for', () => {
  it('is not there for who hears of it once it went back', async () => {
    await hear({ refunded: 7_000n });
    await hear({ disputes: lost(7_000n) });
    expect(await strays()).toEqual([]);
  });

  it('is given to a customer without what went back before', async () => {
    await hear();
    for (let time = 0; time < 2; time += 1) await hear({ refunded: 2_000n });
    await hear();
    expect(await strays()).toMatchObject([{ state: 'open', amount: 5_000n }]);
    await assign();
    expect(await balance()).toBe(-5_000n);
  });

  it('that went back whole is given to nobody', async () => {
    await hear();
    await hear({ refunded: 7_000n });
    expect(await strays()).toMatchObject([{ state: 'dismissed', amount: 7_000n }]);
    await expect(assign()).rejects.toMatchObject({ code: 'stray_payment_decided' });
    expect(await balance()).toBe(0n);
  });

  it('that a customer has is theirs no more once it went back, and what it paid is owed again', async () => {
    await hear();
    const { id } = await openInvoice(services, asStaff(scene, TODAY), scene.padaria, 6_000n, { dueOn: '2026-12-10' });
    await assign();
    expect(await services.invoices.get(asStaff(scene, TODAY), id)).toMatchObject({ state: 'paid' });
    for (let time = 0; time < 2; time += 1) await hear({ disputes: lost(7_000n) });
    expect(await services.invoices.get(asStaff(scene, TODAY), id)).toMatchObject({ state: 'open', owed: 6_000n });
    expect(await balance()).toBe(6_000n);
  });

  it('goes back a part at a time, and what went back stays gone: what the rest has paid is owed again', async () => {
    const staff = asStaff(scene, TODAY);
    const opened = (amount: bigint) =>
      openInvoice(services, staff, scene.padaria, amount, { dueOn: '2026-12-10' }).then(({ id }) => id);
    const [paid, waived] = [await opened(4_000n), await opened(500n)];
    await services.credits.writeOff(staff, waived, { reason: 'Engano' });
    await hear({ received: 10_000n });
    await assign();
    expect(await left()).toEqual(['deposit 6000']);

    await hear({ received: 10_000n, refunded: 6_000n });
    expect(await services.invoices.get(staff, paid)).toMatchObject({ state: 'paid' });
    const [{ id: writeOffId } = { id: '' }] = (await services.invoices.get(staff, waived)).settlements;
    await services.credits.takeBackWriteOff(staff, waived, { writeOffId, reason: 'O cliente vai pagar' });
    expect(await left()).toEqual(['invoice 500']);

    // All of it, and then more than ever came.
    for (const refunded of [10_000n, 10_000n, 12_000n]) {
      await hear({ received: 10_000n, refunded });
      expect(await services.invoices.get(staff, paid)).toMatchObject({ state: 'open', owed: 4_000n });
      expect(await services.invoices.get(staff, waived)).toMatchObject({ state: 'open', owed: 500n });
      expect(await left()).toEqual(['invoice 4000', 'invoice 500']);
      expect(await balance()).toBe(4_500n);
    }
  });

  it('comes once more by the same slip as long as nobody has decided', async () => {
    await hear();
    await hear({ received: 9_000n });
    expect(await strays()).toMatchObject([{ amount: 9_000n }]);
  });

  it('is given once, though two give it at once', async () => {
    await hear();
    const given = await Promise.allSettled([assign(), assign(scene.oficina), assign()]);
    expect(given.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { rows } = await test.owner.query('select from deposits where organization_id = $1', [scene.organizationId]);
    expect(rows).toHaveLength(1);
  });

  it('pays no invoice of another customer', async () => {
    await hear();
    const theirs = await openInvoice(services, asStaff(scene, TODAY), scene.oficina, 6_000n, { dueOn: '2026-12-10' });
    const [row] = await strays();
    const deed = { billingAccountId: scene.padaria, invoiceIds: [theirs.id] };
    await expect(services.staff.assign(asStaff(scene, TODAY), row!.id, deed)).rejects.toMatchObject({
      code: 'validation_failed',
    });
    expect(await strays()).toMatchObject([{ state: 'open' }]);
  });
});

describe('an account that is connected twice', () => {
  it('has money that nobody asked for once', async () => {
    const second = await connectSandbox(services, system);
    await Promise.all([account, second].map(({ id }) => services.gatewayEvents.writeDown(system, id, stray())));
    await services.gatewayEvents.writeDown(system, second.id, stray({ refunded: 2_000n }));
    expect(await strays()).toMatchObject([{ amount: 5_000n }]);
  });

  it('has what was asked for by the one heard of by the other', async () => {
    const { id } = await openInvoice(services, asStaff(scene, TODAY), scene.padaria, 6_000n, { dueOn: '2026-12-10' });
    const asked = { invoiceIds: [id], method: 'pix' } as const;
    const { id: paymentId } = await services.payments.create(asCustomer(scene, TODAY), 'portal', asked);
    await work(services, system);
    const { gatewayId } = await services.payments.get(asCustomer(scene, TODAY), paymentId);
    const second = await connectSandbox(services, system);
    for (const each of [second, account]) {
      const paid = stray({ gatewayId: gatewayId!, paymentId, amount: 6_000n, received: 6_000n });
      expect(await services.gatewayEvents.writeDown(system, each.id, paid)).toBe(paymentId);
    }
    expect(await strays()).toEqual([]);
    expect(await balance()).toBe(0n);
  });
});

describe('what has moved at a gateway', () => {
  it('is written down though one payment among it is not what was asked for', async () => {
    const list = () => new ListPaymentsHandler(test.database, services.desk, services.gatewayEvents).handle();
    const { id } = await openInvoice(services, asStaff(scene, TODAY), scene.padaria, 6_000n, { dueOn: '2026-12-10' });
    await services.payments.create(asCustomer(scene, TODAY), 'portal', { invoiceIds: [id], method: 'pix' });
    await work(services, system);
    await test.owner.query("update sandbox_payments set currency = 'USD' where organization_id = $1", [
      scene.organizationId,
    ]);
    await services.bank.stray(account, { method: 'pix', currency: 'BRL', amount: 777n });
    await test.owner.query("update gateway_accounts set listed_until = now() - interval '9 days' where id = $1", [
      account.id,
    ]);
    await expect(list()).rejects.toThrow('Not every gateway could be asked');
    expect(await strays()).toMatchObject([{ amount: 777n }]);
    const { rows } = await test.owner.query<{ recent: boolean }>(
      "select listed_until > now() - interval '1 day' as recent from gateway_accounts where id = $1",
      [account.id],
    );
    expect(rows).toEqual([{ recent: true }]);
  });
});
