import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BillingExporter } from '../src/billing-exporter.service.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import {
  asCustomer,
  asStaff,
  billingServices,
  createBillingScene,
  openInvoice,
  type BillingScene,
} from './factories.js';

/** Of a million rows nobody waits for a test. */
class ShortExporter extends BillingExporter {
  protected override readonly most = 3;
}

let test: TestDatabase;
let scene: BillingScene;
let exporter: ShortExporter;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  exporter = new ShortExporter(test.database);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  const services = billingServices(test);
  for (const price of [1n, 2n, 3n, 4n])
    await openInvoice(services, asStaff(scene), scene.padaria, price, { title: `Fatura de ${price}` });
});

async function rowsOf(batches: Promise<AsyncGenerator<unknown[]>>): Promise<number> {
  let rows = 0;
  for await (const batch of await batches) rows += batch.length;
  return rows;
}
const tooLong = { code: 'export_too_long' };

it('a file of invoices that would be too long is refused before its first row, and one that is narrowed is not', async () => {
  const customers = (q?: string) => exporter.invoices(asCustomer(scene), { ...PAGE, sort: '-dueOn', q });
  await expect(customers()).rejects.toMatchObject(tooLong);
  expect(await rowsOf(customers('Fatura de 1'))).toBe(1);
  const staff = (q?: string) => exporter.invoicesForStaff(asStaff(scene), { ...PAGE, sort: '-createdAt', q });
  await expect(staff()).rejects.toMatchObject(tooLong);
  expect(await rowsOf(staff('Fatura de 1'))).toBe(1);
});

it('a file of transactions holds as many rows as it may, and no more', async () => {
  const { padaria: billingAccountId } = scene;
  await expect(exporter.transactions(asStaff(scene), { billingAccountId })).rejects.toMatchObject(tooLong);
  expect(await rowsOf(exporter.transactions(asStaff(scene), { billingAccountId, kind: ['void'] }))).toBe(0);
  await test.owner.query('set session_replication_role = replica');
  try {
    await test.owner.query(
      'delete from ledger_entries where organization_id = $1 and id = (select max(id::text)::uuid from ledger_entries where organization_id = $1)',
      [scene.organizationId],
    );
  } finally {
    await test.owner.query('set session_replication_role = origin');
  }
  expect(await rowsOf(exporter.transactions(asStaff(scene), { billingAccountId }))).toBe(3);
});

const PAGE = { limit: 20, offset: 0 };
