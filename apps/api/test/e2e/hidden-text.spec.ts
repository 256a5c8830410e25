import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

let api: TestApp;
let ana: Visitor;
let owner: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  ana = await api.signIn('portal', 'ana@padaria.example');
  owner = await api.signIn('staff', 'owner@aurora.example');
});
afterAll(() => api.close());

const TICKETS = '/api/v1/portal/tickets';
const FOREIGN = { subject: 'Sem sinal', description: 'Desde ontem' };

/** Every kind of field that people type into: how it is sent, and the member at fault. */
const fields = (): [string, string, (text: string) => ReturnType<Visitor['post']>][] => [
  ['own name', 'name', (name) => ana.patch('/api/v1/portal/profile', { name })],
  ['subject', 'subject', (subject) => ana.post(TICKETS, { ...FOREIGN, subject })],
  ['staff name', 'name', (name) => owner.patch('/api/v1/admin/profile', { name })],
  ['role', 'name', (name) => owner.post('/api/v1/admin/roles', { name, permissions: [] })],
  ['account', 'name', (name) => owner.post('/api/v1/admin/billing-accounts', { name })],
  ['category', 'namePt', (namePt) => owner.post('/api/v1/admin/kb/categories', { namePt, nameEn: 'X' })],
  [
    'invited name',
    'name',
    (name) =>
      owner.post('/api/v1/admin/invitations', {
        billingAccountId: idOf('account:padaria'),
        email: 'nova@padaria.example',
        name,
      }),
  ],
  [
    'portal name',
    'name',
    (name) => owner.patch(`/api/v1/admin/portals/${idOf('portal:aurora')}`, { version: 1, name }),
  ],
];

describe('a line that hides or turns', () => {
  it.each(['Carla \u202eetropus', 'A\u200bna', 'Ana\ufeff.', 'A\u0085na', 'Ana\u2066', 'Ana\u{e0041}'])(
    '%j is refused in every field',
    async (text) => {
      for (const [field, path, send] of fields()) {
        const { body } = await refusal(send(text), 400, 'validation_failed');
        expect([field, body.errors[0]]).toEqual([field, expect.objectContaining({ path, code: 'isCleanText' })]);
      }
    },
  );

  it.each(['\u2800', '\u3164', '\u00a0\u3000', '\u115f', '\ufe0f'])('%j is nothing to see', async (text) => {
    for (const [, path, send] of fields()) {
      const { body } = await refusal(send(text), 400, 'validation_failed');
      expect(body.errors.map((error: { path: string }) => error.path)).toContain(path);
    }
  });
});

describe('a text', () => {
  const about = (description: string) => ana.post(TICKETS, { ...FOREIGN, description });
  it.each(['\u200b', '\u2800\n\u2800', '\u202edsfg', 'a \u2067 b', 'a\u2067\nb\u2069', `a${'\u0301'.repeat(40)}`])(
    '%j is refused',
    async (text) => {
      await refusal(about(text), 400, 'validation_failed');
      const { body } = await about('Desde ontem').expect(201);
      await refusal(ana.post(`${TICKETS}/${body.ticket.id}/comments`, { body: text }), 400, 'validation_failed');
    },
  );

  it.each(['Olá \u2067שלום\u2069!', 'linha\r\noutra\tcoluna', 'dobra\u00addo', '👩\u200d👧'])(
    '%j is kept',
    async (text) => {
      expect((await about(text).expect(201)).body.ticket.description).toBe(text);
    },
  );
});

it.each(['علی\u200cرضا', 'क्\u200dष', 'Zoë 👩\u200d👧', 'Ana ❤\ufe0f'])('%j is a name', async (name) => {
  expect((await ana.patch('/api/v1/portal/profile', { name }).expect(200)).body.user.name).toBe(name);
});

it('is stored composed, and counted as the database counts', async () => {
  const { body } = await ana.patch('/api/v1/portal/profile', { name: 'Conceic\u0327a\u0303o' }).expect(200);
  expect(body.user.name).toBe('Conceição');
  await ana.patch('/api/v1/portal/profile', { name: '𝒜'.repeat(255) }).expect(200);
  await ana.patch('/api/v1/portal/profile', { name: 'a\u0301'.repeat(255) }).expect(200);
  await refusal(ana.patch('/api/v1/portal/profile', { name: '☎\ufe0f'.repeat(128) }), 400, 'validation_failed');
  await refusal(ana.patch('/api/v1/portal/profile', { name: '𝒜'.repeat(256) }), 400, 'validation_failed');
});

it('is looked for without the marks that came along when it was pasted', async () => {
  const { body } = await owner
    .get(`/api/v1/admin/portal-users?q=${encodeURIComponent('\u200bAna\u202c ')}`)
    .expect(200);
  expect(body.data.map(({ email }: { email: string }) => email)).toContain('ana@padaria.example');
});
