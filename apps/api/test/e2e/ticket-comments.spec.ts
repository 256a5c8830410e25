import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const portalPath = (key: string) => `/api/v1/portal/tickets/${idOf(`ticket:${key}`)}`;
const staffPath = (key: string) => `/api/v1/admin/tickets/${idOf(`ticket:${key}`)}`;

let api: TestApp;
let ana: Visitor;
let agent: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  ana = await api.signIn('portal', 'ana@padaria.example');
  agent = await api.signIn('staff', 'agent@aurora.example');
});
afterAll(() => api.close());

const write = async (body: string) =>
  (await ana.post(`${portalPath('ana')}/comments`, { body }).expect(201)).body.comment.id as string;
const at = (id: string, key = 'ana') => `${portalPath(key)}/comments/${id}`;
const commentsSeenBy = async (visitor: Visitor, path: string) =>
  (await visitor.get(path).expect(200)).body.ticket.comments as Record<string, unknown>[];

describe("a customer's own comment", () => {
  it('S3.50 is changed until staff have answered, and says that it was', async () => {
    const id = await write('Às 15h');
    const { comment } = (await ana.patch(at(id), { body: '  Às 14h ' }).expect(200)).body;
    expect(comment).toMatchObject({ id, body: 'Às 14h', mine: true, canChange: true, editedAt: expect.any(String) });
    for (const [visitor, path] of [
      [ana, portalPath('ana')],
      [agent, staffPath('ana')],
    ] as const) {
      expect((await commentsSeenBy(visitor, path)).at(-1)).toMatchObject({ id, body: 'Às 14h', removed: false });
    }
    await agent.post(`${staffPath('ana')}/comments`, { body: 'Certo', isPublic: true }).expect(201);
    await refusal(ana.patch(at(id), { body: 'Às 13h' }), 409, 'comment_answered');
    await refusal(ana.delete(at(id)), 409, 'comment_answered');
    expect((await commentsSeenBy(ana, portalPath('ana'))).find((each) => each.id === id)).toMatchObject({
      body: 'Às 14h',
      canChange: false,
    });
  });

  it('is taken back: everybody sees that something stood there, nobody what', async () => {
    const id = await write('segredo9731');
    expect((await ana.delete(at(id)).expect(200)).body).toEqual({ success: true });
    for (const [visitor, path] of [
      [ana, portalPath('ana')],
      [agent, staffPath('ana')],
    ] as const) {
      const answer = await visitor.get(path).expect(200);
      expect(answer.text).not.toContain('segredo9731');
      expect(answer.body.ticket.comments.at(-1)).toMatchObject({ id, body: '', removed: true, canChange: false });
      expect(answer.body.ticket.commentCount).toBe(2);
    }
    await refusal(ana.delete(at(id)), 404, 'not_found');
    await refusal(ana.patch(at(id), { body: 'De volta' }), 404, 'not_found');
  });

  it('is only its author’s to change', async () => {
    const mine = await write('minha');
    const multi = await api.signIn('portal', 'multi@example.com', { organizationSlug: 'aurora' });
    const [answer, note] = [idOf('comment:ana:answer'), idOf('comment:ana:internal-note')];
    await refusal(multi.patch(at(mine), { body: 'x' }), 403, 'permission_denied');
    await refusal(multi.delete(at(mine)), 403, 'permission_denied');
    await refusal(ana.patch(at(answer), { body: 'x' }), 403, 'permission_denied');
    await refusal(ana.delete(at(answer)), 403, 'permission_denied');
    for (const hidden of [
      at(note),
      at(idOf('comment:carla:question')),
      at(idOf('comment:davi:question'), 'davi'),
      at(mine, 'ana-pending'),
      at('nonsense'),
    ]) {
      await refusal(ana.patch(hidden, { body: 'x' }), 404, 'not_found');
      await refusal(ana.delete(hidden), 404, 'not_found');
    }
    expect((await commentsSeenBy(ana, portalPath('ana'))).at(-1)).toMatchObject({ body: 'minha', editedAt: null });
  });

  it('S3.14 is left alone on a closed ticket', async () => {
    const id = await write('última');
    await ana.post(`${portalPath('ana')}/close`).expect(200);
    await refusal(ana.patch(at(id), { body: 'x' }), 409, 'ticket_closed');
    await refusal(ana.delete(at(id)), 409, 'ticket_closed');
  });

  it('S3.91 every change stands in the audit, with what it said before', async () => {
    const id = await write('um');
    await ana.patch(at(id), { body: 'dois' }).expect(200);
    expect((await ana.delete(at(id)).expect(200)).body).toEqual({ success: true });
    const rows = await api.rows('select action, actor_id, changes from audit_log where target_id = $1 order by id', id);
    expect(rows).toEqual([
      {
        action: 'portal.ticket.comment.update',
        actor_id: idOf('user:ana'),
        changes: { before: { body: 'um' }, after: { body: 'dois' } },
      },
      {
        action: 'portal.ticket.comment.delete',
        actor_id: idOf('user:ana'),
        changes: { before: { body: 'dois', ticketId: idOf('ticket:ana') } },
      },
    ]);
  });

  it('S3.5 cannot be changed while tickets are switched off', async () => {
    const id = await write('um');
    await api.rows(
      `update portals set settings = '{"features": {"tickets": false}}' where id = $1`,
      idOf('portal:aurora'),
    );
    await refusal(ana.patch(at(id), { body: 'dois' }), 403, 'PORTAL_TICKETS_DISABLED');
    await refusal(ana.delete(at(id)), 403, 'PORTAL_TICKETS_DISABLED');
  });
});

describe('an internal note', () => {
  it('S3.51 is changed by its author; an answer was mailed and stays', async () => {
    const note = `${staffPath('ana')}/comments/${idOf('comment:ana:internal-note')}`;
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const { comment } = (await owner.patch(note, { body: 'Porta 14' }).expect(200)).body;
    expect(comment).toMatchObject({ body: 'Porta 14', isPublic: false, canChange: true, editedAt: expect.any(String) });
    await refusal(agent.patch(note, { body: 'x' }), 403, 'permission_denied');
    const answer = `${staffPath('ana')}/comments/${idOf('comment:ana:answer')}`;
    await refusal(agent.patch(answer, { body: 'x' }), 409, 'comment_already_sent');
    expect((await ana.get(portalPath('ana'))).text).not.toContain('Porta 14');
    const billing = await api.signIn('staff', 'billing@aurora.example');
    await refusal(billing.patch(note, { body: 'x' }), 403, 'permission_denied');
  });
});
