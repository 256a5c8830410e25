import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MailFacts } from '@balcao/platform-mail';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { sql } from '@balcao/platform-tenancy';
import { TicketMailReader } from '../src/emails/ticket-mail-facts.js';
import { TicketReceivedMail } from '../src/emails/ticket.mails.js';
import { TICKETS_ENTITIES } from '../src/persistence/ticket.entity.js';
import type { PortalTicketFilter } from '../src/persistence/portal-ticket-list.js';
import type { PortalTicketService } from '../src/portal-ticket.service.js';
import {
  asCustomer,
  asOwner,
  createTicket,
  createTicketScene,
  ticketServices,
  writeMails,
  type Person,
  type TicketScene,
} from './factories.js';

const PAGE: PortalTicketFilter = { sort: '-createdAt', limit: 50, offset: 0 };

let test: TestDatabase;
let service: PortalTicketService;
let scene: TicketScene;

beforeAll(async () => {
  test = await testDatabase({ entities: TICKETS_ENTITIES });
  service = ticketServices(test).portal;
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createTicketScene(test);
});

const mailsOf = async (template: string) => {
  await writeMails(test);
  const { rows } = await test.owner.query(
    'select recipient_email as email, subject_ids as ids from mails where organization_id = $1 and template = $2',
    [scene.organizationId, template],
  );
  return rows;
};
const auditOf = async (id: string) =>
  (
    await test.owner.query(
      'select action, actor_type, billing_account_id from audit_log where target_id = $1 order by id',
      [id],
    )
  ).rows;

describe('opening a ticket', () => {
  it('gives it a number, its account, a confirmation by mail and an audit row', async () => {
    const now = new Date('2027-01-01T01:00:00Z');
    const ticket = await service.create(asCustomer(scene, scene.ana, now), {
      subject: 'Internet cai',
      description: 'Todo dia',
    });
    expect(ticket).toMatchObject({
      number: 'T-2026-000001',
      status: 'new',
      priority: 'normal',
      type: 'request',
      source: 'portal',
      submittedById: scene.ana.id,
      billingAccountId: scene.ana.billingAccountId,
      createdAt: now,
      comments: [],
    });
    expect(await mailsOf('ticket-received')).toEqual([
      { email: scene.ana.email, ids: { ticketId: ticket.id, portalUserId: scene.ana.id } },
    ]);
    expect(await auditOf(ticket.id)).toEqual([
      { action: 'portal.ticket.create', actor_type: 'user', billing_account_id: scene.ana.billingAccountId },
    ]);
  });

  it('is confirmed with what was written, no longer than can be read, and with when we answer', async () => {
    const context = asCustomer(scene, scene.ana);
    const { id } = await service.create(context, { subject: 'Internet cai', description: '😀'.repeat(2_500) });
    await test.owner.query(
      `update portals set settings = jsonb_set(settings, '{tickets}', '{"firstAnswerHours": 4}') where id = $1`,
      [scene.portalId],
    );
    const mail = new TicketReceivedMail(new TicketMailReader(test.database, test.config));
    const content = await mail.compose(context, {
      ids: { ticketId: id, portalUserId: scene.ana.id },
      locale: 'pt-BR',
    } as Partial<MailFacts> as MailFacts);
    expect(content).toMatchObject({
      blocks: expect.arrayContaining([
        { kind: 'paragraph', text: 'A primeira resposta vem em até 4 horas.' },
        { kind: 'hours' },
        { kind: 'quote', text: `${'😀'.repeat(2_000)}…` },
      ]),
    });
  });

  it('numbers without gaps or doubles when many do it at once', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 24 }, async (_each, index) => {
        const person = [scene.ana, scene.bruno, scene.carla][index % 3]!;
        return (
          await service.create(asCustomer(scene, person, new Date('2026-05-05')), { subject: 'x', description: 'y' })
        ).number;
      }),
    );
    expect(numbers.sort()).toEqual(
      Array.from({ length: 24 }, (_each, index) => `T-2026-${String(index + 1).padStart(6, '0')}`),
    );
  });

  it('sends no mail to those who want none', async () => {
    await test.owner.query('update portal_users set receive_notifications = false where id = $1', [scene.ana.id]);
    await service.create(asCustomer(scene, scene.ana), { subject: 'x', description: 'y' });
    expect(await mailsOf('ticket-received')).toEqual([]);
  });
});

describe('the list', () => {
  const list: PortalTicketService['list'] = (context, filter) => service.list(context, filter);

  it('shows the account’s tickets or one’s own, as the role allows', async () => {
    const [mine, theirs] = [
      await createTicket(test.database, scene, scene.bruno),
      await createTicket(test.database, scene, scene.ana),
    ];
    await createTicket(test.database, scene, scene.carla);
    const ids = async (as: typeof asCustomer, scope?: 'own' | 'account') =>
      (await list(as(scene, scene.bruno), { ...PAGE, scope })).rows.map((row) => row.id).sort();
    expect(await ids(asOwner)).toEqual([mine.id]);
    expect(await ids(asCustomer)).toEqual([mine.id, theirs.id].sort());
    expect(await ids(asCustomer, 'own')).toEqual([mine.id]);
    await expect(ids(asOwner, 'account')).rejects.toMatchObject({ code: 'permission_denied' });
  });

  it('filters by status, priority, type and words without accents', async () => {
    const wanted = await createTicket(test.database, scene, scene.ana, {
      subject: 'Conexão lenta',
      status: 'pending',
      priority: 'high',
      type: 'incident',
    });
    await createTicket(test.database, scene, scene.ana, { subject: 'Fatura 100%_certa' });
    const find = async (filter: Partial<PortalTicketFilter>) =>
      (await list(asCustomer(scene, scene.ana), { ...PAGE, ...filter })).rows.map((row) => row.id);
    expect(await find({ q: 'LENTA conexao' })).toEqual([wanted.id]);
    expect(await find({ q: wanted.number.toLowerCase() })).toEqual([wanted.id]);
    expect(await find({ status: ['pending', 'on_hold'] })).toEqual([wanted.id]);
    expect(await find({ priority: ['high'], type: ['incident'] })).toEqual([wanted.id]);
    expect(await find({ q: '100%_cer' })).toHaveLength(1);
    expect(await find({ q: '%' })).toEqual([]);
    expect(await find({ q: "' or true --" })).toEqual([]);
  });

  it.each(['-createdAt', 'createdAt', '-updatedAt', 'updatedAt'] as const)(
    'walks all pages by cursor in the order %s, while tickets are added',
    async (sort) => {
      const moments = [5, 3, 3, 3, 1, 4, 2];
      for (const moment of moments)
        await createTicket(test.database, scene, scene.ana, { createdAt: new Date(moment * 1_000) });
      const seen: Date[] = [];
      let cursor: string | undefined;
      do {
        const page = await list(asCustomer(scene, scene.ana), { sort, cursor, limit: 2, offset: 0 });
        seen.push(...page.rows.map((row) => row.createdAt));
        cursor = page.nextCursor ?? undefined;
        // In front of what was read already: it must neither appear nor push anything out.
        await createTicket(test.database, scene, scene.ana, {
          createdAt: new Date(sort.startsWith('-') ? 9_000_000 : 0),
        });
      } while (cursor);
      const expected = moments.map((moment) => moment * 1_000).sort((a, b) => (sort.startsWith('-') ? b - a : a - b));
      expect(seen.map((moment) => moment.getTime())).toEqual(expected);
    },
  );

  it('sorts by priority, and tells the total behind the last page too', async () => {
    for (const priority of ['normal', 'urgent', 'low'] as const)
      await createTicket(test.database, scene, scene.ana, { priority });
    const page = await list(asCustomer(scene, scene.ana), { sort: '-priority', limit: 2, offset: 0 });
    expect(page.rows.map((row) => row.priority)).toEqual(['urgent', 'normal']);
    expect(page).toMatchObject({ total: 3, totalExact: true });
    const after = { sort: '-priority' as const, limit: 2, offset: 0, cursor: page.nextCursor! };
    expect((await list(asCustomer(scene, scene.ana), after)).rows.map((row) => row.priority)).toEqual(['low']);
    expect(await list(asCustomer(scene, scene.ana), { ...PAGE, offset: 500 })).toEqual({
      rows: [],
      total: 3,
      totalExact: true,
      version: page.version,
      nextCursor: null,
    });
  });

  it('refuses a cursor of another order', async () => {
    await createTicket(test.database, scene, scene.ana);
    await createTicket(test.database, scene, scene.ana);
    const { nextCursor } = await list(asCustomer(scene, scene.ana), { ...PAGE, limit: 1 });
    await expect(
      list(asCustomer(scene, scene.ana), { ...PAGE, sort: 'updatedAt', cursor: nextCursor! }),
    ).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  describe('at a version that the reader knows', () => {
    const versionFor = async (customer: 'ana' | 'carla') =>
      (await list(asCustomer(scene, scene[customer]), PAGE)).version;

    it('S3.90 is not read again, until a ticket of the account changes', async () => {
      await createTicket(test.database, scene, scene.ana);
      const known = await versionFor('ana');
      const now = () => service.version(asCustomer(scene, scene.ana));
      expect(await now()).toBe(known);
      await createTicket(test.database, scene, scene.carla);
      expect(await now()).toBe(known);
      await createTicket(test.database, scene, scene.ana);
      expect(await now()).not.toBe(known);
      const { rows, version } = await list(asCustomer(scene, scene.ana), PAGE);
      expect([rows.length, version]).toEqual([2, await now()]);
    });

    it('S3.90 grows with each committed change, and with no other', async () => {
      const { id } = await createTicket(test.database, scene, scene.ana);
      const [before, ofCarla] = [await versionFor('ana'), await versionFor('carla')];
      await service.comment(asCustomer(scene, scene.ana), id, 'Alguma novidade?');
      const commented = await versionFor('ana');
      expect(Number(commented)).toBeGreaterThan(Number(before));
      await expect(service.reopen(asCustomer(scene, scene.ana), id)).rejects.toThrow();
      expect(await versionFor('ana')).toBe(commented);
      await test.owner.query('delete from ticket_comments');
      await test.owner.query('delete from tickets where id = $1', [id]);
      expect(Number(await versionFor('ana'))).toBeGreaterThan(Number(commented));
      expect(await versionFor('carla')).toBe(ofCarla);
    });

    it('S3.90 is written by nobody but the trigger', async () => {
      await createTicket(test.database, scene, scene.ana);
      for (const statement of [
        sql`update account_versions set version = 0`,
        sql`delete from account_versions`,
        sql`insert into account_versions (billing_account_id, resource, version) values (${scene.ana.billingAccountId}, 'tickets', 9)`,
      ])
        await expect(
          test.database.read(asCustomer(scene, scene.ana), (db) => db.execute(statement)),
        ).rejects.toMatchObject({ code: '42501' });
    });
  });
});

describe('one ticket', () => {
  it('is not found by those who may not see it', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana);
    const other = await createTicketScene(test, 'Boreal');
    for (const context of [asOwner(scene, scene.bruno), asCustomer(scene, scene.carla), asCustomer(other, other.ana)]) {
      await expect(service.get(context, id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(service.comment(context, id, 'x')).rejects.toMatchObject({ code: 'not_found' });
      await expect(service.close(context, id)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await service.get(asCustomer(scene, scene.bruno), id)).toMatchObject({ id });
  });

  it('shows public comments in their order, and never a note', async () => {
    const author = { type: 'staff' as const, id: scene.agent.id, name: scene.agent.name };
    const { id } = await createTicket(test.database, scene, scene.ana, {
      createdAt: new Date(1_000),
      comments: [
        { author, body: 'primeira', createdAt: new Date(2_000) },
        { author, body: 'nota', isPublic: false, createdAt: new Date(3_000) },
        { author, body: 'segunda', createdAt: new Date(4_000) },
      ],
    });
    const ticket = await service.get(asOwner(scene, scene.ana), id);
    expect(ticket.comments.map(({ body, createdAt }) => [body, createdAt])).toEqual([
      ['primeira', new Date(2_000)],
      ['segunda', new Date(4_000)],
    ]);
    expect(ticket.commentCount).toBe(2);
  });
});

describe('what a customer comes back for', () => {
  const minutes = (count: number) => new Date(Date.UTC(2026, 5, 1, 12, count));
  const overview = (context = asCustomer(scene, scene.ana)) => service.overview(context);

  it('says what waits first, with who answered and when, and counts both in one statement', async () => {
    const answer = (at: number, isPublic = true) => ({
      author: { type: 'staff' as const, ...scene.agent },
      body: 'Pode mandar uma foto?',
      isPublic,
      createdAt: minutes(at),
    });
    const make = (by: Person, subject: string, more: object) =>
      createTicket(test.database, scene, by, { subject, ...more });
    await make(scene.ana, 'waits', {
      status: 'pending',
      createdAt: minutes(0),
      comments: [answer(5), answer(6, false)],
    });
    await make(scene.bruno, 'waits unanswered', { status: 'pending', createdAt: minutes(1) });
    await make(scene.ana, 'done', { status: 'resolved', createdAt: minutes(2), comments: [answer(9)] });
    await make(scene.carla, 'of others', { status: 'pending', createdAt: minutes(3) });
    for (let each = 0; each < 6; each += 1)
      await make(scene.ana, `open ${each}`, { status: 'open', createdAt: minutes(20 + each) });

    const seen = await overview();
    expect(seen.rows.map(({ subject, answeredBy, answeredAt }) => ({ subject, answeredBy, answeredAt }))).toEqual([
      { subject: 'waits', answeredBy: scene.agent.name, answeredAt: minutes(5) },
      { subject: 'waits unanswered', answeredBy: null, answeredAt: null },
      ...['open 5', 'open 4', 'open 3'].map((subject) => ({ subject, answeredBy: null, answeredAt: null })),
    ]);
    expect(seen).toMatchObject({ open: { total: 8, totalExact: true }, waiting: { total: 2, totalExact: true } });
    const own = await overview(asOwner(scene, scene.bruno));
    expect(own).toMatchObject({ open: { total: 1 }, waiting: { total: 1 }, rows: [{ subject: 'waits unanswered' }] });
  });

  it('counts nothing where nothing is open', async () => {
    expect(await overview()).toEqual({
      open: { total: 0, totalExact: true },
      waiting: { total: 0, totalExact: true },
      rows: [],
    });
  });
});

describe('a reply', () => {
  it('takes up a pending ticket again and tells its assignee', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, {
      status: 'pending',
      assigneeId: scene.agent.id,
    });
    const now = new Date('2026-06-01T10:00:00Z');
    const comment = await service.comment(asOwner(scene, scene.ana, now), id, 'Segue a foto');
    expect(comment).toMatchObject({
      body: 'Segue a foto',
      authorType: 'portal',
      authorName: 'Ana',
      isPublic: true,
      createdAt: now,
    });
    expect(await service.get(asOwner(scene, scene.ana), id)).toMatchObject({
      status: 'open',
      commentCount: 1,
      updatedAt: now,
      assigneeName: scene.agent.name,
    });
    expect(await mailsOf('ticket-customer-reply')).toEqual([
      { email: scene.agent.email, ids: { ticketId: id, commentId: comment.id, staffUserId: scene.agent.id } },
    ]);
    expect((await auditOf(id)).at(-1)).toMatchObject({ action: 'portal.ticket.comment.create', actor_type: 'user' });
  });

  it('is counted exactly when several come at once', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana);
    await Promise.all(
      Array.from({ length: 12 }, (_each, index) => service.comment(asOwner(scene, scene.ana), id, `n ${index}`)),
    );
    const ticket = await service.get(asOwner(scene, scene.ana), id);
    expect([ticket.commentCount, ticket.comments.length]).toEqual([12, 12]);
  });

  it('is refused once the ticket is closed, and leaves nothing behind', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, {
      status: 'closed',
      assigneeId: scene.agent.id,
    });
    await expect(service.comment(asOwner(scene, scene.ana), id, 'x')).rejects.toMatchObject({
      code: 'ticket_closed',
    });
    expect((await service.get(asOwner(scene, scene.ana), id)).comments).toEqual([]);
    expect(await mailsOf('ticket-customer-reply')).toEqual([]);
  });
});

describe('closing and reopening', () => {
  it('keeps the moments and writes the audit', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, { status: 'open' });
    const closedAt = new Date('2026-06-01T10:00:00Z');
    expect(await service.close(asOwner(scene, scene.ana, closedAt), id)).toMatchObject({
      status: 'closed',
      closedAt,
    });
    await expect(service.close(asOwner(scene, scene.ana), id)).rejects.toMatchObject({ code: 'ticket_closed' });
    expect(await service.reopen(asOwner(scene, scene.ana, new Date('2026-06-20')), id)).toMatchObject({
      status: 'open',
      closedAt: null,
    });
    await expect(service.reopen(asOwner(scene, scene.ana), id)).rejects.toMatchObject({ code: 'conflict' });
    expect((await auditOf(id)).map((row) => row.action)).toEqual([
      'staff.ticket.create',
      'portal.ticket.close',
      'portal.ticket.reopen',
    ]);
  });
});
