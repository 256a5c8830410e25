import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import { systemClock, systemContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import type { CommentRevisionService } from '../src/comment-revision.service.js';
import { TicketCustomerReplyMail } from '../src/emails/ticket.mails.js';
import { TicketMailReader } from '../src/emails/ticket-mail-facts.js';
import { TICKETS_ENTITIES } from '../src/persistence/ticket.entity.js';
import { CommentRepository } from '../src/persistence/comment.repository.js';
import { TicketRepository } from '../src/persistence/ticket.repository.js';
import type { PortalTicketService } from '../src/portal-ticket.service.js';
import type { StaffTicketService } from '../src/staff-ticket.service.js';
import {
  asCustomer,
  asOwner,
  asStaff,
  createTicket,
  createTicketScene,
  ticketServices,
  type TicketScene,
} from './factories.js';

let test: TestDatabase;
let portal: PortalTicketService;
let staff: StaffTicketService;
let revision: CommentRevisionService;
let scene: TicketScene;

beforeAll(async () => {
  test = await testDatabase({ entities: TICKETS_ENTITIES });
  ({ portal, staff, revision } = ticketServices(test));
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createTicketScene(test);
});

const auditOf = async (id: string) =>
  (
    await test.owner.query(
      'select action, actor_type, billing_account_id as account, changes from audit_log where target_id = $1 order by id',
      [id],
    )
  ).rows;
const detail = (id: string) => portal.get(asCustomer(scene, scene.ana), id);

describe('a customer’s own comment', () => {
  it('can be changed, says so, and leaves both texts in the audit', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana);
    const comment = await portal.comment(asCustomer(scene, scene.ana), id, 'Às 15h');
    const now = new Date('2027-06-01T10:00:00Z');
    const edited = await revision.edit(asCustomer(scene, scene.ana, now), id, comment.id, 'Às 14h');
    expect(edited).toMatchObject({ id: comment.id, body: 'Às 14h', editedAt: now });
    const ticket = await detail(id);
    expect(ticket.comments).toEqual([expect.objectContaining({ body: 'Às 14h', editedAt: now, deletedAt: null })]);
    expect(ticket).toMatchObject({ commentCount: 1, updatedAt: now });
    expect(await auditOf(comment.id)).toEqual([
      {
        action: 'portal.ticket.comment.update',
        actor_type: 'user',
        account: scene.ana.billingAccountId,
        changes: { before: { body: 'Às 15h' }, after: { body: 'Às 14h' } },
      },
    ]);
  });

  it('that is saved as it was is not called edited', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana);
    const comment = await portal.comment(asCustomer(scene, scene.ana), id, 'Igual');
    expect(await revision.edit(asCustomer(scene, scene.ana), id, comment.id, 'Igual')).toMatchObject({
      editedAt: null,
    });
    expect(await auditOf(comment.id)).toEqual([]);
  });

  it('can be taken back: its place stays, its words and its count go', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, { assigneeId: scene.agent.id });
    await staff.comment(asStaff(scene), id, { body: 'Em que loja?', isPublic: true });
    const comment = await portal.comment(asCustomer(scene, scene.ana), id, 'senha: 1234');
    expect(await staff.get(asStaff(scene), id)).toMatchObject({ commentCount: 2, lastReplyBy: 'customer' });
    await revision.remove(asCustomer(scene, scene.ana), id, comment.id);
    expect(await staff.get(asStaff(scene), id)).toMatchObject({ commentCount: 1, lastReplyBy: 'staff' });
    const ticket = await detail(id);
    expect(ticket.comments.at(-1)).toMatchObject({ id: comment.id, body: '', deletedAt: expect.any(Date) });
    expect((await auditOf(comment.id)).at(-1)).toMatchObject({
      action: 'portal.ticket.comment.delete',
      changes: { before: { body: 'senha: 1234' } },
    });
    for (const again of [
      () => revision.remove(asCustomer(scene, scene.ana), id, comment.id),
      () => revision.edit(asCustomer(scene, scene.ana), id, comment.id, 'x'),
    ]) {
      await expect(again()).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('that was taken back is not mailed any more, and not shown in the inbox', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, { assigneeId: scene.agent.id });
    const comment = await portal.comment(asCustomer(scene, scene.ana), id, 'Esqueça');
    const mail = new TicketCustomerReplyMail(new TicketMailReader(test.database, test.config));
    const facts = {
      mailId: newId(),
      recipient: { email: scene.agent.email, name: null },
      locale: 'pt-BR' as const,
      ids: { ticketId: id, commentId: comment.id, staffUserId: scene.agent.id },
    };
    expect(await mail.compose(systemContext(scene.organizationId, { clock: systemClock }), facts)).not.toBe('drop');
    await revision.remove(asCustomer(scene, scene.ana), id, comment.id);
    expect(await mail.compose(systemContext(scene.organizationId, { clock: systemClock }), facts)).toBe('drop');
    const { rows } = await staff.list(asStaff(scene), { view: 'all', sort: '-lastActivityAt', limit: 50, offset: 0 });
    expect(rows[0]?.snippet).toMatch(/^Desde quinta/);
  });

  it('stays as it is once staff have answered, whatever note stands between', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana);
    const comment = await portal.comment(asCustomer(scene, scene.ana), id, 'Primeira');
    await staff.comment(asStaff(scene), id, { body: 'Nota', isPublic: false });
    await revision.edit(asCustomer(scene, scene.ana), id, comment.id, 'Segunda');
    await staff.comment(asStaff(scene), id, { body: 'Resposta', isPublic: true });
    for (const refused of [
      () => revision.edit(asCustomer(scene, scene.ana), id, comment.id, 'Terceira'),
      () => revision.remove(asCustomer(scene, scene.ana), id, comment.id),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'comment_answered' });
    }
    expect((await detail(id)).comments[0]?.body).toBe('Segunda');
  });

  it('is either changed before an answer that comes at once, or refused after it', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { id } = await createTicket(test.database, scene, scene.ana, { createdAt: new Date(0) });
      const early = asCustomer(scene, scene.ana, new Date(1_000));
      const comment = await portal.comment(early, id, 'antes');
      const [answered, edited] = await Promise.allSettled([
        staff.comment(asStaff(scene), id, { body: 'Resposta', isPublic: true }),
        revision.edit(asCustomer(scene, scene.ana), id, comment.id, 'depois'),
      ]);
      expect(answered.status).toBe('fulfilled');
      if (edited.status === 'rejected') expect(edited.reason).toMatchObject({ code: 'comment_answered' });
      expect((await detail(id)).comments[0]?.body).toBe(edited.status === 'fulfilled' ? 'depois' : 'antes');
    }
  });

  it('waits for an answer that is being written, and sees it', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana);
    const comment = await portal.comment(asCustomer(scene, scene.ana), id, 'antes');
    let edit: Promise<unknown> = Promise.resolve();
    await test.database.transaction(asStaff(scene), async (db) => {
      const tickets = new TicketRepository();
      const ticket = await tickets.lock(db, id);
      edit = revision.edit(asCustomer(scene, scene.ana), id, comment.id, 'depois');
      edit.catch(() => {});
      await tickets.insertComment(db, ticket!, {
        body: 'Resposta',
        authorType: 'staff',
        authorId: scene.agent.id,
        authorName: scene.agent.name,
        isPublic: true,
        createdAt: new Date(),
      });
    });
    await expect(edit).rejects.toMatchObject({ code: 'comment_answered' });
  });

  it('is nobody else’s to change, and not there for those who do not see the ticket', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana);
    const other = await createTicket(test.database, scene, scene.ana);
    const comment = await portal.comment(asCustomer(scene, scene.ana), id, 'minha');
    const note = await staff.comment(asStaff(scene), id, { body: 'Nota', isPublic: false });
    for (const [context, ticketId, commentId, code] of [
      [asCustomer(scene, scene.bruno), id, comment.id, 'permission_denied'],
      [asOwner(scene, scene.bruno), id, comment.id, 'not_found'],
      [asCustomer(scene, scene.carla), id, comment.id, 'not_found'],
      [asCustomer(scene, scene.ana), other.id, comment.id, 'not_found'],
      [asCustomer(scene, scene.ana), id, note.id, 'not_found'],
    ] as const) {
      await expect(revision.edit(context, ticketId, commentId, 'x')).rejects.toMatchObject({ code });
      await expect(revision.remove(context, ticketId, commentId)).rejects.toMatchObject({ code });
    }
  });

  it('B.1 the database itself lets a customer change no words of staff', async () => {
    const author = { type: 'staff' as const, id: scene.agent.id, name: scene.agent.name };
    const { id } = await createTicket(test.database, scene, scene.ana, {
      comments: [{ author, body: 'Resposta', createdAt: new Date() }],
    });
    const [answer] = (await detail(id)).comments;
    await expect(
      test.database.transaction(asCustomer(scene, scene.ana), (db) =>
        new CommentRepository().edit(db, answer!.id, 'Outra', new Date()),
      ),
    ).rejects.toThrow(/row-level security/);
  });
});

describe('an internal note', () => {
  it('can be changed by its author, unseen by the customer', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, { createdAt: new Date('2026-01-01') });
    const note = await staff.comment(asStaff(scene), id, { body: 'Clente irritado', isPublic: false });
    await revision.editNote(asStaff(scene), id, note.id, 'Cliente com pressa');
    const ticket = await staff.get(asStaff(scene), id);
    expect(ticket.comments[0]).toMatchObject({ body: 'Cliente com pressa', editedAt: expect.any(Date) });
    expect(ticket.updatedAt).toEqual(new Date('2026-01-01'));
    expect(await auditOf(note.id)).toEqual([
      {
        action: 'staff.ticket.comment.update',
        actor_type: 'staff',
        account: null,
        changes: { before: { body: 'Clente irritado' }, after: { body: 'Cliente com pressa' } },
      },
    ]);
  });

  it('is nobody else’s, and an answer stays as it was mailed', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana);
    const note = await staff.comment(asStaff(scene), id, { body: 'Nota', isPublic: false });
    const answer = await staff.comment(asStaff(scene), id, { body: 'Resposta', isPublic: true });
    const colleague = { ...asStaff(scene), actor: { type: 'staff' as const, id: newId(), name: 'Helena' } };
    for (const [context, commentId, code] of [
      [colleague, note.id, 'permission_denied'],
      [asStaff(scene), answer.id, 'comment_already_sent'],
      [asStaff(scene), newId(), 'not_found'],
    ] as const) {
      await expect(revision.editNote(context, id, commentId, 'x')).rejects.toMatchObject({ code });
    }
  });
});
