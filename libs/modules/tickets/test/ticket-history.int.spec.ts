import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import { sql, systemContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { TICKETS_ENTITIES } from '../src/persistence/ticket.entity.js';
import { presentEventToCustomer } from '../src/http/dto/ticket-event.dto.js';
import { asCustomer, asStaff, createTicket, createTicketScene, ticketServices, type TicketScene } from './factories.js';

const sqlEvents = sql`select e.id from ticket_events e`;
let test: TestDatabase;
let services: ReturnType<typeof ticketServices>;
let scene: TicketScene;
let id: string;
let bia: { id: string; name: string };

beforeAll(async () => {
  test = await testDatabase({ entities: TICKETS_ENTITIES });
  services = ticketServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createTicketScene(test);
  bia = { id: newId(), name: 'Bia Lima' };
  await test.owner.query(
    "insert into staff_users (organization_id, id, email, name, role, locale) values ($1, $2, 'bia@aurora.example', $3, 'agent', 'pt-BR')",
    [scene.organizationId, bia.id, bia.name],
  );
  ({ id } = await createTicket(test.database, scene, scene.ana));
});

const suspend = (staffId: string) =>
  test.owner.query("update staff_users set status = 'suspended' where id = $1", [staffId]);
const toldToStaff = async () =>
  (await services.staff.get(asStaff(scene), id)).history.map(
    ({ actorName, kind, from, to }) => `${actorName}: ${kind} ${from} → ${to}`,
  );
const toldToAna = async () =>
  (await services.portal.get(asCustomer(scene, scene.ana), id)).history.map((row) => {
    const { actorType, actorName, kind, from, to, mine } = presentEventToCustomer(row, scene.ana.id);
    return `${mine ? 'I' : (actorName ?? actorType)}: ${kind} ${from} → ${to}`;
  });

describe('what became of a ticket', () => {
  it('is told to staff with who did it, and to the customer without names of who does not take care', async () => {
    const staff = asStaff(scene);
    await services.staff.update(staff, id, { assigneeId: scene.agent.id, priority: 'high' });
    await services.staff.update(staff, id, { assigneeId: bia.id });
    await services.staff.comment(staff, id, { body: 'Feito.', isPublic: true, status: 'resolved' });
    await services.portal.reopen(asCustomer(scene, scene.ana), id);
    await services.portal.close(asCustomer(scene, scene.bruno), id);

    expect(await toldToStaff()).toEqual([
      'Rafael Nogueira: taken null → Rafael Nogueira',
      'Rafael Nogueira: status new → open',
      'Rafael Nogueira: priority normal → high',
      'Rafael Nogueira: assigned Rafael Nogueira → Bia Lima',
      'Rafael Nogueira: status open → resolved',
      'Ana: status resolved → open',
      'Bruno: status open → closed',
    ]);
    expect(await toldToAna()).toEqual([
      'Rafael Nogueira: taken null → Rafael Nogueira',
      'staff: status new → open',
      'staff: priority normal → high',
      'staff: assigned null → Bia Lima',
      'staff: status open → resolved',
      'I: status resolved → open',
      'Bruno: status open → closed',
    ]);
  });

  it('is told of every ticket that is changed with others, and of what closes by itself', async () => {
    await services.bulk.update(asStaff(scene), [id], { status: 'resolved' });
    const later = new Date(Date.now() + 8 * 86_400_000);
    expect(
      await services.closing.closeDue(systemContext(scene.organizationId, { clock: { now: () => later } }), 10),
    ).toBe(1);
    expect(await toldToStaff()).toEqual(['Rafael Nogueira: status new → resolved', 'null: status resolved → closed']);
    expect(await toldToAna()).toEqual(['staff: status new → resolved', 'system: status resolved → closed']);
  });

  it('says that a staff ticket was given to somebody when it was opened', async () => {
    const fields = { portalUserId: scene.ana.id, subject: 'Ramal', description: 'Ligou.', assigneeId: bia.id };
    ({ id } = await services.staff.create(asStaff(scene), fields));
    expect(await toldToStaff()).toEqual(['Rafael Nogueira: assigned null → Bia Lima']);
  });

  it.each(['reopen', 'comment'] as const)('says that nobody has what a colleague left behind: %s', async (how) => {
    await services.staff.update(asStaff(scene), id, { assigneeId: bia.id, status: 'resolved' });
    await suspend(bia.id);
    const ana = asCustomer(scene, scene.ana);
    await (how === 'reopen' ? services.portal.reopen(ana, id) : services.portal.comment(ana, id, 'Voltou a cair.'));
    const ticket = await services.portal.get(ana, id);
    expect({ status: ticket.status, assignee: ticket.assigneeName }).toEqual({ status: 'open', assignee: null });
    expect((await toldToAna()).slice(-2)).toEqual(['system: unassigned null → null', 'I: status resolved → open']);
  });

  it('leaves with a colleague who works here what the customer takes up again', async () => {
    await services.staff.update(asStaff(scene), id, { assigneeId: bia.id, status: 'resolved' });
    await services.portal.reopen(asCustomer(scene, scene.ana), id);
    expect((await services.portal.get(asCustomer(scene, scene.ana), id)).assigneeName).toBe('Bia Lima');
  });

  it('tells what an answer did: who took the ticket by it, and what it became', async () => {
    await services.staff.comment(asStaff(scene), id, { body: 'Olhando.', isPublic: false });
    expect(await toldToStaff()).toEqual([]);
    await services.staff.comment(asStaff(scene), id, { body: 'Pode reiniciar?', isPublic: true });
    await services.staff.comment(asStaff(scene), id, { body: 'E agora?', isPublic: true, status: 'pending' });
    await services.portal.comment(asCustomer(scene, scene.ana), id, 'Sim.');
    expect(await toldToStaff()).toEqual([
      'Rafael Nogueira: taken null → Rafael Nogueira',
      'Rafael Nogueira: status new → open',
      'Rafael Nogueira: status open → pending',
      'Ana: status pending → open',
    ]);
  });

  it.each([
    ['whoever takes care keeps it', 'active', 'Bia Lima'],
    ['what a suspended colleague has is taken', 'suspended', 'Rafael Nogueira'],
  ])('an answer takes only what nobody takes care of: %s', async (_what, status, assignee) => {
    await services.staff.update(asStaff(scene), id, { assigneeId: bia.id });
    if (status === 'suspended') await suspend(bia.id);
    expect((await services.staff.get(asStaff(scene), id)).assigneeSuspended).toBe(status === 'suspended');
    await services.staff.comment(asStaff(scene), id, { body: 'Respondo eu.', isPublic: true });
    expect(await services.staff.get(asStaff(scene), id)).toMatchObject({
      assigneeName: assignee,
      assigneeSuspended: false,
    });
  });

  it('names everybody as they are called now, wherever the conversation or a list tells of them', async () => {
    const [staff, ana] = [asStaff(scene), asCustomer(scene, scene.ana)];
    await services.portal.comment(ana, id, 'Caiu de novo.');
    await services.staff.update(staff, id, { assigneeId: bia.id });
    await services.staff.comment(staff, id, { body: 'Vou ver.', isPublic: true, status: 'pending' });
    const before = await services.portal.version(ana);
    const rename = (table: string, who: string, name: string) =>
      test.owner.query(`update ${table} set name = $2 where id = $1`, [who, name]);
    await rename('portal_users', scene.ana.id, 'Ana Prado');
    await rename('staff_users', bia.id, 'Bia Souza');
    await rename('staff_users', scene.agent.id, 'Rafa Nogueira');

    const page = { view: 'all', sort: '-lastActivityAt', limit: 50, offset: 0 } as const;
    const [inbox] = (await services.staff.list(staff, page)).rows;
    const list = await services.portal.list(ana, { sort: '-createdAt', limit: 50, offset: 0 });
    const [waiting] = (await services.portal.overview(ana)).rows;
    const seen = [
      await services.staff.get(staff, id),
      await services.portal.get(ana, id),
      ...list.rows,
      inbox,
      waiting,
    ];
    expect(JSON.stringify(seen)).not.toMatch(/"(Ana|Bia Lima|Rafael Nogueira)"/);
    expect(inbox).toMatchObject({
      submittedByName: 'Ana Prado',
      assigneeName: 'Bia Souza',
      snippetAuthorName: 'Rafa Nogueira',
    });
    expect(waiting).toMatchObject({ answeredBy: 'Rafa Nogueira' });
    expect((await services.portal.get(ana, id)).assigneeName).toBe('Bia Souza');
    expect((await services.portal.get(ana, id)).comments.map(({ authorName }) => authorName)).toEqual([
      'Ana Prado',
      'Rafa Nogueira',
    ]);
    expect(await toldToStaff()).toEqual([
      'Rafa Nogueira: assigned null → Bia Souza',
      'Rafa Nogueira: status new → open',
      'Rafa Nogueira: status open → pending',
    ]);
    // What a reader kept of the list is no longer true.
    expect(await services.portal.version(ana)).not.toBe(before);
  });

  it('is not there for another account', async () => {
    await services.staff.update(asStaff(scene), id, { priority: 'high' });
    const carla = asCustomer(scene, scene.carla);
    const seen = await test.database.read(carla, (db) => db.query(sqlEvents));
    expect(seen).toEqual([]);
    expect(await test.database.read(asCustomer(scene, scene.ana), (db) => db.query(sqlEvents))).toHaveLength(1);
  });
});
