import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { TICKETS_ENTITIES } from '../src/entities.js';
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
