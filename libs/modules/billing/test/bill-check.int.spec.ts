import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { pixCode } from '@balcao/brazil';
import type { Day } from '@balcao/money';
import type { Threads } from '@balcao/platform-threads';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BillCheckService } from '../src/bill-check/bill-check.service.js';
import { pixReference } from '../src/domain/pix-reference.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import type { VisitorLimits } from '../src/visitor-limits.js';
import {
  asStaff,
  billingServices,
  createBillingScene,
  openInvoice,
  type BillingScene,
  type BillingServices,
} from './factories.js';

let test: TestDatabase;
let scene: BillingScene;
let services: BillingServices;
let check: BillCheckService;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = billingServices(test);
  const limits = { spend: () => Promise.resolve() } as unknown as VisitorLimits;
  check = new BillCheckService(test.database, services.settings, limits, {} as Threads);
});
beforeEach(async () => {
  scene = await createBillingScene(test);
  const terms = { pixKey: 'pix@aurora.example', finePercent: '2', interestPercent: '1', allowsPartial: true };
  await services.settings.update(asStaff(scene, '2026-12-01'), { ...terms, version: 1 });
});
afterAll(() => test.close());

/** An invoice of 100.00 that is due on 10 December, and how a code of the organization's own key is judged that asks for an amount. */
async function billed() {
  const invoice = await openInvoice(services, asStaff(scene, '2026-12-01'), scene.padaria, 10_000n, {
    dueOn: '2026-12-10',
  });
  const txid = pixReference(invoice.number!, invoice.checkCode!);
  const reasonOf = async (amount: bigint, on: Day) => {
    const text = pixCode({ key: 'pix@aurora.example', name: 'Aurora', city: 'Campinas', amount, txid });
    return (await check.check(asStaff(scene, on) as never, text)).reason;
  };
  return { ...invoice, reasonOf };
}

it('knows the code of a late copy on its day, and another day’s as one that was right', async () => {
  const { reasonOf } = await billed();
  // 2 % once, and 12 days of 1 % a month.
  expect(await reasonOf(10_240n, '2026-12-22')).toBe('as_issued');
  expect(await reasonOf(10_237n, '2026-12-22')).toBe('replaced');
  expect(await reasonOf(10_241n, '2026-12-22')).toBe('other_amount');
});

it('calls no copy changed that asked for lateness before a part was paid, or before the due date was moved', async () => {
  const paid = await billed();
  await services.credits.deposit(asStaff(scene, '2026-12-22'), {
    ...{ billingAccountId: scene.padaria, amount: 5_000n, method: 'cash', receivedOn: '2026-12-22' },
    ...{ reference: null, note: null, application: { invoiceIds: [paid.id] } },
  });
  expect(await paid.reasonOf(10_240n, '2026-12-22')).toBe('replaced');
  expect(await paid.reasonOf(10_241n, '2026-12-22')).toBe('other_amount');
  const moved = await billed();
  expect(await moved.reasonOf(10_240n, '2026-12-05')).toBe('other_amount');
  await services.invoices.changeDueDate(asStaff(scene, '2026-12-22'), moved.id, '2026-12-28', moved.version);
  expect(await moved.reasonOf(10_240n, '2026-12-22')).toBe('replaced');
});
