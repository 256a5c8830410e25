import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { raw, sql, type Db, type Sql } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import { listPortalInvoices, listStaffInvoices, type PortalInvoiceFilter } from '../src/persistence/invoice-list.js';
import {
  asCustomer,
  asStaff,
  billingServices,
  createBillingScene,
  openInvoice,
  type BillingScene,
} from './factories.js';

let test: TestDatabase;
let scene: BillingScene;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  scene = await createBillingScene(test);
  await openInvoice(billingServices(test), asStaff(scene, '2026-09-10'), scene.padaria, 100n);
});
afterAll(() => test.close());

interface PlanNode {
  'Node Type': string;
  'Parent Relationship'?: string;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

/** How a plan's own statements, which are those that count, read the invoices. */
function scansOfCount(node: PlanNode, counts = false): string[] {
  const within = counts || node['Parent Relationship'] === 'InitPlan';
  const own = within && node['Relation Name'] === 'invoices' ? [node['Node Type']] : [];
  return [...own, ...(node.Plans ?? []).flatMap((each) => scansOfCount(each, within))];
}

/** The statement that a customer's list asks. */
async function listed(db: Db, filter: Partial<PortalInvoiceFilter>): Promise<Sql> {
  const asked: Sql[] = [];
  for (const name of ['query', 'queryPlanned'] as const) {
    const ask = db[name].bind(db) as (statement: Sql) => Promise<object[]>;
    jest.spyOn(db, name).mockImplementation(((statement: Sql) => {
      asked.push(statement);
      return ask(statement);
    }) as never);
  }
  await listPortalInvoices(db, { sort: '-dueOn', limit: 10, offset: 0, ...filter }, '2026-09-12');
  jest.restoreAllMocks();
  return asked[0]!;
}

it.each<[string, Partial<PortalInvoiceFilter>]>([
  ['all of them', {}],
  ['those that are owed', { status: ['open', 'partially_paid'] }],
  ['those that are late', { status: ['overdue'] }],
  ['those that are paid', { status: ['paid'] }],
  ['those of some days', { dueFrom: '2026-01-01', dueTo: '2026-12-31' }],
])('a customer’s invoices are counted by an index alone: %s', async (_which, filter) => {
  const scans = await test.database.transaction(asCustomer(scene), async (db) => {
    // A table of one row is read as it is, else.
    for (const way of ['seqscan', 'bitmapscan']) await db.execute(sql`set local enable_${raw(way)} = off`);
    const statement = await listed(db, filter);
    const [row] = await db.queryPlanned<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      sql`explain (format json) ${statement}`,
    );
    return scansOfCount(row!['QUERY PLAN'][0].Plan);
  });
  expect(scans.length).toBeGreaterThan(0);
  expect(new Set(scans)).toEqual(new Set(['Index Only Scan']));
});

it.each(['Pedido nº 12 – loja', 'pedido no 12', 'Nº 12'])(
  'an invoice is found by its title as people write it: %s',
  async (q) => {
    const staff = asStaff(scene, '2026-09-10');
    const title = 'Pedido nº 12 – loja 2';
    const { id } = await openInvoice(billingServices(test), staff, scene.padaria, 100n, { title });
    const filter = { sort: '-createdAt', limit: 1, offset: 0, q } as const;
    const staffs = await test.database.read(staff, (db) => listStaffInvoices(db, filter, '2026-09-12'));
    const theirs = await test.database.read(asCustomer(scene), (db) =>
      listPortalInvoices(db, { ...filter, sort: '-dueOn' }, '2026-09-12'),
    );
    expect(staffs.rows.map((row) => row.id)).toEqual([id]);
    expect(theirs.rows.map((row) => row.title)).toEqual([title]);
  },
);
