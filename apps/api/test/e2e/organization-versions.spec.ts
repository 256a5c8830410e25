import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const PATH = '/api/v1/admin/organization';
const OWNER = { type: 'staff', id: idOf('staff:aurora:owner'), name: 'owner of aurora' };

let api: TestApp;
let owner: Visitor;
let admin: Visitor;
let first: string;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  owner = await api.signIn('staff', 'owner@aurora.example');
  admin = await api.signIn('staff', 'admin@aurora.example');
  first = (await today()).name;
});
afterAll(() => api.close());

const rename = (version: number, name: string, more: object = {}, by = owner) =>
  by.patch(PATH, { version, name, ...more });
const restore = (version: number, to: number, more: object = {}, by = owner) =>
  by.post(`${PATH}/restore`, { version, to, ...more });
const today = async () => (await owner.get(PATH).expect(200)).body.organization as { name: string; version: number };
const versions = async (query = '') => (await owner.get(`${PATH}/versions${query}`).expect(200)).body;
const version = async (number: number) => (await owner.get(`${PATH}/versions/${number}`).expect(200)).body.version;

describe("S0.42 B.12 the versions of a company's name", () => {
  it('begin with the organization, and go on with every change: who, when, why, from what to what', async () => {
    await rename(1, 'Aurora Brasil', { note: 'Marca nova' }).expect(200);
    await rename(2, 'Aurora Fibra', {}, admin).expect(200);
    const { data, pagination } = await versions();
    expect(pagination.total).toBe(3);
    expect(data).toEqual([
      {
        version: 3,
        author: { type: 'staff', id: idOf('staff:aurora:admin'), name: 'admin of aurora' },
        note: null,
        restoredFrom: null,
        createdAt: expect.any(String),
        changes: [{ setting: 'organizationName', before: 'Aurora Brasil', after: 'Aurora Fibra' }],
      },
      expect.objectContaining({
        version: 2,
        author: OWNER,
        note: 'Marca nova',
        changes: [{ setting: 'organizationName', before: first, after: 'Aurora Brasil' }],
      }),
      expect.objectContaining({ version: 1, author: { type: 'system', id: null, name: null }, changes: [] }),
    ]);
    expect((await versions('?limit=2&page=2')).data).toEqual([expect.objectContaining({ version: 1 })]);
  });

  it('are not made by what changes nothing', async () => {
    await rename(1, first).expect(200);
    await restore(1, 1).expect(200);
    expect(await today()).toMatchObject({ name: first, version: 1 });
    expect((await versions()).pagination.total).toBe(1);
  });

  it('begin where an operator founds an organization', async () => {
    const operator = await api.signIn('operator', 'operator@balcao.example');
    const founded = { name: 'Nova', slug: 'nova', locale: 'pt-BR', ownerEmail: 'dona@nova.example', ownerName: 'Dona' };
    await operator.post('/ops/organizations', founded).expect(201);
    const rows = await api.rows(
      `select v.version, v.author_type, v.name from organization_versions v
       join organizations o on o.id = v.organization_id where o.slug = 'nova'`,
    );
    expect(rows).toEqual([{ version: 1, author_type: 'system', name: 'Nova' }]);
  });

  it('never change: not even the role of the application can', async () => {
    const [may] = await api.rows(
      `select has_table_privilege('balcao_app', 'organization_versions', 'update') or
         has_table_privilege('balcao_app', 'organization_versions', 'delete') as any`,
    );
    expect(may).toEqual({ any: false });
  });
});

describe('B.12 an earlier name', () => {
  it('is put back as a new version, which says who did it and what for, after telling what that changes', async () => {
    await rename(1, 'Aurora Brasil').expect(200);
    const change = { setting: 'organizationName', before: 'Aurora Brasil', after: first };
    expect((await version(1)).restoring).toEqual({ version: 2, changes: [change], leftOut: [] });
    const { body } = await restore(2, 1, { note: 'Como antes' }, admin).expect(200);
    expect(body.organization).toMatchObject({ name: first, version: 3 });
    expect((await versions()).data[0]).toMatchObject({
      version: 3,
      author: { type: 'staff', name: 'admin of aurora' },
      note: 'Como antes',
      restoredFrom: 1,
      changes: [change],
    });
    const branding = await api.visitor('/o/aurora').get('/api/v1/portal/branding').expect(200);
    expect(branding.body.branding.organizationName).toBe(first);
    const log = await api.rows(`select changes from audit_log where action = 'staff.organization.restore'`);
    expect(log).toMatchObject([
      { changes: { before: { name: 'Aurora Brasil' }, after: { name: first, restoredFrom: 1 } } },
    ]);
  });

  it.each([
    ['a version that is not there', { version: 1, to: 9 }, 404, 'not_found'],
    ["another organization's version", { version: 1, to: 7 }, 404, 'not_found'],
    ['a note of two lines', { version: 1, to: 1, note: 'a\nb' }, 400, 'validation_failed'],
    ['a version that is none', { version: 1, to: 0 }, 400, 'validation_failed'],
    ['no version that was read', { to: 1 }, 400, 'validation_failed'],
    ['an editor from the future', { version: 2, to: 1 }, 409, 'conflict'],
  ] as const)('is not put back: %s', async (_what, body, status, code) => {
    await refusal(owner.post(`${PATH}/restore`, body), status, code);
  });

  it('is seen by all staff of the organization, and put back by who may write', async () => {
    await rename(1, 'Aurora Brasil').expect(200);
    const agent = await api.signIn('staff', 'agent@aurora.example');
    await agent.get(`${PATH}/versions/1`).expect(200);
    await refusal(restore(2, 1, {}, agent), 403, 'permission_denied');
    const other = await api.signIn('staff', 'owner@boreal.example');
    await refusal(other.get(`${PATH}/versions/2`), 404, 'not_found');
    expect((await other.get(`${PATH}/versions`).expect(200)).body.data).toHaveLength(2);
    await refusal(owner.get(`${PATH}/versions/7`), 404, 'not_found');
  });
});

describe('B.12 a name at the same time', () => {
  const both = async (...calls: PromiseLike<{ status: number }>[]) =>
    (await Promise.all(calls)).map(({ status }) => status).sort();

  it('is not written over by who has not read it: one of two is told, and nothing of theirs is kept', async () => {
    expect(await both(rename(1, 'Aurora A'), rename(1, 'Aurora B', {}, admin))).toEqual([200, 409]);
    expect(await both(restore(2, 1), rename(2, 'Aurora C', {}, admin))).toEqual([200, 409]);
    expect((await versions()).data.map(({ version: number }: { version: number }) => number)).toEqual([3, 2, 1]);
    await refusal(rename(2, 'Aurora D'), 409, 'conflict');
  });
});
