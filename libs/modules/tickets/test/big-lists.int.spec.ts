import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { TICKETS_ENTITIES } from '../src/persistence/ticket.entity.js';
import { INBOX_SORTS, listInbox, type InboxFilter, type InboxView } from '../src/persistence/inbox-list.js';
import {
  PORTAL_TICKET_SORTS,
  listPortalTickets,
  ticketOverview,
  type PortalTicketFilter,
} from '../src/persistence/portal-ticket-list.js';
import type { PageWish, Total } from '@balcao/platform-tenancy';
import { asCustomer, asStaff, createTicketScene, type TicketScene } from './factories.js';

/** More than a list looks at, of each of the two accounts. */
const TICKETS = 12_500;
const PAGE = { limit: 50, offset: 0 };

let test: TestDatabase;
let scene: TicketScene;

beforeAll(async () => {
  test = await testDatabase({ entities: TICKETS_ENTITIES });
  scene = await createTicketScene(test);
  const { owner } = test;
  await owner.query('set session_replication_role = replica');
  // Newer ones have higher numbers. Only old ones are urgent changes, and one in a thousand has a rare word.
  await owner.query(
    `insert into tickets (organization_id, billing_account_id, id, number, subject, description, type, priority, status,
       submitted_by_id, submitted_by_name, assignee_id, created_at, updated_at, last_activity_at)
     select $1, u.billing_account_id, ('019' || lpad(to_hex(n), 5, '0') || '-0000-7000-8000-' || lpad(u.place::text, 12, '0'))::uuid,
       'T-2026-' || lpad((2 * n + u.place)::text, 6, '0'), 'Internet', 'Sem conexão',
       case when n % 100 = 0 and n < 2000 then 'change' else 'incident' end,
       case when n % 100 = 0 and n < 2000 then 'urgent' when n % 2 = 0 then 'high' else 'normal' end,
       case when n % 3 = 0 then 'open' when n % 5 = 0 then 'resolved' else 'closed' end,
       case when n % 1250 = 0 and u.place = 0 then $3 else u.id end, u.name,
       case when n % 4 = 0 then $2::uuid end, at, at, at
     from generate_series(1, ${TICKETS}) n
     cross join (select u.*, case when u.id = $4 then 0 else 1 end as place from portal_users u where u.id in ($4, $5)) u
     cross join lateral (select '2026-01-01'::timestamptz + n * interval '1 minute' as at) t`,
    [scene.organizationId, scene.agent.id, scene.bruno.id, scene.ana.id, scene.carla.id],
  );
  await owner.query(
    `insert into ticket_search (organization_id, billing_account_id, submitted_by_id, ticket_id, words, staff_words)
     select t.organization_id, t.billing_account_id, t.submitted_by_id, t.id, w.words, case when right(t.number, 4) = '0001' then w.words || n.words end
     from tickets t
     cross join lateral (select s.words || to_tsvector('simple', case when right(t.number, 3) in ('500', '501') then 'zabumba' else '' end) as words
       from (select search_vector('pt-BR', 'sem conexão') as words offset 0) s) w
     cross join (select search_vector('pt-BR', 'segredinho') as words offset 0) n`,
  );
  await owner.query(
    `insert into ticket_comments (organization_id, billing_account_id, ticket_id, id, author_type, author_id, author_name, body)
     select organization_id, billing_account_id, id, gen_random_uuid(), 'portal', submitted_by_id, submitted_by_name, 'Ainda' from tickets`,
  );
  await owner.query('reset session_replication_role');
  await owner.query('vacuum analyze tickets, ticket_search, ticket_comments');
}, 120_000);
afterAll(() => test.close());

async function asOwner(condition: string): Promise<string[]> {
  const { rows } = await test.owner.query<{ id: string }>(
    `select id from tickets t where organization_id = $1 and ${condition} order by id desc`,
    [scene.organizationId],
  );
  // What this read is not to be told while something else is measured.
  await test.owner.query('select pg_stat_force_next_flush()');
  return rows.map(({ id }) => id);
}
const now = new Date('2026-06-01T12:00:00Z');
const inbox = (filter: Partial<InboxFilter>) => (db: Db) =>
  listInbox(db, { view: 'all', sort: '-lastActivityAt', ...PAGE, ...filter }, { staffId: scene.agent.id, now });
const portal = (filter: Partial<PortalTicketFilter>, own?: () => string) => (db: Db) =>
  listPortalTickets(db, { sort: '-createdAt', ...PAGE, ...filter }, own?.(), now);
type Cases<Filter> = {
  [Name in Exclude<keyof Filter, keyof PageWish | 'view' | 'sort'>]-?: () => [Filter[Name], string];
};
type Listed = Total & { rows: { id: string }[] };
const bruno = () => scene.bruno.id;
const ana = () => scene.ana.id;

/**
 * Tables that were read from end to end, rows of tickets that were fetched because no index had what was asked, and
 * entries of indexes that were read, as PostgreSQL counts them. The least of
 * three: what other connections did is told to the statistics a while later.
 */
async function costOf(context: OrganizationContext, list: (db: Db) => Promise<unknown>) {
  let least = await costOnce(context, list);
  for (let more = 0; more < 2 && least.scans > 0; more += 1) least = await costOnce(context, list);
  return least;
}

async function costOnce(context: OrganizationContext, list: (db: Db) => Promise<unknown>) {
  const tables = "('tickets', 'ticket_search', 'ticket_comments')";
  const read = async () =>
    (
      await test.owner.query<{ scans: number; fetched: number; entries: number }>(`
        select (select sum(seq_scan)::integer from pg_stat_user_tables where relname in ${tables}) as scans,
          (select sum(idx_tup_fetch)::integer from pg_stat_user_tables where relname = 'tickets') as fetched,
          (select sum(idx_tup_read)::integer from pg_stat_user_indexes where relname in ${tables}) as entries`)
    ).rows[0]!;
  const before = await read();
  await test.database.read(context, async (db) => {
    await list(db);
    await db.query(sql`select pg_stat_force_next_flush()`);
  });
  const after = await read();
  return {
    scans: after.scans - before.scans,
    fetched: after.fetched - before.fetched,
    entries: after.entries - before.entries,
  };
}

describe('every list of a big organization', () => {
  /** A page, what is counted, and the page's rows: of each view's number no more than is counted. */
  const QUICK = 5_500;
  /** What filters are asked of, for the page and for its number, besides. */
  const WALKING = QUICK + 40_002;
  /** Those shown, and those among which a search looks. */
  const FETCHED = 1_200;
  const byStatus: Partial<InboxFilter> = { status: ['open', 'closed'] };

  it.each<[string, number, () => (db: Db) => Promise<unknown>]>([
    ['all', QUICK, () => inbox({})],
    ['mine', QUICK, () => inbox({ view: 'mine' })],
    ['unassigned', QUICK, () => inbox({ view: 'unassigned' })],
    ['open', QUICK, () => inbox({ view: 'open' })],
    ['page 20', QUICK, () => inbox({ offset: 950 })],
    ['page 500', QUICK, () => inbox({ offset: 24_950 })],
    ['one status', QUICK, () => inbox({ status: ['resolved'] })],
    ['several statuses', 2 * QUICK, () => inbox(byStatus)],
    ['a status that the view leaves out', QUICK, () => inbox({ view: 'open', status: ['closed'] })],
    ['a customer', QUICK, () => inbox({ billingAccountId: scene.carla.billingAccountId })],
    ['what a colleague has', WALKING, () => inbox({ view: 'open', assigneeId: scene.agent.id })],
    ['what a colleague had', WALKING, () => inbox({ assigneeId: scene.agent.id })],
    ['a rare type', WALKING, () => inbox({ type: ['change'] })],
    ['a priority that nothing has', WALKING, () => inbox({ priority: ['low'] })],
    [
      'everything at once',
      WALKING,
      () => inbox({ view: 'unassigned', ...byStatus, type: ['change'], priority: ['urgent'] }),
    ],
    ['a frequent word', WALKING, () => inbox({ q: 'conexao' })],
    ['a rare word', WALKING, () => inbox({ q: 'zabumba' })],
    ['a word that nothing has', WALKING, () => inbox({ q: 'nadaassim' })],
    ['a frequent word and a rare type', WALKING, () => inbox({ q: 'conexao', type: ['change'] })],
    ['the address of somebody who wrote little', WALKING, () => inbox({ q: 'bruno@padaria.example' })],
    ['the address of somebody who wrote much', WALKING, () => inbox({ q: 'ana@padaria.example' })],
    ['an address that nobody has', WALKING, () => inbox({ q: 'ninguem@padaria.example' })],
    ['a number', QUICK, () => inbox({ q: 'chamado 52' })],
    ['longest without activity first', QUICK, () => inbox({ sort: 'lastActivityAt' })],
    ['unassigned, longest without activity first', QUICK, () => inbox({ view: 'unassigned', sort: 'lastActivityAt' })],
    ['most pressing first', WALKING, () => inbox({ sort: '-priority' })],
    ['unassigned, most pressing first', WALKING, () => inbox({ view: 'unassigned', sort: '-priority' })],
    ['a frequent word, most pressing first', WALKING, () => inbox({ q: 'conexao', sort: '-priority' })],
  ])('reads no table from end to end: inbox, %s', async (_what, most, list) => {
    expectCheap(await costOf(asStaff(scene), list()), most);
  });

  it.each<[string, number, () => (db: Db) => Promise<unknown>]>([
    ['all', QUICK, () => portal({})],
    ['oldest first', QUICK, () => portal({ sort: 'createdAt' })],
    ['latest change first', QUICK, () => portal({ sort: '-updatedAt' })],
    ['most pressing first', QUICK, () => portal({ sort: '-priority' })],
    ['page 250', QUICK, () => portal({ offset: 12_450 })],
    ['one status', QUICK, () => portal({ status: ['resolved'] })],
    ['several statuses', QUICK, () => portal({ status: ['open', 'closed', 'new'] })],
    ['a priority', QUICK, () => portal({ priority: ['urgent'] })],
    ['a rare type', WALKING, () => portal({ type: ['change'] })],
    [
      'status, type and priority',
      WALKING,
      () => portal({ status: ['open'], type: ['change'], priority: ['urgent', 'low'] }),
    ],
    ['a frequent word', WALKING, () => portal({ q: 'conexao' })],
    ['a frequent word, oldest first', WALKING, () => portal({ q: 'conexao', sort: 'createdAt' })],
    ['a rare word', WALKING, () => portal({ q: 'zabumba' })],
    ['few of one’s own', QUICK, () => portal({}, bruno)],
    ['one’s own of a status', QUICK, () => portal({ status: ['open'] }, bruno)],
    ['many of one’s own, latest change first', WALKING, () => portal({ sort: '-updatedAt' }, ana)],
    ['what waits and what is open', QUICK, () => (db: Db) => ticketOverview(db, undefined)],
    ['what waits and what is open of one’s own', 2 * WALKING, () => (db: Db) => ticketOverview(db, ana())],
    ['a word in one’s own', WALKING, () => portal({ q: 'conexao' }, bruno)],
  ])('reads no table from end to end: customer, %s', async (_what, most, list) => {
    expectCheap(await costOf(asCustomer(scene, scene.ana), list()), most);
  });

  /** Each filter, and what it means to the owner of the database: a new filter is missed here by its type. */
  const inboxFilters: Cases<InboxFilter> = {
    status: () => [['open', 'resolved'], "t.status in ('open', 'resolved')"],
    priority: () => [['urgent'], "t.priority = 'urgent'"],
    type: () => [['change'], "t.type = 'change'"],
    q: () => ['zabumba', "right(t.number, 3) in ('500', '501')"],
    billingAccountId: () => [scene.carla.billingAccountId, `t.billing_account_id = '${scene.carla.billingAccountId}'`],
    assigneeId: () => [scene.agent.id, `t.assignee_id = '${scene.agent.id}'`],
  };
  const portalFilters: Cases<PortalTicketFilter> = {
    status: inboxFilters.status,
    priority: inboxFilters.priority,
    type: inboxFilters.type,
    q: inboxFilters.q,
  };
  const views = {
    mine: () => `t.assignee_id = '${scene.agent.id}' and t.status not in ('resolved', 'closed')`,
    unassigned: () => "t.assignee_id is null and t.status not in ('resolved', 'closed')",
    open: () => "t.status not in ('resolved', 'closed')",
    all: () => 'true',
  };
  const combined = <Filter, Sort>(cases: Cases<Filter>, sorts: readonly Sort[]) =>
    Object.entries<() => [unknown, string]>(cases).flatMap(([name, of]) =>
      sorts.map((sort) => [name, sort, of] as const),
    );

  it.each(combined(inboxFilters, INBOX_SORTS))(
    'has and counts what fits, and fetches no more: inbox, %s, %s',
    async (name, sort, of) => {
      const [value, condition] = of();
      for (const [view, within] of Object.entries(views)) {
        const list = inbox({ view: view as InboxView, sort, [name]: value });
        await expectWhatFits(asStaff(scene), list, `${within()} and ${condition}`);
      }
    },
  );

  it.each(combined(portalFilters, PORTAL_TICKET_SORTS))(
    'has and counts what fits, and fetches no more: customer, %s, %s',
    async (name, sort, of) => {
      const [value, condition] = of();
      const account = `t.billing_account_id = '${scene.ana.billingAccountId}'`;
      const context = asCustomer(scene, scene.ana);
      await expectWhatFits(context, portal({ sort, [name]: value }), `${account} and ${condition}`);
      const own = `t.submitted_by_id = '${bruno()}'`;
      await expectWhatFits(context, portal({ sort, [name]: value }, bruno), `${own} and ${condition}`);
    },
  );

  function expectCheap({ scans, fetched, entries }: Awaited<ReturnType<typeof costOf>>, most = WALKING) {
    expect(scans).toBe(0);
    expect(fetched).toBeLessThanOrEqual(FETCHED);
    expect(entries).toBeLessThanOrEqual(most);
  }

  async function expectWhatFits(context: OrganizationContext, list: (db: Db) => Promise<Listed>, condition: string) {
    const fit = await asOwner(condition);
    const pages: Listed[] = [];
    expectCheap(await costOf(context, async (db) => pages.push(await list(db))));
    const { rows, total, totalExact } = pages[0]!;
    expect(rows.map(({ id }) => id).filter((id) => !fit.includes(id))).toEqual([]);
    if (totalExact) expect([total, rows.length]).toEqual([fit.length, Math.min(fit.length, PAGE.limit)]);
    else expect(total).toBeLessThanOrEqual(fit.length);
  }
});

describe('what is not counted or walked to its end', () => {
  const staff = <Result>(list: (db: Db) => Promise<Result>) => test.database.read(asStaff(scene), list);
  const customer = <Result>(list: (db: Db) => Promise<Result>) =>
    test.database.read(asCustomer(scene, scene.ana), list);

  /** All ids of a list by its cursors. */
  async function walk(page: (cursor?: string) => Promise<{ rows: { id: string }[]; nextCursor: string | null }>) {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const { rows, nextCursor } = await page(cursor);
      ids.push(...rows.map(({ id }) => id));
      cursor = nextCursor ?? undefined;
    } while (cursor);
    return ids;
  }

  it('is said to be 1,000 and more', async () => {
    const more = { total: 1_000, totalExact: false };
    expect(await staff(inbox({}))).toMatchObject({
      ...more,
      counts: { mine: 1_000, unassigned: 1_000, open: 1_000, all: 1_000 },
      countsExact: { mine: false, unassigned: false, open: false, all: false },
    });
    expect(await customer(portal({}))).toMatchObject(more);
    expect(await customer(portal({ q: 'conexao' }))).toMatchObject(more);
    expect(await customer(portal({}, bruno))).toMatchObject({ total: 10, totalExact: true });
    expect(await customer(portal({ priority: ['urgent'] }))).toMatchObject({ total: 19, totalExact: true });
  });

  it('is found however old by the address of who wrote it', async () => {
    const { rows, totalExact } = await staff(inbox({ q: 'bruno@padaria.example' }));
    expect(rows.map(({ id }) => id)).toEqual(await asOwner(`submitted_by_id = '${scene.bruno.id}'`));
    expect(rows).toHaveLength(10);
    expect(totalExact).toBe(true);
  });

  it('is reached by the cursor of the pages that lie beyond', async () => {
    const beyond = await customer(portal({ offset: 24_950 }));
    expect(beyond.rows).toEqual([]);
    const next = await customer(portal({ cursor: beyond.nextCursor! }));
    const account = await asOwner(`billing_account_id = '${scene.ana.billingAccountId}'`);
    expect(next.rows.map(({ id }) => id)).toEqual(account.slice(1_000, 1_050));
    expect(next.total).toBe(1_000);
  });

  it.each([
    [
      'inbox, a rare type',
      () => staff,
      (cursor?: string) => inbox({ type: ['change'], cursor, limit: 7 }),
      "type = 'change'",
    ],
    [
      'inbox, several statuses',
      () => staff,
      (cursor?: string) => inbox({ status: ['new', 'resolved'], cursor, limit: 100 }),
      "status = 'resolved'",
    ],
    [
      'inbox, a rare word',
      () => staff,
      (cursor?: string) => inbox({ q: 'zabumba', cursor, limit: 7 }),
      "right(number, 3) in ('500', '501')",
    ],
    [
      'inbox, a frequent word and a rare type',
      () => staff,
      (cursor?: string) => inbox({ q: 'conexao', type: ['change'], cursor, limit: 7 }),
      "type = 'change'",
    ],
    [
      'inbox, a word of notes',
      () => staff,
      (cursor?: string) => inbox({ q: 'segredinho', cursor, limit: 2 }),
      "right(number, 4) = '0001'",
    ],
  ] as const)('is found by following the cursors: %s', async (_what, reader, page, condition) => {
    const ids = await walk((cursor) => reader()(page(cursor)));
    expect(ids).toEqual([...new Set(ids)]);
    expect([...ids].sort().reverse()).toEqual(await asOwner(condition));
  });

  it.each([
    ['a rare type', (cursor?: string) => portal({ type: ['change'], cursor, limit: 7 }), "type = 'change'"],
    [
      'priorities',
      (cursor?: string) => portal({ sort: '-priority', type: ['change'], cursor, limit: 7 }),
      "type = 'change'",
    ],
    [
      'a rare word',
      (cursor?: string) => portal({ q: 'zabumba', cursor, limit: 3 }),
      "right(number, 3) in ('500', '501')",
    ],
    [
      'one’s own',
      (cursor?: string) => portal({ q: 'conexao', cursor, limit: 3 }, bruno),
      "submitted_by_id = (select id from portal_users where name = 'Bruno')",
    ],
  ] as const)('is found by following the cursors of a customer’s list: %s', async (_what, page, condition) => {
    const ids = await walk((cursor) => customer(page(cursor)));
    expect([...new Set(ids)].sort().reverse()).toEqual(
      await asOwner(`billing_account_id = '${scene.ana.billingAccountId}' and ${condition}`),
    );
  });

  it('does not tell a customer of notes, of others’ tickets, or of colleagues’ where the role shows one’s own', async () => {
    expect(await customer(portal({ q: 'segredinho' }))).toMatchObject({ rows: [], total: 0, totalExact: true });
    expect((await customer(portal({ q: 'zabumba' }))).total).toBe(25);
    const own = await customer(portal({ q: 'zabumba' }, bruno));
    expect([own.total, ...own.rows.map((row) => row.submittedById)]).toEqual([5, ...Array<string>(5).fill(bruno())]);
  });
});
