import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@balcao/platform-tenancy';
import { createLogger } from '@balcao/platform-logging';
import { createApp } from '../../src/create-app.js';
import { demoServices } from '../../src/demo/demo-services.js';
import { DEMO_ORGANIZATIONS } from '../../src/demo/demo-data.js';
import { seedDemo } from '../../src/demo/seed-demo.js';
import { idOf } from '../support/ids.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  // Some of the tests' people have e-mails of the demo's.
  await api.rows(`update staff_users set email = 'own-' || email`);
  await api.rows(`update operators set email = 'own-' || email`);
});
afterAll(() => api.close());

const PUBLIC = { publicUrl: 'https://portal.example.com', balcaoDemo: false };
const start = async (config: object) => {
  // The database outlives the attempt.
  const database = api.app.get(Database, { strict: false });
  const lent = Object.assign(Object.create(database) as Database, { close: async () => {} });
  const { app } = await createApp({
    config: Object.assign(Object.create(api.config) as typeof api.config, config),
    logger: createLogger('test', 'silent'),
    database: lent,
  });
  await app.close();
  return 'started';
};

it('the demo tells of what happened in the order in which it does', async () => {
  await api.rows(`truncate organizations cascade`);
  await seedDemo(demoServices(api.app));
  expect(await api.rows('select 1 from signups')).not.toEqual([]);
  const signups = await api.rows(
    'select number from signups where not (created_at < looked_up_at and looked_up_at < submitted_at)',
  );
  expect(signups).toEqual([]);
});

describe('where the demo is in the database', () => {
  const operator = () =>
    api.rows(
      `insert into operators (id, email, name, password_hash) values (gen_random_uuid(), 'operator@balcao.example', 'Otávio', 'x')`,
    );
  const colleague = () =>
    api.rows(
      'update staff_users set email = $2 where id = $1',
      idOf('staff:aurora:agent'),
      DEMO_ORGANIZATIONS[0]!.staff[0]!.email,
    );

  it.each([
    ['its operator', operator],
    ['one of its staff', colleague],
  ])('by %s, nothing opens to other machines', async (_whom, plantThem) => {
    expect(await start(PUBLIC)).toBe('started');
    await plantThem();
    await expect(start(PUBLIC)).rejects.toThrow(/PUBLIC_URL would let others in, and the demo is in this database/);
    await expect(start({ host: '0.0.0.0' })).rejects.toThrow(/HOST would let others in/);
    expect(await start({ ...PUBLIC, balcaoDemoPublic: true })).toBe('started');
    expect(await start({ host: '::1' })).toBe('started');
    await api.rows(`update operators set status = 'suspended'`);
    await api.rows(`update staff_users set status = 'suspended'`);
    expect(await start(PUBLIC)).toBe('started');
  });
});
