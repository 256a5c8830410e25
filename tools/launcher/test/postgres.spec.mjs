// @ts-check
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import pg from 'pg';
import { LauncherError } from '../src/errors.mjs';
import { explainFailure } from '../src/postgres/explain.mjs';
import { startPostgres, THROW_AWAY } from '../src/postgres.mjs';
import { startThrowAwayPostgres } from '../src/postgres/throw-away.mjs';
import { isAlive } from '../src/processes/identity.mjs';
import { freePort, temporaryFolder } from './support/stand-in.mjs';

/** @param {import('node:test').TestContext} test */
function dataDirIn(test) {
  return join(temporaryFolder(test), 'postgres');
}

/**
 * Starts a server that ends with the test, however that ends.
 *
 * @param {import('node:test').TestContext} test
 * @param {import('../src/postgres.mjs').PostgresOptions} options
 */
async function start(test, options) {
  const server = await startPostgres(options);
  test.after(() => server.stop());
  return server;
}

/**
 * Makes temporary files go into a folder that nobody else may enter, under a umask that keeps it so.
 *
 * @param {import('node:test').TestContext} test
 */
function closedFolder(test) {
  const folder = temporaryFolder(test);
  chmodSync(folder, 0o700);
  const before = { folder: process.env['TMPDIR'], umask: process.umask(0o077) };
  process.env['TMPDIR'] = folder;
  test.after(() => {
    process.umask(before.umask);
    if (before.folder === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before.folder;
  });
  return folder;
}

/**
 * @param {string} url
 * @param {string} sql
 */
async function query(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  it('says who took its port meanwhile, and how to choose another', async (test) => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    test.after(() => other.close());
    await once(other, 'listening');
    await assert.rejects(startPostgres({ dataDir: dataDirIn(test), port, settings: THROW_AWAY }), (error) => {
      assert.ok(error instanceof LauncherError);
      assert.match(error.message, new RegExp(`Port ${port}, wanted for PostgreSQL, is in use by `));
      assert.match(error.whatToDo.join(' '), new RegExp(`POSTGRES_PORT=${port + 10} npm start`));
      return true;
    });
  });

  it('makes a UTF-8 cluster, keeps its data, and asks for the password', async (test) => {
    const dataDir = dataDirIn(test);
    const options = { dataDir, port: await freePort(), password: 'se/cret+ção', settings: THROW_AWAY };
    const first = await start(test, options);
    assert.equal(first.created, true);
    assert.equal(await first.ensureDatabase('balcao'), true);
    await query(first.url('balcao'), "create table kept as select 'ação'::text as word");
    const locale = await query(
      first.url('balcao'),
      `select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale
       from pg_database where datname = current_database()`,
    );
    assert.deepEqual(locale, [{ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' }]);
    await assert.rejects(
      query(first.url('balcao').replace(/:[^:@]+@/, ':wrong@'), 'select 1'),
      /password authentication failed/,
    );
    await first.stop();

    const second = await start(test, options);
    assert.equal(second.created, false);
    assert.equal(await second.ensureDatabase('balcao'), false);
    assert.deepEqual(await query(second.url('balcao'), 'select word from kept'), [{ word: 'ação' }]);
    await second.stop();
  });

  it('recovers after a crash that left its lock file', async (test) => {
    const dataDir = dataDirIn(test);
    const port = await freePort();
    const first = await start(test, { dataDir, port });
    await first.ensureDatabase('balcao');
    await query(first.url('balcao'), 'create table kept as select 7 as number');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    assert.equal(existsSync(join(dataDir, 'postmaster.pid')), true);
    const second = await start(test, { dataDir, port });
    assert.deepEqual(await query(second.url('balcao'), 'select number from kept'), [{ number: 7 }]);
    await second.stop();
  });

  it('clears away what an interrupted creation left', async (test) => {
    const dataDir = dataDirIn(test);
    mkdirSync(join(`${dataDir}.new-abc123`, 'data', 'base'), { recursive: true });
    const server = await start(test, { dataDir, port: await freePort(), settings: THROW_AWAY });
    await server.stop();
    assert.deepEqual(
      readdirSync(join(dataDir, '..')).filter((name) => name.includes('.new-')),
      [],
    );
  });

  it('does not touch a folder that is not a complete database', async (test) => {
    const dataDir = dataDirIn(test);
    mkdirSync(join(dataDir, 'base'), { recursive: true });
    await assert.rejects(startPostgres({ dataDir, port: await freePort() }), (error) => {
      assert.ok(error instanceof LauncherError);
      assert.match(error.message, /is not a complete PostgreSQL database/);
      assert.match(error.whatToDo.join('\n'), /move it away/);
      return true;
    });
    assert.equal(existsSync(join(dataDir, 'base')), true);
  });

  it('refuses data of another version and says how to keep it', async (test) => {
    const dataDir = dataDirIn(test);
    mkdirSync(join(dataDir, 'global'), { recursive: true });
    writeFileSync(join(dataDir, 'PG_VERSION'), '15\n');
    await assert.rejects(startPostgres({ dataDir, port: await freePort() }), /was written by PostgreSQL 15/);
  });

  it('leaves nothing of a server that was thrown away, wherever its data had to be', async (test) => {
    const home = closedFolder(test);
    const server = await startThrowAwayPostgres({ name: 'spec', settings: THROW_AWAY });
    assert.equal(server.wantedDataDir.startsWith(home), true);
    if (process.getuid?.() === 0) assert.match(server.dataDir, /^\/var\/lib\/balcao-[0-9a-f]{12}\/postgres$/);
    assert.deepEqual(await query(server.url(), 'select 1 as one'), [{ one: 1 }]);
    await server.discard();
    assert.equal(isAlive(server.pid), false);
    assert.equal(existsSync(dirname(server.dataDir)), false);
    assert.deepEqual(readdirSync(home), []);
  });

  it('leaves nothing of a throw-away server that did not start', async (test) => {
    const home = closedFolder(test);
    const elsewhere = () =>
      existsSync('/var/lib') ? readdirSync('/var/lib').filter((name) => name.startsWith('balcao-')) : [];
    const before = elsewhere();
    await assert.rejects(startThrowAwayPostgres({ name: 'spec', settings: { shared_buffers: 'nonsense' } }));
    assert.deepEqual(elsewhere(), before);
    assert.deepEqual(readdirSync(home), []);
  });

  const where = { dataDir: '/data', port: 5433 };
  for (const [output, message] of /** @type {const} */ ([
    ['FATAL:  could not write lock file: No space left on device', /the disk that holds \/data is full/],
    ['FATAL:  data directory "/data" has wrong ownership', /this user may not use \/data/],
    ['LOG:  could not bind IPv4 address: Address already in use', /port 5433 is in use/],
    ['postgres: error while loading shared libraries: libicui18n.so.60', /a library that it needs is missing/],
    ['PANIC:  could not locate a valid checkpoint record', /files in \/data are damaged/],
  ])) {
    it(`explains “${output}”`, () => {
      const error = explainFailure('PostgreSQL did not start', output, where);
      assert.match(error.message, message);
      assert.ok(error.whatToDo.length > 0);
    });
  }
});
