import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import { sql, systemClock, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { testConfig, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import {
  TicketCustomerCloseMail,
  TicketCustomerReopenMail,
  TicketReplyMail,
  TicketResolvedMail,
} from '../src/emails/ticket.mails.js';
import { TicketMailReader } from '../src/emails/ticket-mail-facts.js';
import { TICKETS_ENTITIES } from '../src/persistence/ticket.entity.js';
import { CloseResolvedHandler } from '../src/jobs/close-resolved.handler.js';
import { TicketRepository } from '../src/persistence/ticket.repository.js';
import type { PortalTicketService } from '../src/portal-ticket.service.js';
import type { StaffTicketService } from '../src/staff-ticket.service.js';
import type { TicketClosingService } from '../src/ticket-closing.service.js';
import {
  asOwner,
  asStaff,
  createTicket,
  createTicketScene,
  ticketServices,
  writeMails,
  type TicketScene,
} from './factories.js';

const RESOLVED_AT = new Date('2026-11-18T12:00:00Z');
const DUE = new Date('2026-11-25T12:00:00Z');
const BEFORE_DUE = new Date(DUE.getTime() - 1);

let test: TestDatabase;
let portal: PortalTicketService;
let staff: StaffTicketService;
let closing: TicketClosingService;
let reader: TicketMailReader;
let scene: TicketScene;

beforeAll(async () => {
  test = await testDatabase({ entities: TICKETS_ENTITIES });
  ({ portal, staff, closing } = ticketServices(test));
  reader = new TicketMailReader(test.database, test.config);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createTicketScene(test);
});

const at = (moment: Date): OrganizationContext => systemContext(scene.organizationId, { clock: { now: () => moment } });
const setDays = (autoCloseDays: number) =>
  test.owner.query('update portals set settings = $2 where organization_id = $1', [
    scene.organizationId,
    { tickets: { autoCloseDays } },
  ]);
const mailsOf = async () => {
  await writeMails(test);
  const { rows } = await test.owner.query<{ template: string; email: string; ids: Record<string, string> }>(
    'select template, recipient_email as email, subject_ids as ids from mails where organization_id = $1 order by id',
    [scene.organizationId],
  );
  return rows;
};
const stateOf = async (id: string) => (await staff.get(asStaff(scene), id)) as object;
const resolved = async () => {
  const { id } = await createTicket(test.database, scene, scene.ana, { assigneeId: scene.agent.id });
  await staff.update(asStaff(scene, RESOLVED_AT), id, { status: 'resolved' });
  return id;
};

describe('a resolved ticket', () => {
  it('S3.13 says when it closes by itself, by the setting of its portal at that moment', async () => {
    expect(await stateOf(await resolved())).toMatchObject({ resolvedAt: RESOLVED_AT, autoCloseAt: DUE });
    await setDays(2);
    expect(await stateOf(await resolved())).toMatchObject({ autoCloseAt: new Date('2026-11-20T12:00:00Z') });
    await setDays(0);
    const open = await resolved();
    expect(await stateOf(open)).toMatchObject({ status: 'resolved', autoCloseAt: null });
    expect(await closing.closeDue(at(new Date('2030-01-01')), 100)).toBe(2);
    expect(await stateOf(open)).toMatchObject({ status: 'resolved' });
  });

  it('S3.14 closes when its moment has come by the organization’s clock, once, as the system', async () => {
    const id = await resolved();
    expect(await closing.closeDue(at(BEFORE_DUE), 100)).toBe(0);
    const done = await Promise.all([closing.closeDue(at(DUE), 100), closing.closeDue(at(DUE), 100)]);
    expect(done.reduce((sum, count) => sum + count)).toBe(1);
    expect(await closing.closeDue(at(DUE), 100)).toBe(0);
    expect(await stateOf(id)).toMatchObject({
      status: 'closed',
      resolvedAt: RESOLVED_AT,
      closedAt: DUE,
      updatedAt: DUE,
      autoCloseAt: null,
    });
    const { rows } = await test.owner.query(
      "select actor_type, billing_account_id as account, changes from audit_log where target_id = $1 and action = 'system.ticket.close'",
      [id],
    );
    expect(rows).toEqual([
      {
        actor_type: 'system',
        account: scene.ana.billingAccountId,
        changes: { before: { status: 'resolved' }, after: { status: 'closed' } },
      },
    ]);
    expect(await portal.reopen(asOwner(scene, scene.ana, DUE), id)).toMatchObject({ status: 'open' });
  });

  it('does not close once it was taken up again', async () => {
    const [replied, reopened] = [await resolved(), await resolved()];
    await portal.comment(asOwner(scene, scene.ana), replied, 'Ainda cai');
    await portal.reopen(asOwner(scene, scene.ana), reopened);
    expect(await closing.closeDue(at(new Date('2030-01-01')), 100)).toBe(0);
    for (const id of [replied, reopened])
      expect(await stateOf(id)).toMatchObject({ status: 'open', autoCloseAt: null });
  });

  it('is left alone while somebody holds it, and no more are closed than asked for', async () => {
    const held = await resolved();
    await Promise.all(Array.from({ length: 60 }, resolved));
    await test.database.transaction(asStaff(scene), async (db) => {
      await new TicketRepository().lock(db, held);
      expect(await closing.closeDue(at(DUE), 10)).toBe(10);
      expect(await closing.closeDue(at(DUE), 1_000)).toBe(50);
    });
    expect(await stateOf(held)).toMatchObject({ status: 'resolved' });
    expect(await closing.closeDue(at(DUE), 1_000)).toBe(1);
  });

  it('B.1 of another organization is closed by that organization’s turn only', async () => {
    const id = await resolved();
    const other = await createTicketScene(test, 'Boreal');
    expect(await closing.closeDue(systemContext(other.organizationId, { clock: { now: () => DUE } }), 100)).toBe(0);
    expect(await stateOf(id)).toMatchObject({ status: 'resolved' });
  });

  it('is found by the job in every active organization, even where another one fails', async () => {
    const long = new Date('2020-01-01');
    const scenes = [scene, await createTicketScene(test, 'Boreal'), await createTicketScene(test, 'Suspensa')];
    const ids = await Promise.all(
      scenes.map(async (each) => {
        const { id } = await createTicket(test.database, each, each.ana);
        await staff.update(asStaff(each, long), id, { status: 'resolved' });
        return id;
      }),
    );
    await test.owner.query("update organizations set status = 'suspended' where id = $1", [scenes[2]!.organizationId]);
    const broken = ticketServices(test).closing;
    const closeDue = broken.closeDue.bind(broken);
    broken.closeDue = async (context, most) => {
      if (context.organizationId === scenes[0]!.organizationId) throw new Error('away');
      return closeDue(context, most);
    };
    await expect(new CloseResolvedHandler(test.database, broken).handle()).rejects.toThrow(/Not every organization/);
    const statuses = async () =>
      (
        await test.owner.query<{ status: string }>(
          'select status from tickets where id = any($1) order by array_position($1, id)',
          [ids],
        )
      ).rows.map(({ status }) => status);
    expect(await statuses()).toEqual(['resolved', 'closed', 'resolved']);
    await new CloseResolvedHandler(test.database, closing).handle();
    expect(await statuses()).toEqual(['closed', 'closed', 'resolved']);
  });

  it('finds what is due without reading what is not', async () => {
    const plan = await test.database.transaction(asStaff(scene), async (db) => {
      await db.execute(sql`set local enable_seqscan = off`);
      return db.query<{ 'QUERY PLAN': string }>(sql`
        explain select t.id from tickets t where ${db.tenant('t')} and t.auto_close_at <= now() order by t.auto_close_at, t.id limit 50`);
    });
    expect(JSON.stringify(plan)).toContain('tickets_auto_close');
  });
});

describe('mails about the end of a ticket', () => {
  const facts = (ids: Record<string, string>) => ({
    mailId: newId(),
    recipient: { email: scene.ana.email, name: 'Ana' },
    locale: 'pt-BR' as const,
    ids,
  });
  const context = () => systemContext(scene.organizationId, { clock: systemClock });

  it('S3.64 tell the submitter that staff resolved it, and until when a reply counts', async () => {
    const id = await resolved();
    const [mail] = await mailsOf();
    expect(mail).toMatchObject({ template: 'ticket-resolved', email: scene.ana.email });
    const template = new TicketResolvedMail(reader);
    const content = await template.compose(context(), facts(mail!.ids));
    expect(JSON.stringify(content)).toContain('o chamado se encerra em 25 de novembro de 2026');
    await test.owner.query('update portal_users set receive_notifications = false where id = $1', [scene.ana.id]);
    expect(await template.compose(context(), facts(mail!.ids))).toBe('drop');
    await test.owner.query('update portal_users set receive_notifications = true where id = $1', [scene.ana.id]);
    await staff.update(asStaff(scene), id, { status: 'open' });
    expect(await template.compose(context(), facts(mail!.ids))).toBe('drop');
  });

  it('wait for as long as it may be undone, and are one for what was done, undone and done again', async () => {
    const template = new TicketResolvedMail(reader);
    const composed = async () => {
      const mails = await mailsOf();
      return Promise.all(mails.map(({ ids }) => template.compose(context(), facts(ids))));
    };
    const id = await resolved();
    expect(await composed()).toHaveLength(1);
    await staff.update(asStaff(scene), id, { status: 'open' });
    expect(await composed()).toEqual(['drop']);
    await staff.update(asStaff(scene), id, { status: 'resolved', priority: 'low' });
    expect(await composed()).toEqual(['drop', expect.objectContaining({ heading: 'Seu chamado foi resolvido' })]);
    // As many times before anybody has heard of it.
    await staff.update(asStaff(scene), id, { status: 'pending' });
    await staff.update(asStaff(scene), id, { status: 'resolved' });
    await staff.update(asStaff(scene), id, { status: 'open' });
    await staff.update(asStaff(scene), id, { status: 'resolved' });
    expect((await composed()).filter((each) => each !== 'drop')).toHaveLength(1);
  });

  it('go out after the delay that is configured, and others at once', async () => {
    const waiting = async () => {
      await writeMails({
        ...test,
        config: testConfig({ databaseUrl: test.config.databaseUrl!, statusMailDelaySeconds: 45 }),
      });
      const { rows } = await test.owner.query<{ template: string; seconds: number }>(
        `select m.template, extract(epoch from o.due_at - o.created_at)::int as seconds from mails m
         join outbox o on o.payload ->> 'mailId' = m.id::text where m.organization_id = $1 order by m.id`,
        [scene.organizationId],
      );
      return rows;
    };
    const id = await resolved();
    expect(await waiting()).toEqual([{ template: 'ticket-resolved', seconds: 45 }]);
    await portal.reopen(asOwner(scene, scene.ana), id);
    await portal.close(asOwner(scene, scene.ana), id);
    await portal.reopen(asOwner(scene, scene.ana), id);
    await staff.comment(asStaff(scene), id, { body: 'Vimos.', isPublic: true });
    expect((await waiting()).slice(1)).toEqual([
      { template: 'ticket-customer-reopen', seconds: 45 },
      { template: 'ticket-customer-close', seconds: 45 },
      { template: 'ticket-reply', seconds: 0 },
    ]);
  });

  it('are for nobody who wants none', async () => {
    await test.owner.query('update portal_users set receive_notifications = false where id = $1', [scene.ana.id]);
    await resolved();
    expect(await mailsOf()).toEqual([]);
  });

  it('are one with the answer that resolves it', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana);
    const answer = { body: 'Trocamos o conversor.', isPublic: true, status: 'resolved' as const };
    await staff.comment(asStaff(scene, RESOLVED_AT), id, answer);
    const mails = await mailsOf();
    expect(mails.map(({ template }) => template)).toEqual(['ticket-reply']);
    expect(JSON.stringify(await new TicketReplyMail(reader).compose(context(), facts(mails[0]!.ids)))).toContain(
      '25 de novembro de 2026',
    );
  });

  it('tell the assignee that the customer closed or reopened it', async () => {
    const { id } = await createTicket(test.database, scene, scene.ana, { assigneeId: scene.agent.id });
    const close = new TicketCustomerCloseMail(reader);
    const reopen = new TicketCustomerReopenMail(reader);
    await portal.close(asOwner(scene, scene.ana), id);
    const ids = { ticketId: id, staffUserId: scene.agent.id };
    expect(await mailsOf()).toMatchObject([{ template: 'ticket-customer-close', email: scene.agent.email, ids }]);
    expect(await close.compose(context(), facts(ids))).toMatchObject({ heading: 'O cliente encerrou o chamado' });
    expect(await reopen.compose(context(), facts(ids))).toBe('drop');
    await portal.reopen(asOwner(scene, scene.ana), id);
    expect((await mailsOf()).at(-1)).toMatchObject({ template: 'ticket-customer-reopen', email: scene.agent.email });
    expect(await close.compose(context(), facts(ids))).toBe('drop');
    expect(await reopen.compose(context(), { ...facts(ids), locale: 'en-US' })).toMatchObject({
      heading: 'The customer reopened the ticket',
    });
    await staff.update(asStaff(scene), id, { assigneeId: null });
    expect(await reopen.compose(context(), facts(ids))).toBe('drop');
    await portal.close(asOwner(scene, scene.ana), id);
    expect(await mailsOf()).toHaveLength(2);
  });
});
