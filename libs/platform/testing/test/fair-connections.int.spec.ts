import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import { sql, systemClock, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { insertOrganization, testDatabase, type TestDatabase } from '../src/index.js';

/** Connections of the pool: of one person's transactions three, of all of theirs five, of one organization seven; two are kept. */
const POOL = 10;
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase({ entities: [], poolSize: POOL });
});
afterAll(() => test.close());

/** An organization with one customer's row, which somebody else holds. */
async function organization() {
  const context = systemContext(await insertOrganization(test.owner), { clock: systemClock });
  const id = newId();
  const values = [context.organizationId, id, 'Padaria'];
  await test.owner.query('insert into billing_accounts (organization_id, id, name) values ($1, $2, $3)', values);
  const somebody = (): OrganizationContext => ({ ...context, actor: { type: 'staff', id: randomUUID() } });
  const change = (who: OrganizationContext) =>
    test.database.transaction(who, (db) =>
      db.execute(sql`update billing_accounts set name = 'Nova' where id = ${id}::uuid`),
    );
  return { id, somebody, change };
}

const read = (who: OrganizationContext) => test.database.read(who, (db) => db.first(sql`select 1 as one`));
const door = () => test.database.door('door_signing_keys', []);

it('however many wait for rows, nobody else does', async () => {
  const [first, second] = [await organization(), await organization()];
  await test.owner.query('begin');
  await test.owner.query('select from billing_accounts where id = any($1) for update', [[first.id, second.id]]);
  const [one, other] = [first.somebody(), second.somebody()];
  const waiting = Array.from({ length: 40 }, (_, n) => (n % 2 ? first.change(one) : second.change(other)));
  // What the two only read is no less at hand.
  const reads = [first.somebody(), second.somebody(), one, other].map(read);
  const answers = await Promise.allSettled([...reads, door(), door()]);
  await test.owner.query('commit');
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'fulfilled'));
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 40 }, () => 1));
});

it('however many persons of however many tenants wait for rows, what comes before a tenant is known does not', async () => {
  const tenants = [await organization(), await organization(), await organization()];
  await test.owner.query('begin');
  await test.owner.query('select from billing_accounts where id = any($1) for update', [tenants.map(({ id }) => id)]);
  const waiting = tenants.flatMap(({ change, somebody }) => Array.from({ length: 10 }, () => change(somebody())));
  const answers = await Promise.allSettled([door(), door(), door()]);
  await test.owner.query('commit');
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  await Promise.all(waiting);
});

it('however many persons of one tenant wait for rows, nobody of another does', async () => {
  const [crowd, other] = [await organization(), await organization()];
  await test.owner.query('begin');
  await test.owner.query('select from billing_accounts where id = $1 for update', [crowd.id]);
  const waiting = Array.from({ length: 20 }, () => crowd.change(crowd.somebody()));
  const [answer] = await Promise.allSettled([read(other.somebody())]);
  await test.owner.query('commit');
  expect(answer.status).toBe('fulfilled');
  await Promise.all(waiting);
});
