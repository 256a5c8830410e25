import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { TICKETS_ENTITIES } from '../src/persistence/ticket.entity.js';
import type { TicketBulkService } from '../src/ticket-bulk.service.js';
import { asStaff, createTicket, createTicketScene, ticketServices, writeMails, type TicketScene } from './factories.js';

let test: TestDatabase;
let bulk: TicketBulkService;
let scene: TicketScene;

beforeAll(async () => {
  test = await testDatabase({ entities: TICKETS_ENTITIES });
  bulk = ticketServices(test).bulk;
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createTicketScene(test);
});

const count = async (table: string, condition: string) =>
  (
    await test.owner.query<{ n: number }>(
      `select count(*)::int as n from ${table} where organization_id = $1 and ${condition}`,
      [scene.organizationId],
    )
  ).rows[0]!.n;

describe('changing many tickets', () => {
  it('changes those that can be changed, and says of each what became of it', async () => {
    const [open, closed, resolved] = [
      await createTicket(test.database, scene, scene.ana, { status: 'open' }),
      await createTicket(test.database, scene, scene.carla, { status: 'closed' }),
      await createTicket(test.database, scene, scene.bruno, { status: 'resolved' }),
    ];
    const other = await createTicketScene(test, 'Boreal');
    const foreign = await createTicket(test.database, other, other.ana);
    const ids = [closed.id, foreign.id, open.id.toUpperCase(), resolved.id];
    expect(await bulk.update(asStaff(scene), ids, { status: 'resolved' })).toEqual([
      { id: closed.id, outcome: 'refused', code: 'ticket_transition_not_allowed' },
      { id: foreign.id, outcome: 'not_found', code: null },
      { id: open.id, outcome: 'changed', code: null },
      { id: resolved.id, outcome: 'unchanged', code: null },
    ]);
    expect(await count('tickets', "status = 'resolved'")).toBe(2);
    expect(await count('audit_log', "action = 'staff.ticket.update'")).toBe(1);
    await writeMails(test);
    expect(await count('mails', "template = 'ticket-resolved'")).toBe(1);
    const { rows } = await test.owner.query('select status from tickets where id = $1', [foreign.id]);
    expect(rows).toEqual([{ status: 'new' }]);
  });

  it('gives them to somebody who is there, and to nobody else', async () => {
    const ids = await Promise.all(
      [scene.ana, scene.bruno, scene.carla].map(
        async (person) => (await createTicket(test.database, scene, person)).id,
      ),
    );
    await bulk.update(asStaff(scene), ids, { assigneeId: scene.agent.id });
    expect(await count('tickets', `assignee_id = '${scene.agent.id}' and status = 'open'`)).toBe(3);
    await test.owner.query("update staff_users set status = 'suspended' where id = $1", [scene.agent.id]);
    for (const assigneeId of [scene.agent.id, newId()]) {
      await expect(bulk.update(asStaff(scene), ids, { assigneeId, priority: 'low' })).rejects.toMatchObject({
        code: 'validation_failed',
      });
    }
    expect(await count('tickets', "priority = 'low'")).toBe(0);
    await bulk.update(asStaff(scene), ids, { assigneeId: null });
    expect(await count('tickets', 'assignee_id is null')).toBe(3);
  });

  it('does not wait for itself when two people change the same tickets in another order', async () => {
    const ids = await Promise.all(
      Array.from(
        { length: 12 },
        async (_each, index) =>
          (await createTicket(test.database, scene, [scene.ana, scene.carla][index % 2]!, { status: 'open' })).id,
      ),
    );
    const reversed = [...ids].reverse();
    await Promise.all(
      Array.from({ length: 6 }, (_each, round) =>
        bulk.update(asStaff(scene), round % 2 ? ids : reversed, { priority: round % 3 ? 'high' : 'low' }),
      ),
    );
    expect(await count('tickets', "priority in ('high', 'low')")).toBe(12);
  });
});

describe('handing over what a colleague has', () => {
  const insertStaff = async (name: string, status = 'active') => {
    const person = { id: newId(), name };
    await test.owner.query(
      `insert into staff_users (organization_id, id, email, name, role, locale, status) values ($1, $2, $3, $4, 'agent', 'pt-BR', $5)`,
      [scene.organizationId, person.id, `${person.id}@aurora.example`, name, status],
    );
    return person;
  };
  const of = (assigneeId: string) => count('tickets', `assignee_id = '${assigneeId}'`);

  it('gives to another what is not finished, and leaves what is', async () => {
    const [leaving, staying] = [await insertStaff('Lia', 'suspended'), await insertStaff('Bia')];
    const make = (more: object) => createTicket(test.database, scene, scene.ana, more);
    const tickets = [
      await make({ status: 'open' }),
      await make({ status: 'pending' }),
      await make({ status: 'resolved' }),
    ];
    await test.owner.query('update tickets set assignee_id = $1 where organization_id = $2', [
      leaving.id,
      scene.organizationId,
    ]);
    const own = await make({ status: 'open', assigneeId: scene.agent.id });
    const page = await ticketServices(test).staff.list(asStaff(scene), {
      view: 'open',
      sort: '-lastActivityAt',
      assigneeId: leaving.id,
      limit: 1,
      offset: 0,
    });
    expect(page).toMatchObject({ total: 2, totalExact: true, rows: [{ id: tickets[1]!.id }] });

    const done = await bulk.handOver(asStaff(scene), leaving.id.toUpperCase(), staying.id);
    expect(done).toEqual({ changed: 2, finished: true });
    expect([await of(leaving.id), await of(staying.id), await of(scene.agent.id)]).toEqual([1, 2, 1]);
    const { history } = await ticketServices(test).staff.get(asStaff(scene), tickets[0]!.id);
    expect(history).toMatchObject([{ kind: 'assigned', from: 'Lia', to: 'Bia', actorName: scene.agent.name }]);
    expect(await count('audit_log', "action = 'staff.ticket.update'")).toBe(2);
    expect(own.id).toBeTruthy();
  });

  it('leaves them to nobody, a hundred at a time, until none is left', async () => {
    for (let each = 0; each < 101; each += 1)
      await createTicket(test.database, scene, scene.ana, { status: 'open', assigneeId: scene.agent.id });
    expect(await bulk.handOver(asStaff(scene), scene.agent.id, null)).toEqual({ changed: 100, finished: false });
    expect(await bulk.handOver(asStaff(scene), scene.agent.id, null)).toEqual({ changed: 1, finished: true });
    expect(await count('tickets', 'assignee_id is null')).toBe(101);
  });

  it('gives nothing to who is suspended, belongs elsewhere, or has it already', async () => {
    const gone = await insertStaff('Lia', 'suspended');
    const other = await createTicketScene(test, 'Boreal');
    await createTicket(test.database, scene, scene.ana, { status: 'open', assigneeId: scene.agent.id });
    for (const id of [gone.id, other.agent.id])
      await expect(bulk.handOver(asStaff(scene), scene.agent.id, id)).rejects.toMatchObject({
        code: 'validation_failed',
      });
    expect(await bulk.handOver(asStaff(scene), scene.agent.id, scene.agent.id)).toEqual({ changed: 0, finished: true });
    await expect(bulk.handOver(asStaff(other), scene.agent.id, null)).rejects.toMatchObject({
      code: 'validation_failed',
    });
    expect(await of(scene.agent.id)).toBe(1);
  });
});
