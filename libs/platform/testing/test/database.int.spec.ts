import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { newId } from '@balcao/platform-database';
import {
  countedPage,
  raw,
  refusing,
  sql,
  systemClock,
  systemContext,
  type CommitMark,
  type Database,
  type Db,
  type OrganizationContext,
} from '@balcao/platform-tenancy';
import { eventually, insertOrganization, testDatabase, type TestDatabase } from '../src/index.js';

/** A table of customers' rows, as any module has them. */
@Entity('billing_accounts')
class Account {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
}
@Entity('portal_users')
class User {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'billing_account_id' }) billingAccountId!: string;
  @Column('text') name!: string;
}

/** With row-level security and without it: the code's own conditions stand alone there. */
let test: TestDatabase;
let mine: OrganizationContext;
let theirs: OrganizationContext;
let accounts: { padaria: string; oficina: string; foreign: string };
const customer = (billingAccountId: string): OrganizationContext => ({
  ...mine,
  scope: { kind: 'account', billingAccountId },
});

beforeAll(async () => {
  test = await testDatabase({ entities: [Account, User], poolSize: 1 });
});
afterAll(() => test.close());
beforeEach(async () => {
  mine = systemContext(await insertOrganization(test.owner), { clock: systemClock });
  theirs = systemContext(await insertOrganization(test.owner), { clock: systemClock });
  accounts = { padaria: newId(), oficina: newId(), foreign: newId() };
  const rows = [
    [mine.organizationId, accounts.padaria, 'Padaria'],
    [mine.organizationId, accounts.oficina, 'Oficina'],
    [theirs.organizationId, accounts.foreign, 'Mercado'],
  ];
  for (const [organizationId, id, name] of rows) {
    await test.owner.query('insert into billing_accounts (organization_id, id, name) values ($1, $2, $3)', [
      organizationId,
      id,
      name,
    ]);
    const roleId = newId();
    await test.owner.query('insert into roles (organization_id, id, name) values ($1, $2, $3)', [
      organizationId,
      roleId,
      `Role ${name}`,
    ]);
    await test.owner.query(
      `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id)
       values ($1, $2, $3, $4, $5, $6)`,
      [organizationId, id, newId(), `${randomUUID()}@example.com`, name, roleId],
    );
  }
});

const names = async (db: Db) =>
  (await db.query<{ name: string }>(sql`select name from portal_users order by name`)).map(({ name }) => name);

const pid = (db: Db) => db.first<{ pid: number }>(sql`select pg_backend_pid() as pid`);

describe('a connection sees what its context may', () => {
  it.each(['read', 'transaction'] as const)('in a %s', async (kind) => {
    const seen = (context: OrganizationContext) => test.database[kind](context, names);
    // One connection in the pool, so that each is bound anew.
    for (let round = 0; round < 2; round += 1) {
      expect(await seen(mine)).toEqual(['Oficina', 'Padaria']);
      expect(await seen(theirs)).toEqual(['Mercado']);
      expect(await seen(customer(accounts.padaria))).toEqual(['Padaria']);
      expect(await seen(customer(accounts.oficina))).toEqual(['Oficina']);
      expect(await seen({ ...mine, scope: { kind: 'visitor' } })).toEqual([]);
    }
  });

  it('whatever it was bound to in a transaction meanwhile, committed or not', async () => {
    const read = () => test.database.read(mine, names);
    expect(await read()).toEqual(['Oficina', 'Padaria']);
    await test.database.transaction(theirs, names);
    expect(await read()).toEqual(['Oficina', 'Padaria']);
    const failed = test.database.transaction(theirs, () => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    expect(await read()).toEqual(['Oficina', 'Padaria']);
    await test.database.door('door_portal_by_slug', ['x']);
    expect(await test.database.transaction(theirs, names)).toEqual(['Mercado']);
  });

  it('and where it could not be bound, nobody is told what the one before may see', async () => {
    // No text of PostgreSQL's holds this character.
    const unbindable = customer('\0');
    const unfiltered = test.connect({ ownFilters: false });
    for (const look of [names, (db: Db) => db.repository(User).find()]) {
      await unfiltered.read(mine, names);
      let seen: unknown;
      const reading = unfiltered.read(unbindable, async (db) => (seen = await look(db)));
      await expect(reading).rejects.toThrow(/invalid byte sequence/);
      expect(seen).toBeUndefined();
      expect(await unfiltered.read(mine, names)).toEqual(['Oficina', 'Padaria']);
      expect(await unfiltered.read(theirs, names)).toEqual(['Mercado']);
    }
    // Nor is it forgotten where nothing was asked, nor noticed by nobody until something is.
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    await expect(unfiltered.read(unbindable, () => sleep(50))).rejects.toThrow(/invalid byte sequence/);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('and what changes something waits until it is bound', async () => {
    const unfiltered = test.connect({ ownFilters: false });
    await unfiltered.read(theirs, names);
    const renaming = unfiltered.read(customer('\0'), (db) =>
      db.execute(sql`update portal_users set name = (select 'Changed')`),
    );
    await expect(renaming).rejects.toThrow(/invalid byte sequence/);
    expect(await unfiltered.read(theirs, names)).toEqual(['Mercado']);
  });

  it.each(['read', 'transaction'] as const)(
    'and is lent until the end of a %s: what comes late is refused',
    async (kind) => {
      let late: Promise<PromiseSettledResult<unknown>[]> | undefined;
      const work = (db: Db): never => {
        const ended = sleep(50);
        late = Promise.allSettled([ended.then(() => names(db)), ended.then(() => db.repository(User).find())]);
        throw new Error('Early');
      };
      await expect(test.database[kind](mine, async (db) => work(db))).rejects.toThrow('Early');
      await test.database.transaction(theirs, (db) => db.query(sql`select pg_sleep(0.2)`));
      const refused = {
        status: 'rejected',
        reason: expect.objectContaining({ message: expect.stringMatching(/given back/) }),
      };
      expect(await late).toEqual([refused, refused]);
    },
  );

  it('and what is at work still is handed to nobody', async () => {
    const busy = async (db: Db) => Promise.all([db.query(sql`select 1 / 0`), db.query(sql`select pg_sleep(1)`)]);
    await expect(test.database.read(mine, busy)).rejects.toThrow(/division by zero/);
    const begun = performance.now();
    expect(await test.database.read(theirs, names)).toEqual(['Mercado']);
    expect(performance.now() - begun).toBeLessThan(900);
  });

  it('and is asked in one packet what is asked in one turn, also with what binds it', async () => {
    const sent = [jest.spyOn(Socket.prototype, '_write'), jest.spyOn(Socket.prototype, '_writev')];
    const several = (db: Db) => Promise.all([names(db), names(db), names(db)]);
    await test.database.read(theirs, names);
    const counts: number[] = [];
    for (const kind of ['read', 'read', 'transaction'] as const) {
      for (const each of sent) each.mockClear();
      await test.database[kind](mine, several);
      counts.push(sent.reduce((sum, { mock }) => sum + mock.calls.length, 0));
    }
    for (const each of sent) each.mockRestore();
    // A transaction begins before, and is committed behind.
    expect(counts).toEqual([1, 1, 3]);
  });

  it('and where it is lost, that is told to whom it is lent', async () => {
    let away: Promise<void> | undefined;
    const reading = test.database.read(mine, async (db) => {
      await names(db);
      await new Promise<void>((cut) => {
        away = test.outage(async () => {
          await sleep(50);
          cut();
          await reading.catch(() => {});
        });
      });
      return names(db);
    });
    await expect(reading).rejects.toMatchObject({ code: 'service_unavailable' });
    await away;
    expect(await test.database.read(mine, names)).toEqual(['Oficina', 'Padaria']);
  });

  it('and none is opened without an organization or a scope', async () => {
    for (const missing of [{ organizationId: '' }, { scope: undefined }]) {
      const context = { ...mine, ...missing } as OrganizationContext;
      await expect(test.database.read(context, names)).rejects.toThrow(/needs a context/);
      await expect(test.database.transaction(context, names)).rejects.toThrow(/needs a context/);
    }
  });

  it('as the platform all of it, or what new rows need', async () => {
    const all = expect.arrayContaining(['Mercado', 'Oficina', 'Padaria']);
    const noted = jest.spyOn(test.logger, 'debug');
    expect(await test.database.asPlatform('the reason', names)).toEqual(all);
    expect(noted).toHaveBeenCalledWith({ reason: 'the reason' }, expect.anything());
    noted.mockRestore();
    const found = await test.database.asPlatform('test', (db) => db.repository(User).find());
    expect(found.map((user) => user.name)).toEqual(all);
    const condition = await test.database.asPlatform(
      'test',
      (db) => db.query<{ name: string }>(sql`select name from portal_users u where ${db.account('u')} order by name`),
      customer(accounts.padaria),
    );
    expect(condition).toEqual([{ name: 'Padaria' }]);
    const insert = (tenant?: OrganizationContext) =>
      test.database.asPlatform(
        'test',
        (db) => db.execute(sql`insert into roles (id, name) values (${newId()}::uuid, ${newId()})`),
        tenant,
      );
    expect(await insert(theirs)).toBe(1);
    // The connections that were bound in a transaction are bound no more.
    for (const bound of await Promise.all(Array.from({ length: 4 }, () => insert().then(() => true, String))))
      expect(bound).toMatch(/null value in column "organization_id"/);
  });
});

describe('the code’s own conditions', () => {
  /** As the platform's role, which no policy narrows: what is left is the code's. */
  const by = <Result>(context: OrganizationContext, work: (db: Db) => Promise<Result>) =>
    test.database.asPlatform('test', work, context);
  const found = (context: OrganizationContext) =>
    by(context, async (db) => (await db.repository(User).find()).map(({ name }) => name).sort());

  it('keep a repository within its organization and account', async () => {
    expect(await found(mine)).toEqual(['Oficina', 'Padaria']);
    expect(await found(theirs)).toEqual(['Mercado']);
    expect(await found(customer(accounts.oficina))).toEqual(['Oficina']);
    const ofAccounts = await by(customer(accounts.oficina), (db) => db.repository(Account).findBy({}));
    expect(ofAccounts).toHaveLength(2);
  });

  it('stand in every operation of it', async () => {
    const [foreign] = await by(theirs, (db) => db.repository(User).find());
    const { id } = foreign!;
    await by(mine, async (db) => {
      const users = db.repository(User);
      expect(await users.findOne({ where: { id } })).toBeNull();
      expect(await users.findOneBy({ id })).toBeNull();
      await expect(users.findOneByOrFail({ id })).rejects.toThrow();
      expect(await users.findBy([{ id }, { name: 'Mercado' }])).toEqual([]);
      expect(await users.existsBy({ id })).toBe(false);
      expect(await users.count({ where: { id } })).toBe(0);
      expect((await users.update({ id }, { name: 'x' })).affected).toBe(0);
      expect((await users.delete({ id })).affected).toBe(0);
    });
    await by(theirs, async (db) => {
      const users = db.repository(User);
      expect(await users.findOneBy({ id })).toMatchObject({ name: 'Mercado' });
      expect(await users.findOneByOrFail({ id })).toMatchObject({ id });
      expect(await users.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } })).toMatchObject({ id });
      expect(await users.findOneBy({ id: newId() })).toBeNull();
      expect(await users.existsBy({ id })).toBe(true);
      expect(await users.count({ where: { name: 'Mercado' } })).toBe(1);
      expect(await users.count({ where: { name: 'Padaria' } })).toBe(0);
      expect((await users.update({ id }, { name: 'New' })).affected).toBe(1);
      expect((await users.delete({ id })).affected).toBe(1);
    });
  });

  it('are written in statements by name, and only where they are asked for', async () => {
    async function text(context: OrganizationContext, scope: 'tenant' | 'account'): Promise<string> {
      const [read, written] = await Promise.all(
        (['read', 'transaction'] as const).map((way) => test.database[way](context, async (db) => db[scope]('u').text)),
      );
      expect(written).toBe(read);
      return read!;
    }
    expect(await text(mine, 'tenant')).toBe('u.organization_id = $1::uuid');
    expect(await text(mine, 'account')).toBe('u.organization_id = $1::uuid');
    expect(await text(customer(accounts.padaria), 'tenant')).toBe('u.organization_id = $1::uuid');
    expect(await text(customer(accounts.padaria), 'account')).toBe(
      'u.organization_id = $1::uuid and u.billing_account_id = $2::uuid',
    );
    const values = await test.database.read(customer(accounts.padaria), async (db) => db.account('u').values);
    expect(values).toEqual([mine.organizationId, accounts.padaria]);
  });

  it('can be switched off to see the policies alone, but never those of the platform', async () => {
    const bare = await testDatabase({ entities: [Account, User], ownFilters: false });
    try {
      expect(await bare.database.read(mine, async (db) => db.account('u').text)).toBe('true');
      expect(await bare.database.transaction(mine, async (db) => db.tenant('u').text)).toBe('true');
      const ofPlatform = await bare.database.asPlatform('test', async (db) => db.tenant('u').text, mine);
      expect(ofPlatform).toBe('u.organization_id = $1::uuid');
    } finally {
      await bare.close();
    }
  });
});

describe('a transaction', () => {
  const rename = (db: Db) =>
    db.execute(sql`update billing_accounts set name = 'New' where id = ${accounts.padaria}::uuid`);
  const name = async () =>
    (await test.owner.query<{ name: string }>('select name from billing_accounts where id = $1', [accounts.padaria]))
      .rows[0]!.name;
  const ways: Record<string, (database: Database, work: (db: Db) => Promise<unknown>) => Promise<unknown>> = {
    'of an organization': (database, work) => database.transaction(mine, work),
    'of the platform': (database, work) => database.asPlatform('test', work, mine),
  };

  it.each(Object.entries(ways))(
    '%s keeps all of its work or nothing, and tells of it afterwards',
    async (_of, begin) => {
      const told: string[] = [];
      const work = async (db: Db) => {
        db.onCommit(() => told.push('committed'));
        await rename(db);
      };
      const failed = begin(test.database, async (db) => {
        await work(db);
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      const silent = begin(test.database, async (db) => {
        await work(db);
        await db.query(sql`select 1 / 0`).catch(() => {});
      });
      await expect(silent).rejects.toThrow('nothing was committed');
      expect([await name(), told]).toEqual(['Padaria', []]);
      await begin(test.database, async (db) => {
        await work(db);
        expect([await name(), told]).toEqual(['Padaria', []]);
      });
      expect([await name(), told]).toEqual(['New', ['committed']]);
    },
  );

  it('does what is asked of it together in that order, and where one fails nothing of it, nor what comes behind', async () => {
    const count = (db: Db) =>
      db.first<{ name: string }>(sql`select name from billing_accounts where id = ${accounts.padaria}::uuid`);
    const both = await test.database.transaction(mine, (db) => Promise.all([rename(db), count(db)]));
    expect(both).toEqual([1, { name: 'New' }]);
    const again = (db: Db) =>
      db.execute(sql`update billing_accounts set name = 'Again' where id = ${accounts.padaria}::uuid`);
    const failing = (db: Db) => db.execute(sql`insert into billing_accounts (name) values (1 / 0)`);
    const orders = [
      [again, failing],
      [failing, again],
      [again, failing, again],
    ];
    for (const order of orders) {
      const failed = test.database.transaction(mine, (db) => Promise.all(order.map((each) => each(db))));
      await expect(failed).rejects.toThrow(/division by zero/);
      expect([await name(), await test.database.read(mine, names)]).toEqual(['New', ['Oficina', 'Padaria']]);
    }
  });

  it('commits the mark of its context with its work, once, and fails with it', async () => {
    const marks: string[] = [];
    const commitMark: CommitMark = async (db) => void marks.push((await db.first(sql`select 1`)) ? 'marked' : 'alone');
    await test.database.transaction({ ...mine, commitMark }, rename);
    await test.database.asPlatform('test', rename, { ...mine, commitMark });
    await test.database.transaction(mine, async (db) => {
      db.commitsFor({ ...mine, commitMark });
      db.commitsFor({ ...mine, commitMark });
    });
    expect(marks).toEqual(['marked', 'marked', 'marked']);
    const refusing: CommitMark = () => Promise.reject(new Error('marked elsewhere'));
    const undone = test.database.transaction({ ...mine, commitMark: refusing }, (db) =>
      db.execute(sql`update billing_accounts set name = 'Other' where id = ${accounts.padaria}::uuid`),
    );
    await expect(undone).rejects.toThrow('marked elsewhere');
    expect(await name()).toBe('New');
  });

  it('or what is said without one wakes whoever listens: all of a moment in one statement, equal ones once', async () => {
    const heard: string[] = [];
    const hear = ({ payload }: { payload?: string }) => heard.push(payload!);
    test.owner.on('notification', hear);
    await test.owner.query('listen test');
    for (let n = 0; n < 500; n += 1) test.database.notify('test', `${n} ${'x'.repeat(200)}`);
    for (let n = 0; n < 3; n += 1) test.database.notify('test');
    for (let wait = 0; heard.length < 501 && wait < 100; wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await test.owner.query('select 1');
    }
    test.database.notify('test', 'later');
    await eventually('what is said later', () => test.owner.query('select 1').then(() => heard.includes('later')));
    test.owner.off('notification', hear);
    expect(heard).toEqual([...Array.from({ length: 500 }, (_, n) => `${n} ${'x'.repeat(200)}`), '', 'later']);
  });

  it('is what a listener needs', async () => {
    await expect(test.database.read(mine, async (db) => db.onCommit(() => {}))).rejects.toThrow(/no transaction/);
  });

  it('leaves its connection to the next, however it ends, and another where it is left open', async () => {
    const connection = await test.database.read(mine, pid);
    for (let n = 0; n < 5; n += 1) {
      await expect(test.database.transaction(mine, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      await expect(test.database.read(mine, (db) => db.query(sql`select 1/0`))).rejects.toThrow(/division/);
    }
    expect(await test.database.read(mine, names)).toHaveLength(2);
    expect(await test.database.read(mine, pid)).toEqual(connection);
    await test.database.read(mine, (db) => db.query(sql`begin`));
    expect(await test.database.read(mine, pid)).not.toEqual(connection);
  });

  it('is refused by name where a row is there already, and with its own error where something else fails', async () => {
    const insert = (id: string, name: string) =>
      test.database.transaction(mine, (db) =>
        refusing({ billing_accounts_pkey: 'conflict' }, () =>
          db.execute(sql`insert into billing_accounts (id, name) values (${id}::uuid, ${name})`),
        ),
      );
    expect(await insert(newId(), 'New')).toBe(1);
    await expect(insert(accounts.padaria, 'New')).rejects.toMatchObject({ code: 'conflict' });
    await expect(insert('x', 'New')).rejects.toThrow(/invalid input syntax/);
  });
});

it.each([
  [{ limit: 1, offset: 0 }, ['Oficina']],
  [{ limit: 1, offset: 1 }, ['Padaria']],
  [{ limit: 1, offset: 2 }, []],
])('a page %o has its rows and the number of all', async (page, rows) => {
  const found = test.database.read(mine, (db) =>
    countedPage<{ name: string }>(
      db,
      ({ limit, offset }) =>
        sql`select name, count(*) over ()::int as total from portal_users order by name limit ${limit} offset ${offset}`,
      page,
    ),
  );
  expect(await found).toEqual({ rows: rows.map((name) => ({ name })), total: 2 });
});

it('a database that was closed opens for nobody, and can be closed again', async () => {
  const connections = async () =>
    (
      await test.owner.query<{ pid: number }>('select pid from pg_stat_activity where datname = current_database()')
    ).rows.map((row) => row.pid);
  const own = await connections();
  const others = async () => (await connections()).filter((pid) => !own.includes(pid)).length;
  const other = test.connect();
  await Promise.all([other.ping(), other.ping(), other.asPlatform('test', names), other.asPlatform('test', names)]);
  expect(await others()).toBeGreaterThanOrEqual(2);
  await other.close();
  await other.close();
  await eventually('the end of its connections', async () => (await others()) === 0, 3_000);
  for (const late of [
    () => other.ping(),
    () => other.read(mine, names),
    () => other.transaction(mine, names),
    () => other.door('door_portal_by_slug', ['x']),
    () => other.asPlatform('late', names),
  ])
    await expect(late()).rejects.toMatchObject({ code: 'service_unavailable' });
});

it('statements whose texts vary without end are not kept by the server', async () => {
  const kept = await test.database.read(mine, async (db) => {
    const keptOf = async (from: number) => {
      await Promise.all(Array.from({ length: 1_200 }, (_, n) => db.query(sql`select ${raw(String(from + n))} as n`)));
      return (await db.first<{ count: number }>(sql`select count(*)::int from pg_prepared_statements`))!.count;
    };
    return [await keptOf(0), await keptOf(1_200)] as const;
  });
  expect(kept[0]).toBeGreaterThan(0);
  expect(kept[0]).toBeLessThan(1_100);
  expect(kept[1]).toBe(kept[0]);
});
