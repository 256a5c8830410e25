import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { cookiesOf, type Visitor } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';

const AT_ONCE = 70;

let api: TestApp;
// As costly as it takes for attempts to wait for each other.
beforeAll(async () => (api = await startTestApp({ config: { bcryptCost: 9 } })));
beforeEach(() => api.reset());
afterAll(() => api.close());

type Attempt = (visitor: Visitor, email: string, password: string) => PromiseLike<{ status: number }>;

const staffOfAny: Attempt = (visitor, email, password) => visitor.post(LOGIN_PATHS.staff, { email, password });
const customerOfAny: Attempt = (visitor, email, password) => visitor.post(LOGIN_PATHS.portal, { email, password });
const customerAt =
  (slug: string): Attempt =>
  (visitor, email, password) =>
    visitor.with({ base: `/o/${slug}` }).post(LOGIN_PATHS.portal, { email, password });

it.each<[where: string, storm: Attempt, right: Attempt, email: string]>([
  ['where no organization is named', staffOfAny, staffOfAny, 'owner@boreal.example'],
  ['of customers where no organization is named', customerOfAny, customerOfAny, 'davi@boreal-cliente.example'],
  ['at the same organization', customerAt('boreal'), customerAt('boreal'), 'davi@boreal-cliente.example'],
  ['at another organization', customerAt('aurora'), customerAt('boreal'), 'davi@boreal-cliente.example'],
])('S3.27 a storm of one network %s lets others sign in at once', async (_where, storm, right, email) => {
  const attacker = api.visitor();
  let over = 0;
  const raging = Array.from({ length: AT_ONCE }, async (_, count) => {
    const { status } = await storm(attacker, `nobody${count}@nowhere.example`, 'wrong password');
    over += 1;
    return status;
  });
  await new Promise((done) => setTimeout(done, 150));
  const before = over;
  expect((await right(api.visitor(), email, PASSWORD)).status).toBe(200);
  // Nobody's turn but of what was being compared, however many wait; the others are refused once ten have failed.
  expect(over - before).toBeLessThan(10);
  const statuses = await Promise.all(raging);
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(13);
  for (const status of statuses) expect([401, 429, 503]).toContain(status);
});

it('S3.27 a storm of one network at several organizations takes no more than one turn of each round', async () => {
  const attacker = api.visitor();
  const raging = Array.from({ length: AT_ONCE }, (_, count) =>
    (count % 2 ? customerAt('aurora') : customerOfAny)(attacker, `nobody${count}@nowhere.example`, 'wrong password'),
  );
  await new Promise((done) => setTimeout(done, 150));
  const people = ['ana@padaria.example', 'bruno@padaria.example', 'carla@oficina.example'];
  const answers = await Promise.all(people.map((email) => customerAt('aurora')(api.visitor(), email, PASSWORD)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  await Promise.all(raging);
});

it('S3.27 a storm of right sign-ins of one person, from known devices and many networks, lets others in at once', async () => {
  const [cookie, email] = ['balcao_portal_device', 'bruno@padaria.example'];
  const devices: string[] = [];
  while (devices.length < 3) {
    const answer = await api.visitor('/o/aurora').post(LOGIN_PATHS.portal, { email, password: PASSWORD }).expect(200);
    devices.push(cookiesOf(answer)[cookie]!.value);
  }
  let entered = 0;
  const raging = Array.from({ length: AT_ONCE }, async (_, count) => {
    const device = api.visitor().with({ credentials: { cookies: { [cookie]: devices[count % 3]! } } });
    const { status } = await customerAt('aurora')(device, email, PASSWORD);
    if (status === 200) entered += 1;
    return status;
  });
  await new Promise((done) => setTimeout(done, 150));
  for (const [slug, other] of [
    ['boreal', 'davi@boreal-cliente.example'],
    ['aurora', 'carla@oficina.example'],
  ] as const) {
    const before = entered;
    expect((await customerAt(slug)(api.visitor(), other, PASSWORD)).status).toBe(200);
    expect(entered - before).toBeLessThan(10);
  }
  // More than the limit are only those that were being compared with its last one.
  const statuses = await Promise.all(raging);
  expect(entered).toBeGreaterThanOrEqual(30);
  expect(entered).toBeLessThanOrEqual(32);
  for (const status of statuses) expect([200, 429, 503]).toContain(status);
});
