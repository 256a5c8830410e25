import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppRole, AURORA, BINDINGS, BOREAL, copying, specimensOf, tenantTables } from '../support/app-role.js';
import { fillEveryTable } from '../support/fill-every-table.js';
import { appPolicies, halvesOf, opening, type Half, type Policy } from '../support/policies.js';
import { startTestApp } from '../support/test-app.js';

// Each condition of each policy by itself, as the catalogue lists them: opening it must let a direct statement of the
// app's role reach more than before. What a statement cannot reach either way, no condition guards.
const api = await startTestApp();
afterAll(() => api.close());
beforeAll(() => fillEveryTable(api));
const policies = await appPolicies(api);
const tables = await tenantTables(api);
const role = new AppRole(api.owner);

/** What an update writes; it names no column that it reads, so that policies on reading stay out of it. */
const UPDATES: Record<string, string[]> = {
  '*': [`organization_id = '${AURORA}'`, `organization_id = '${BOREAL}'`],
  // The one change that its grant allows.
  organization_clocks: ["now = '2031-01-01'"],
  // Changes that their grants allow.
  method_setups: ['asks = 0'],
  payment_methods: ['is_default = false'],
  organizations: ["name = 'Aurora'"],
  // The one change that its policy allows.
  outbox: ["status = 'done'"],
};

/** How much every attack on a table reaches, by who it is and what it does. */
async function reached(table: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  const tenantTable = tables.find(({ name }) => name === table);
  const specimens = tenantTable ? await specimensOf(api, tenantTable) : [];
  for (const [who, settings] of Object.entries(BINDINGS)) {
    found[`${who}: select`] = await role.reach(settings, `select count(*) from ${table}`);
    found[`${who}: delete`] = await role.reach(settings, `delete from ${table}`);
    for (const change of [...(tenantTable ? UPDATES['*']! : []), ...(UPDATES[table] ?? [])]) {
      found[`${who}: update ${change}`] = await role.reach(settings, `update ${table} set ${change}`);
    }
    for (const specimen of specimens) {
      found[`${who}: insert ${specimen}`] = await role.reach(settings, copying(tenantTable!), [specimen]);
    }
  }
  return found;
}

const measure = (table: string, arrange: string) =>
  role.whileArranged(
    () => api.owner.query(arrange),
    () => reached(table),
  );
/** What attacks reach while every policy stands, by table and arrangement. */
const closed = new Map<string, Promise<Record<string, number>>>();

/** The attacks that reach more with one half of a policy open. */
async function breaches(policy: Policy, half: Half, arrange: string): Promise<string[]> {
  const { table } = policy;
  const key = `${table}: ${arrange}`;
  if (!closed.has(key)) closed.set(key, measure(table, arrange));
  const before = await closed.get(key)!;
  const after = await measure(table, `${arrange}; ${opening(policy, [half])}`);
  return Object.keys(before).filter((attack) => after[attack]! > before[attack]!);
}

describe('opening', () => {
  it.each(policies.flatMap((policy) => halvesOf(policy).map((half) => [policy.name, half, policy] as const)))(
    'B.1 the policy %s (%s) lets an attack through',
    async (_name, half, policy) => {
      // Where the other half refuses a statement for the sake of one row, only those of the own organization are left.
      const ownOnly =
        policy.table === 'organizations'
          ? 'select'
          : `delete from ${policy.table} where organization_id is distinct from '${AURORA}'`;
      const found = await breaches(policy, half, 'select');
      expect(found.length > 0 ? found : await breaches(policy, half, ownOnly)).not.toEqual([]);
    },
  );
});
