import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import type { Audience } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
beforeEach(() => api.reset());
afterAll(() => api.close());

const SHUFFLED = ['zé', 'Ótica', 'Zuleica', 'Ângela', 'ação', 'Ítalo', 'Ana', 'Érica', 'Ação', 'Otávio', 'ana b'];
const IN_ORDER = ['ação', 'Ação', 'Ana', 'ana b', 'Ângela', 'Érica', 'Ítalo', 'Otávio', 'Ótica', 'zé', 'Zuleica'];

const EMAILS: Record<Audience, string> = {
  portal: 'ana@padaria.example',
  staff: 'owner@aurora.example',
  operator: 'operator@balcao.example',
};
const AURORA = idOf('organization:aurora');
const FULL = idOf('role:aurora:full');
const PAGED = /accounts|users|team$|staff|organizations/;
const USERS = `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id)
  select '${AURORA}', '${idOf('account:padaria')}', gen_random_uuid(), 'n' || place || '@padaria.example', name, '${FULL}'`;

const inAurora = (table: string, columns: string, values: string) =>
  `insert into ${table} (organization_id, id, ${columns}) select '${AURORA}', gen_random_uuid(), ${values}`;

/** List, who reads it, and what puts every `name` with its `place` into it. */
const LISTS: [string, Audience, string][] = [
  ['/api/v1/admin/billing-accounts', 'staff', inAurora('billing_accounts', 'name', 'name')],
  ['/api/v1/admin/portal-users', 'staff', USERS],
  ['/api/v1/portal/team', 'portal', USERS],
  [
    '/api/v1/admin/staff',
    'staff',
    inAurora('staff_users', 'name, email, role', "name, 'n' || place || '@aurora.example', 'agent'"),
  ],
  ['/api/v1/admin/roles', 'staff', inAurora('roles', 'name', 'name')],
  [
    '/api/v1/portal/team/roles',
    'portal',
    `with fresh as (${inAurora('roles', 'name', 'name')} from unnest($1::text[]) as n (name) returning id)
      insert into role_grants (organization_id, role_id, granted_role_id) select '${AURORA}', '${FULL}', id from fresh`,
  ],
  ['/api/v1/admin/portals', 'staff', inAurora('portals', 'name, slug', "name, 'n' || place")],
  [
    '/api/v1/admin/kb/categories',
    'staff',
    inAurora('kb_categories', 'name_pt, name_en, slug', "name, name, 'n' || place"),
  ],
  [
    '/ops/organizations',
    'operator',
    "insert into organizations (id, name, slug) select gen_random_uuid(), name, 'n' || place",
  ],
];

describe('a list that people read', () => {
  it.each(LISTS)('%s is in the order of the alphabet, accents and case apart', async (path, audience, insert) => {
    const from = insert.includes('from unnest') ? '' : 'from unnest($1::text[]) with ordinality as n (name, place)';
    await api.rows(`${insert} ${from}`, SHUFFLED);
    const reader = await api.signIn(audience, EMAILS[audience]);
    const names: string[] = [];
    for (let page = 1, total = Infinity; names.length < total; page += 1) {
      const { body } = await reader.get(`${path}${PAGED.test(path) ? `?limit=5&page=${page}` : ''}`).expect(200);
      names.push(...body.data.map((row: { name?: string; namePt?: string }) => row.name ?? row.namePt));
      total = body.pagination?.total ?? 0;
    }
    expect(names.filter((name) => SHUFFLED.includes(name))).toEqual(IN_ORDER);
  });
});

describe('a customer is found', () => {
  it.each([
    ['11.222.333', ['Padaria Estrela']],
    ['11222333', ['Padaria Estrela']],
    ['11.222.333/0001-81', ['Padaria Estrela']],
    ['12.abc', ['Letras']],
    ['12ABC34501DE35', ['Letras']],
    ['ABC', []],
    ['529.982', ['Oficina Central']],
    ['crm-0', ['Letras']],
    ['CRM-0042', ['Letras']],
    ['0042', []],
    ['PADARIA ESTRELA', ['Padaria Estrela']],
    ['./-', []],
    ['_', []],
    ['pádaria', ['Padaria Estrela']],
  ])('B.5 by %s: the beginning of a tax id or external id, or a part of a name', async (q, found) => {
    await api.rows(inAurora('billing_accounts', 'name, tax_id, external_id', "'Letras', '12ABC34501DE35', 'CRM-0042'"));
    const owner = await api.signIn('staff', EMAILS.staff);
    const { body } = await owner.get(`/api/v1/admin/billing-accounts?q=${encodeURIComponent(q)}`).expect(200);
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(found);
  });

  it.each([
    ['(11) 98765-4321', '+5511987654321'],
    ['(11) 98765-4321', '5511987654321'],
    ['(11) 98765-4321', '11987654321'],
    ['+55 11 98765-4321', '(11) 98765-4321'],
    ['+5511987654321', '98765-4321'],
    ['011 98765.4321', '+55 (11) 98765 4321'],
    ['+1 (555) 123-4567', '555 123 4567'],
  ])('with the phone %s by %s', async (phone, q) => {
    await api.rows(inAurora('billing_accounts', 'name, phone', `'Telefônica', '${phone}'`));
    const owner = await api.signIn('staff', EMAILS.staff);
    const find = async (text: string) =>
      (await owner.get(`/api/v1/admin/billing-accounts?q=${encodeURIComponent(text)}`).expect(200)).body.data.map(
        ({ name }: { name: string }) => name,
      );
    expect(await find(q)).toEqual(['Telefônica']);
    expect(await find(`${q.slice(0, -1)}9`)).toEqual([]);
  });
});
