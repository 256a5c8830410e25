import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { systemClock, systemContext } from '@balcao/platform-tenancy';
import { TicketCustomerReplyMail, TicketReceivedMail, TicketReplyMail } from '../src/emails/ticket.mails.js';
import { TicketMailReader } from '../src/emails/ticket-mail-facts.js';
import type { TicketStatus } from '../src/domain/ticket.js';
import { inboxItem, staffTicket } from '../src/http/dto/staff-ticket.dto.js';
import { TICKETS_ENTITIES } from '../src/persistence/ticket.entity.js';
import type { InboxFilter } from '../src/persistence/inbox-list.js';
import type { StaffTicketService } from '../src/staff-ticket.service.js';
import type { TicketPatch } from '../src/ticket-changes.js';
import { TicketIndexService } from '../src/ticket-index.service.js';
import {
  asOwner,
  asStaff,
  createTicket,
  createTicketScene,
  ticketServices,
  writeMails,
  type TicketScene,
} from './factories.js';

const PAGE: InboxFilter = { view: 'all', sort: '-lastActivityAt', limit: 50, offset: 0 };

let test: TestDatabase;
let service: StaffTicketService;
let reader: TicketMailReader;
let scene: TicketScene;

beforeAll(async () => {
  test = await testDatabase({ entities: TICKETS_ENTITIES });
  service = ticketServices(test).staff;
  reader = new TicketMailReader(test.database, test.config);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createTicketScene(test);
});

const replyMail = async () => {
  await writeMails(test);
  const { rows } = await test.owner.query(
    "select recipient_email as email, subject_ids as ids from mails where organization_id = $1 and template = 'ticket-reply'",
    [scene.organizationId],
  );
  return rows as { email: string; ids: Record<string, string> }[];
};

describe('the inbox', () => {
  it('shows each view with the numbers of all, latest activity first', async () => {
    const at = (day: number) => new Date(`2026-06-0${day}T10:00:00Z`);
    const mine = await createTicket(test.database, scene, scene.ana, {
      status: 'open',
      assigneeId: scene.agent.id,
      createdAt: at(1),
    });
    const free = await createTicket(test.database, scene, scene.carla, { createdAt: at(3) });
    const done = await createTicket(test.database, scene, scene.bruno, {
      status: 'closed',
      assigneeId: scene.agent.id,
      createdAt: at(2),
    });
    const other = await createTicketScene(test, 'Boreal');
    await createTicket(test.database, other, other.ana);
    const counts = { mine: 1, unassigned: 1, open: 2, all: 3 };
    const countsExact = { mine: true, unassigned: true, open: true, all: true };
    for (const [view, ids] of [
      ['mine', [mine.id]],
      ['unassigned', [free.id]],
      ['open', [free.id, mine.id]],
      ['all', [free.id, done.id, mine.id]],
    ] as const) {
      const page = await service.list(asStaff(scene), { ...PAGE, view });
      expect(page.rows.map((row) => row.id)).toEqual(ids);
      expect(page).toMatchObject({ total: ids.length, counts, countsExact });
    }
    expect(
      await service.list(asStaff(scene), { ...PAGE, billingAccountId: scene.carla.billingAccountId }),
    ).toMatchObject({ total: 1, counts });
    expect((await service.list(asStaff(scene), { ...PAGE, q: 'bruno' })).rows.map((row) => row.id)).toEqual([done.id]);
  });

  it('shows the tickets of suspended colleagues among the unassigned, by every way to them', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, { status: 'open', assigneeId: scene.agent.id });
    const free = await createTicket(test.database, scene, scene.carla);
    const done = { status: 'closed', assigneeId: scene.agent.id } as const;
    await createTicket(test.database, scene, scene.ana, done);
    const unassigned = async (filter: Partial<InboxFilter> = {}) => {
      const page = await service.list(asStaff(scene), { ...PAGE, view: 'unassigned', ...filter });
      return { ids: page.rows.map((row) => row.id).sort(), counted: page.counts.unassigned };
    };
    expect(await unassigned()).toEqual({ ids: [free.id], counted: 1 });
    await test.owner.query("update staff_users set status = 'suspended' where id = $1", [scene.agent.id]);
    const both = [id, free.id].sort();
    expect(await unassigned()).toEqual({ ids: both, counted: 2 });
    expect(await unassigned({ type: ['request'] })).toEqual({ ids: both, counted: 2 });
    expect(await unassigned({ q: 'internet' })).toEqual({ ids: both, counted: 2 });
    expect(await unassigned({ status: ['open'] })).toEqual({ ids: [id], counted: 2 });
  });

  it('is put in order by activity or priority, either way, page after page', async () => {
    const at = (day: number) => new Date(`2026-06-0${day}T10:00:00Z`);
    const make = async (priority: 'low' | 'high' | 'urgent', day: number) =>
      (await createTicket(test.database, scene, scene.ana, { priority, createdAt: at(day), subject: 'Ordem' })).id;
    const [high, low, urgent, oldUrgent] = [
      await make('high', 2),
      await make('low', 4),
      await make('urgent', 3),
      await make('urgent', 1),
    ];
    const names = new Map(Object.entries({ high, low, urgent, oldUrgent }).map(([name, id]) => [id, name]));
    const walk = async (filter: Partial<InboxFilter>) => {
      const seen: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await service.list(asStaff(scene), { ...PAGE, ...filter, limit: 3, cursor });
        seen.push(...page.rows.map(({ id }) => names.get(id)!));
        if (!page.nextCursor) return seen;
        cursor = page.nextCursor;
      }
    };
    const byPriority = ['urgent', 'oldUrgent', 'high', 'low'];
    expect(await walk({})).toEqual(['low', 'urgent', 'high', 'oldUrgent']);
    expect(await walk({ sort: 'lastActivityAt' })).toEqual(['oldUrgent', 'high', 'urgent', 'low']);
    for (const view of ['all', 'open', 'unassigned'] as const) {
      expect(await walk({ view, sort: '-priority' })).toEqual(byPriority);
      expect(await walk({ view, sort: 'priority' })).toEqual(byPriority.toReversed());
    }
    expect(await walk({ status: ['new', 'open'], sort: '-priority' })).toEqual(byPriority);
    const found = await service.list(asStaff(scene), { ...PAGE, q: 'ordem', sort: '-priority' });
    expect(found.rows.map(({ id }) => names.get(id))).toEqual(byPriority);
  });

  it('finds what was written meanwhile once all is indexed anew, and no more what was taken back', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana);
    const ids = async (q: string) => (await service.list(asStaff(scene), { ...PAGE, q })).rows.map((row) => row.id);
    await service.comment(asStaff(scene), id, { body: 'Trocamos o splitter', isPublic: true });
    expect(await ids('splitter')).toEqual([]);
    const index = new TicketIndexService(test.database);
    expect(await index.reindex(asStaff(scene))).toBe(1);
    expect(await ids('splitters')).toEqual([id]);
    await test.owner.query("update ticket_comments set body = '', deleted_at = now() where ticket_id = $1", [id]);
    await index.reindex(asStaff(scene));
    expect(await ids('splitter')).toEqual([]);
  });

  it('finds a ticket by every text that people write of it, none of which staff change unheard', async () => {
    const { rows } = await test.owner.query<{ name: string; searched: boolean }>(
      `select column_name as name, position('t.' || column_name in pg_get_functiondef('ticket_index'::regproc)) > 0 as searched
       from information_schema.columns where table_name = 'tickets' and data_type = 'text' order by 1`,
    );
    const names = (which: boolean) => rows.filter(({ searched }) => searched === which).map(({ name }) => name);
    const chosenOrFromElsewhere = ['external_ticket_id', 'external_ticket_url', 'last_reply_by', 'priority'];
    expect(names(false)).toEqual([...chosenOrFromElsewhere, 'source', 'status', 'type']);
    // One of these that is searched wants 'ticket.updated' among what the index hears of.
    const changed: Record<keyof TicketPatch, string> = {
      status: 'status',
      priority: 'priority',
      type: 'type',
      assigneeId: 'assignee_id',
      externalTicketId: 'external_ticket_id',
      externalTicketUrl: 'external_ticket_url',
    };
    expect(names(true).filter((name) => Object.values(changed).includes(name))).toEqual([]);
  });

  it('finds all tickets of somebody by their new name, and no others', async () => {
    const [{ id }, theirs] = [
      await createTicket(test.database, scene, scene.bruno),
      await createTicket(test.database, scene, scene.carla),
    ];
    await test.owner.query(
      `insert into tickets (organization_id, billing_account_id, submitted_by_id, submitted_by_name, id, number, subject, description)
       select organization_id, billing_account_id, submitted_by_id, 'Bruno', gen_random_uuid(), 'X' || n, 'Lento', 'Sempre'
       from tickets, generate_series(1, 149) n where id = $1`,
      [id],
    );
    for (const person of [scene.bruno, scene.carla])
      await test.owner.query("update portal_users set name = 'Quixadá' where id = $1", [person.id]);
    expect(await new TicketIndexService(test.database).reindex(asStaff(scene), scene.bruno.id)).toBe(150);
    const rows = async (limit: number) => (await service.list(asStaff(scene), { ...PAGE, limit, q: 'quixada' })).rows;
    expect(await rows(200)).toHaveLength(150);
    expect((await rows(200)).map((row) => row.id)).not.toContain(theirs.id);
  });

  it('shows the beginning of the last message, notes included, else of the description', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, { description: 'd'.repeat(500) });
    expect((await service.list(asStaff(scene), PAGE)).rows[0]?.snippet).toBe('d'.repeat(200));
    await service.comment(asStaff(scene), id, { body: 'só para nós', isPublic: false });
    expect((await service.list(asStaff(scene), PAGE)).rows[0]).toMatchObject({
      snippet: 'só para nós',
      snippetAuthorType: 'staff',
      snippetIsPublic: false,
      lastReplyBy: 'customer',
      billingAccountId: scene.ana.billingAccountId,
    });
  });
});

describe('a ticket on behalf of a customer', () => {
  it('belongs to the customer and confirms to them', async () => {
    const ticket = await service.create(asStaff(scene), {
      portalUserId: scene.carla.id,
      subject: 'Ligou',
      description: 'Sem sinal',
      assigneeId: scene.agent.id,
    });
    expect(ticket).toMatchObject({
      source: 'staff',
      status: 'open',
      billingAccountId: scene.carla.billingAccountId,
      assigneeName: scene.agent.name,
    });
    expect(ticket.submitter).toEqual({ id: scene.carla.id, name: 'Carla', email: scene.carla.email, status: 'active' });
    await writeMails(test);
    const { rows } = await test.owner.query(
      "select recipient_email as email from mails where organization_id = $1 and template = 'ticket-received'",
      [scene.organizationId],
    );
    expect(rows).toEqual([{ email: scene.carla.email }]);
  });

  it('needs people who are there', async () => {
    const other = await createTicketScene(test, 'Boreal');
    for (const fields of [{ portalUserId: other.ana.id }, { portalUserId: scene.ana.id, assigneeId: other.agent.id }]) {
      await expect(service.create(asStaff(scene), { subject: 'x', description: 'y', ...fields })).rejects.toMatchObject(
        { code: 'validation_failed' },
      );
    }
  });
});

describe('changing a ticket', () => {
  it('opens a new one when somebody takes it, and writes only what differs', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana);
    expect(await service.update(asStaff(scene), id, { assigneeId: scene.agent.id, priority: 'normal' })).toMatchObject({
      status: 'open',
      assigneeId: scene.agent.id,
    });
    await service.update(asStaff(scene), id, { assigneeId: scene.agent.id, status: 'open' });
    const { rows } = await test.owner.query(
      "select changes from audit_log where target_id = $1 and action = 'staff.ticket.update'",
      [id],
    );
    expect(rows).toEqual([
      {
        changes: {
          before: { status: 'new', assigneeId: null },
          after: { status: 'open', assigneeId: scene.agent.id },
        },
      },
    ]);
    expect(await service.update(asStaff(scene), id, { assigneeId: null })).toMatchObject({
      assigneeId: null,
      assigneeName: null,
      status: 'open',
    });
  });

  it('keeps to the allowed transitions', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, { status: 'closed' });
    await expect(service.update(asStaff(scene), id, { status: 'pending' })).rejects.toMatchObject({
      code: 'ticket_transition_not_allowed',
    });
    expect(await service.update(asStaff(scene), id, { status: 'open' })).toMatchObject({
      status: 'open',
      closedAt: null,
    });
  });

  it('does not find another organization’s ticket', async () => {
    const other = await createTicketScene(test, 'Boreal');
    const { id } = await createTicket(test.database, other, other.ana);
    await expect(service.get(asStaff(scene), id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(service.update(asStaff(scene), id, { priority: 'low' })).rejects.toMatchObject({ code: 'not_found' });
    const comment = service.comment(asStaff(scene), id, { body: 'x', isPublic: true });
    await expect(comment).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('whose turn it is', () => {
  it('follows what was said, what staff set and what the customer took up again', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana);
    const turn = async () => staffTicket(asStaff(scene), await service.get(asStaff(scene), id)).ticket.turn;
    const set = (status: TicketStatus) => service.update(asStaff(scene), id, { status });
    const { portal } = ticketServices(test);
    expect(await turn()).toBe('staff');
    await set('pending');
    expect(await turn()).toBe('customer');
    await set('open');
    expect(await turn()).toBe('staff');
    await service.comment(asStaff(scene), id, { body: 'Trocamos.', isPublic: true });
    expect(await turn()).toBeNull();
    await set('resolved');
    await portal.reopen(asOwner(scene, scene.ana), id);
    expect(await turn()).toBe('staff');
    await service.comment(asStaff(scene), id, { body: 'E agora?', isPublic: true, status: 'pending' });
    expect(await turn()).toBe('customer');
    await portal.comment(asOwner(scene, scene.ana), id, 'Não.');
    expect(await turn()).toBe('staff');
    await service.comment(asStaff(scene), id, { body: 'Vamos aí.', isPublic: true });
    await portal.close(asOwner(scene, scene.ana), id);
    expect(await turn()).toBeNull();
    await portal.reopen(asOwner(scene, scene.ana), id);
    expect(await turn()).toBe('staff');
    const [row] = (await service.list(asStaff(scene), PAGE)).rows;
    expect(inboxItem(row!, scene.agent.id)).toMatchObject({ id, turn: 'staff' });
  });
});

describe('an answer', () => {
  it('opens a new ticket and reaches its submitter by mail', async () => {
    const { id, number } = await createTicket(test.database, scene, scene.ana);
    const comment = await service.comment(asStaff(scene), id, { body: 'Vamos ver', isPublic: true });
    expect(await service.get(asStaff(scene), id)).toMatchObject({
      status: 'open',
      lastReplyBy: 'staff',
      commentCount: 1,
    });
    const [mail] = await replyMail();
    expect(mail?.email).toBe(scene.ana.email);
    const facts = { mailId: newId(), recipient: { email: scene.ana.email, name: 'Ana' }, ids: mail!.ids };
    const content = await new TicketReplyMail(reader).compose(
      systemContext(scene.organizationId, { clock: systemClock }),
      {
        ...facts,
        locale: 'pt-BR',
      },
    );
    expect(content).toMatchObject({
      subject: `Resposta ao chamado ${number}: Internet cai todo dia`,
      portalId: scene.portalId,
      threadId: id,
    });
    const receipt = await new TicketReceivedMail(reader).compose(
      systemContext(scene.organizationId, { clock: systemClock }),
      {
        ...facts,
        locale: 'pt-BR',
      },
    );
    expect(receipt).toMatchObject({ threadId: id });
    expect(content).toMatchObject({
      blocks: expect.arrayContaining([
        { kind: 'quote', text: 'Vamos ver', author: scene.agent.name },
        {
          kind: 'button',
          label: 'Responder no portal',
          url: `${test.config.publicUrl}/o/p-${scene.portalId}/portal/tickets/${id}`,
        },
      ]),
    });
    await test.owner.query("update portal_users set status = 'suspended' where id = $1", [scene.ana.id]);
    expect(
      await new TicketReplyMail(reader).compose(systemContext(scene.organizationId, { clock: systemClock }), {
        ...facts,
        locale: 'en-US',
      }),
    ).toBe('drop');
    expect(comment.isPublic).toBe(true);
  });

  it('that is a note stays inside', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, { createdAt: new Date('2026-01-01') });
    await service.comment(asStaff(scene), id, { body: 'Cliente irritado', isPublic: false });
    expect(await replyMail()).toEqual([]);
    const ticket = await service.get(asStaff(scene), id);
    expect(ticket).toMatchObject({
      status: 'new',
      commentCount: 0,
      lastReplyBy: 'customer',
      updatedAt: new Date('2026-01-01'),
    });
    expect(ticket.comments.map(({ body, isPublic }) => [body, isPublic])).toEqual([['Cliente irritado', false]]);
    const { rows } = await test.owner.query(
      "select billing_account_id from audit_log where target_id = $1 and action = 'staff.ticket.comment.create'",
      [id],
    );
    expect(rows).toEqual([{ billing_account_id: null }]);
  });

  it('sets the status that it brings', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, { status: 'open' });
    const now = new Date('2026-06-01T10:00:00Z');
    await service.comment(asStaff(scene, now), id, { body: 'Resolvido', isPublic: true, status: 'resolved' });
    expect(await service.get(asStaff(scene), id)).toMatchObject({ status: 'resolved', resolvedAt: now });
  });
});

describe('the mail to the assignee', () => {
  it('is dropped when the ticket has gone to somebody else', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, { assigneeId: scene.agent.id });
    const comment = await service.comment(asStaff(scene), id, { body: 'Olá', isPublic: true });
    const facts = {
      mailId: newId(),
      recipient: { email: scene.agent.email, name: null },
      locale: 'pt-BR' as const,
      ids: { ticketId: id, commentId: comment.id, staffUserId: scene.agent.id },
    };
    const template = new TicketCustomerReplyMail(reader);
    expect(await template.compose(systemContext(scene.organizationId, { clock: systemClock }), facts)).toMatchObject({
      blocks: expect.arrayContaining([
        expect.objectContaining({ url: `${test.config.publicUrl}/console/inbox/${id}` }),
      ]),
    });
    await service.update(asStaff(scene), id, { assigneeId: null });
    expect(await template.compose(systemContext(scene.organizationId, { clock: systemClock }), facts)).toBe('drop');
  });
});
