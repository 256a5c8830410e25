import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { PortalTicketsController } from '../src/http/portal-tickets.controller.js';
import { StaffTicketsController } from '../src/http/staff-tickets.controller.js';
import { TICKETS_ENTITIES } from '../src/persistence/ticket.entity.js';
import {
  asCustomer,
  asOwner,
  asStaff,
  createTicket,
  createTicketScene,
  ticketServices,
  type TicketScene,
} from './factories.js';

const MEGABYTE = 1_000_000;

let test: TestDatabase;
let portal: PortalTicketsController;
let staff: StaffTicketsController;
let scene: TicketScene;
let id: string;

beforeAll(async () => {
  test = await testDatabase({ entities: TICKETS_ENTITIES });
  const services = ticketServices(test);
  portal = new PortalTicketsController(services.portal, services.revision);
  staff = new StaffTicketsController(services.staff, services.bulk, services.revision);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createTicketScene(test);
  ({ id } = await createTicket(test.database, scene, scene.ana));
});

/** Comments of Ana's, several of each moment; every third is a note of staff's. @returns their ids, oldest first */
async function write(count: number, body: string): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId()).sort();
  await test.owner.query(
    `insert into ticket_comments (organization_id, billing_account_id, ticket_id, id, body, author_type, author_id, author_name, is_public, created_at)
     select $1, $2, $3, each.id, $4, case when place % 3 = 0 then 'staff' else 'portal' end,
       case when place % 3 = 0 then $5::uuid else $6::uuid end, 'Alguém', place % 3 <> 0, '2026-01-01'::timestamptz + place / 4 * interval '1 minute'
     from unnest($7::uuid[]) with ordinality as each (id, place)`,
    [scene.organizationId, scene.ana.billingAccountId, id, body, scene.agent.id, scene.ana.id, ids],
  );
  return ids;
}

interface Answer {
  comments: { id: string }[];
  olderComments: boolean;
}

/** Everything from the latest to the first, page by page. */
async function readAll(
  first: Answer,
  older: (before: string) => Promise<Answer>,
): Promise<{ ids: string[]; largest: number; pages: number }> {
  let [ids, largest, pages]: [string[], number, number] = [[], 0, 0];
  for (let answer = first; ; answer = await older(ids[0]!)) {
    ids = [...answer.comments.map((comment) => comment.id), ...ids];
    largest = Math.max(largest, Buffer.byteLength(JSON.stringify(answer)));
    pages += 1;
    if (!answer.olderComments) return { ids, largest, pages };
  }
}

describe('a long ticket', () => {
  it.each([
    ['few long comments', 90, 'ação '.repeat(4_000)],
    ['many short ones', 2_600, 'Oi'],
    ['what fits at once', 12, 'Oi'],
  ])('of %s is answered in pieces that hold everything once, in order', async (_kind, count, body) => {
    const written = await write(count, body);
    const pages = Math.max(Math.ceil(count / 1_000), Math.ceil((count * Buffer.byteLength(body)) / 400_000));
    const ana = asCustomer(scene, scene.ana);
    const customer = await readAll((await portal.get(ana, id)).ticket, (before) =>
      portal.commentsBefore(ana, id, { before }),
    );
    expect(customer.ids).toEqual(written.filter((_, index) => (index + 1) % 3 !== 0));
    const agent = asStaff(scene);
    const colleague = await readAll((await staff.get(agent, id)).ticket, (before) =>
      staff.commentsBefore(agent, id, { before }),
    );
    expect(colleague.ids).toEqual(written);
    expect(colleague.pages).toBeGreaterThanOrEqual(pages);
    expect(Math.max(customer.largest, colleague.largest)).toBeLessThan(MEGABYTE);
  });

  it('says of older comments whether they may be changed', async () => {
    const written = await write(6, 'x');
    const ana = asCustomer(scene, scene.ana);
    const before = { before: written[4]! };
    const changeable = async () =>
      (await portal.commentsBefore(ana, id, before)).comments.map(({ canChange }) => canChange);
    expect(await changeable()).toEqual([true, true, true]);
    await staff.comment(asStaff(scene), id, { body: 'Vamos ver', isPublic: true });
    expect(await changeable()).toEqual([false, false, false]);
  });

  it('has older comments for whoever may read it, and before its own public comments alone', async () => {
    const written = await write(6, 'x');
    const [note, shown] = [written[5]!, written[4]!];
    const ana = asCustomer(scene, scene.ana);
    const nothing = { comments: [], olderComments: false };
    for (const before of [note, newId()]) expect(await portal.commentsBefore(ana, id, { before })).toEqual(nothing);
    const other = await createTicket(test.database, scene, scene.ana);
    expect(await staff.commentsBefore(asStaff(scene), other.id, { before: shown })).toEqual(nothing);
    expect((await portal.commentsBefore(ana, id, {})).comments).toEqual((await portal.get(ana, id)).ticket.comments);
    const missing = { code: 'not_found' };
    for (const reader of [asCustomer(scene, scene.carla), asOwner(scene, scene.bruno)])
      await expect(portal.commentsBefore(reader, id, { before: shown })).rejects.toMatchObject(missing);
    const stranger = await createTicketScene(test, 'Boreal');
    await expect(staff.commentsBefore(asStaff(stranger), id, { before: shown })).rejects.toMatchObject(missing);
  });
});
