import { idOf } from './ids.js';
import { addAskedSetup, addMoney } from './payment-world.js';
import { addDecision } from './proposal-world.js';
import { addChanges } from './subscription-world.js';
import { insert } from './plant.js';
import type { Row } from './rows.js';
import type { TestApp } from './test-app.js';

/** Leaves rows of both tenants in every table that the world leaves empty: mails, outbox, audit, sessions, counters. */
export async function fillEveryTable(api: TestApp): Promise<void> {
  const ticket = { subject: 'Sem conexão', description: 'Desde cedo' };
  const ana = await api.signIn('portal', 'ana@padaria.example');
  const carla = await api.signIn('portal', 'carla@oficina.example');
  const davi = await api.signIn('portal', 'davi@boreal-cliente.example');
  for (const customer of [ana, carla, davi]) await customer.post('/api/v1/portal/tickets', ticket).expect(201);
  const owner = await api.signIn('staff', 'owner@aurora.example');
  await api.signIn('staff', 'owner@boreal.example');
  await owner.post('/api/v1/admin/tickets', { ...ticket, portalUserId: idOf('user:carla') }).expect(201);
  for (const slug of ['aurora', 'boreal']) {
    const login = { email: 'x@padaria.example', password: 'wrong' };
    await api.visitor(`/o/${slug}`).post('/api/v1/portal/auth/login', login).expect(401);
  }
  await api.mails();
  // Money has books, which a world of single rows has not: without its triggers it is there all the same.
  await api.owner.query("begin; set local session_replication_role = 'replica'");
  for (const [organization, key] of [
    ['aurora', 'padaria'],
    ['aurora', 'oficina'],
    ['boreal', 'mercado'],
  ] as const) {
    const tenant = {
      organization_id: idOf(`organization:${organization}`),
      billing_account_id: idOf(`account:${key}`),
    };
    const rows: [string, Row][] = [];
    const add = (table: string, row: Row) => void rows.push([table, row]);
    addMoney(tenant, key, add);
    addAskedSetup(organization, tenant, key, add);
    addDecision(tenant, key, add);
    addChanges(tenant, key, add);
    for (const [table, row] of rows) await insert(api.owner, table, row);
  }
  for (const organization of ['aurora', 'boreal'])
    await insert(api.owner, 'subscription_settings', { organization_id: idOf(`organization:${organization}`) });
  await api.owner.query('commit');
}
