// @ts-check
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isAlive } from '../src/processes/identity.mjs';
import { probePort } from '../src/ports.mjs';
import { readPostmasterFile } from '../src/postgres/postmaster.mjs';
import { canReach } from '../src/postgres/run-as.mjs';
import { ask, eventually, freePorts, STAND_IN_PROGRAM, standInRoot, startLauncher } from './support/stand-in.mjs';

describe('npm start', { concurrency: false }, () => {
  it('starts everything in a folder with a space, and leaves no process when it is stopped', async (test) => {
    const places = standInRoot(test);
    const ports = await freePorts();
    const first = startLauncher(test, places, ports);
    await first.running();
    assert.match(first.output(), /Balcão is running\./);
    assert.match(first.output(), /ana@padaria\.example/);
    const api = await ask(ports['PORT']);
    const worker = await ask(ports['WORKER_PORT']);
    assert.equal(api.secret, JSON.parse(readFileSync(places.secretsFile, 'utf8')).secretKey);
    assert.equal(statSync(places.secretsFile).mode & 0o777, 0o600);
    const database = await readPostmasterFile(places.postgresData);
    first.child.kill('SIGINT');
    assert.equal(await first.exited, 0);
    for (const pid of [api.pid, worker.pid, database?.pid ?? 0]) assert.equal(isAlive(pid), false, `process ${pid}`);
    for (const port of Object.values(ports)) assert.equal(await probePort(Number(port)), 'free');
    assert.equal(existsSync(places.lockFile), false);

    const second = startLauncher(test, places, ports);
    await second.running();
    assert.match(second.output(), /Balcão is running\./);
    assert.doesNotMatch(second.output(), /Writing the demo data/);
    assert.equal((await ask(ports['PORT'])).database, api.database);
  });

  it('refuses a second start in the same folder and names the first', async (test) => {
    const places = standInRoot(test);
    const ports = await freePorts();
    const first = startLauncher(test, places, ports);
    await first.running();
    const second = startLauncher(test, places, await freePorts());
    assert.equal(await second.exited, 1);
    assert.match(second.output(), new RegExp(`already runs in this folder: npm start, process ${first.child.pid}\\.`));
    assert.match(second.output(), new RegExp(`Open http://[^ ]+:${ports['PORT']}, or stop it`));
    await ask(ports['PORT']);
  });

  it('names a busy port, its holder and the variable before it starts anything', async (test) => {
    const places = standInRoot(test);
    const ports = await freePorts();
    const squatter = createServer().listen(Number(ports['PORT']), '127.0.0.1');
    test.after(() => squatter.close());
    const launcher = startLauncher(test, places, ports);
    assert.equal(await launcher.exited, 1);
    assert.match(launcher.output(), new RegExp(`Port ${ports['PORT']}, wanted for the portal and its API, is in use`));
    assert.match(launcher.output(), / PORT=\d+ npm start/);
    if (process.platform === 'linux') assert.match(launcher.output(), new RegExp(`process ${process.pid}`));
    assert.equal(existsSync(places.postgresData), false);
  });

  it('opens no demo to other machines, neither one that it would make nor one that is there', async (test) => {
    const places = standInRoot(test);
    const env = { ...(await freePorts()), HOST: '0.0.0.0' };
    const making = startLauncher(test, places, env);
    assert.equal(await making.exited, 1);
    assert.match(making.output(), /HOST=0\.0\.0\.0 would let others in.*\n {2}→ Start without the demo: BALCAO_DEMO=0/);
    assert.equal(existsSync(places.postgresData), false);
    mkdirSync(places.state, { recursive: true });
    writeFileSync(places.seededFile, '');
    const made = startLauncher(test, places, { ...env, BALCAO_DEMO: '0' });
    assert.equal(await made.exited, 1);
    assert.match(made.output(), /\n {2}→ The demo is in this database/);
    assert.equal(existsSync(places.postgresData), false);
  });

  it('names the file that is in the way of its folder', async (test) => {
    const places = standInRoot(test);
    writeFileSync(places.state, '');
    const launcher = startLauncher(test, places, await freePorts());
    assert.equal(await launcher.exited, 1);
    rmSync(places.state);
    assert.match(launcher.output(), /\.balcao.* cannot be used .*\n {2}→ A file stands where a folder is wanted/);
  });

  it('says that its folder belongs to somebody else', async (test) => {
    const nobody = process.getuid?.() === 0 ? { name: 'nobody', uid: 65_534, gid: 65_534 } : undefined;
    if (nobody && !canReach(nobody, dirname(STAND_IN_PROGRAM))) {
      test.skip('the repository is out of reach for any other user');
      return;
    }
    const places = standInRoot(test);
    mkdirSync(places.state);
    chmodSync(places.state, 0o555);
    const launcher = startLauncher(test, places, await freePorts(), { uid: nobody?.uid });
    assert.equal(await launcher.exited, 1);
    chmodSync(places.state, 0o755);
    assert.match(launcher.output(), /running\.json cannot be used \(EACCES\)\.\n {2}→ It belongs to another user/);
    assert.doesNotMatch(launcher.output(), /\.mjs/);
  });

  it('restarts an API that dies, and gives up with its last lines when it keeps dying', async (test) => {
    const places = standInRoot(test);
    const ports = await freePorts();
    const launcher = startLauncher(test, places, ports);
    await launcher.running();
    for (let death = 1; death <= 4; death += 1) {
      const before = (await ask(ports['PORT'])).pid;
      await ask(ports['PORT'], '/crash').catch(() => undefined);
      if (death === 4) break;
      await eventually(async () => {
        const now = await ask(ports['PORT']).catch(() => undefined);
        return now !== undefined && now.pid !== before;
      });
    }
    assert.equal(await launcher.exited, 1);
    assert.match(launcher.output(), /The API ended with code 3 \(Error: out of paper\)\. Starting it again/);
    assert.match(launcher.output(), /The API keeps ending on its own\./);
    for (const port of Object.values(ports)) assert.equal(await probePort(Number(port)), 'free');
  });

  it('restarts the mailbox without touching the rest', async (test) => {
    const places = standInRoot(test);
    const ports = await freePorts();
    const launcher = startLauncher(test, places, ports);
    await launcher.running();
    const api = await ask(ports['PORT']);
    const { describeHolder } = await import('../src/ports.mjs');
    const holder = () => Number(/process (\d+)/.exec(describeHolder(Number(ports['MAILBOX_PORT'])))?.[1]);
    // Nothing waits for it.
    await eventually(() => holder() > 0);
    const mailbox = holder();
    process.kill(mailbox, 'SIGKILL');
    await eventually(() => !isAlive(mailbox));
    await eventually(
      async () => (await fetch(`http://127.0.0.1:${ports['MAILBOX_PORT']}/health`).catch(() => undefined))?.ok ?? false,
    );
    assert.equal((await ask(ports['PORT'])).pid, api.pid);
  });

  it('ends its programs when it is killed, and the next start takes over the database it left', async (test) => {
    const places = standInRoot(test);
    const ports = await freePorts();
    const first = startLauncher(test, places, ports);
    await first.running();
    const { pid } = await ask(ports['PORT']);
    first.child.kill('SIGKILL');
    const second = startLauncher(test, places, ports);
    await second.running();
    assert.match(second.output(), /Balcão is running\./);
    assert.equal(isAlive(pid), false);
    second.child.kill('SIGTERM');
    assert.equal(await second.exited, 0);
  });

  it('shows what a failing migration said and stops the database', async (test) => {
    const places = standInRoot(test);
    const ports = await freePorts();
    const launcher = startLauncher(test, places, { ...ports, BROKEN_MIGRATION: '1' });
    assert.equal(await launcher.exited, 1);
    assert.match(launcher.output(), /relation is missing[\s\S]*The database could not be migrated\./);
    for (const port of Object.values(ports)) assert.equal(await probePort(Number(port)), 'free');
  });

  describe('over a database with the schema of an older, unreleased version', () => {
    /**
     * @param {import('node:test').TestContext} test
     * @param {string[]} organizations
     */
    async function olderInstallation(test, organizations) {
      const places = standInRoot(test);
      const ports = await freePorts();
      const first = startLauncher(test, places, ports);
      await first.running();
      const { database } = await ask(ports['PORT']);
      const query = async (/** @type {string} */ statement, /** @type {unknown[]} */ values = []) => {
        const client = new pg.Client({ connectionString: database });
        await client.connect();
        return client.query(statement, values).finally(() => client.end());
      };
      await query('create table of_another_version ()');
      await query('create table organizations (slug text)');
      await query('insert into organizations select unnest($1::text[])', [organizations]);
      return { places, ports, query, first, database };
    }

    it('makes the demo anew and says so', async (test) => {
      const { places, ports, first, query } = await olderInstallation(test, ['aurora', 'boreal']);
      first.child.kill('SIGTERM');
      await first.exited;
      const second = startLauncher(test, places, ports);
      await second.running();
      assert.match(second.output(), /made by an older, unreleased version of Balcão.*\n.*made anew/);
      assert.match(second.output(), /Writing the demo data/);
      const { rows } = await query("select to_regclass('of_another_version') as found");
      assert.equal(rows[0].found, null);
    });

    it('leaves alone what holds organizations of one’s own', async (test) => {
      const { places, ports, first } = await olderInstallation(test, ['aurora', 'mine']);
      first.child.kill('SIGTERM');
      await first.exited;
      const second = startLauncher(test, places, ports);
      assert.equal(await second.exited, 1);
      assert.match(second.output(), /made by an unreleased version[\s\S]*It holds more than the demo/);
      const third = startLauncher(test, places, ports);
      assert.equal(await third.exited, 1, 'it is still there');
    });

    it('never empties a database of DATABASE_URL', async (test) => {
      const { database, query } = await olderInstallation(test, ['aurora']);
      const second = startLauncher(test, standInRoot(test), { ...(await freePorts()), DATABASE_URL: database });
      assert.equal(await second.exited, 1);
      assert.match(second.output(), /never empties a database of DATABASE_URL/);
      assert.equal((await query('select * from of_another_version')).rowCount, 0);
    });
  });

  it('kills what does not stop, at once on a second Ctrl-C', async (test) => {
    const places = standInRoot(test);
    const ports = await freePorts();
    const launcher = startLauncher(test, places, { ...ports, STUBBORN: '1' });
    await launcher.running();
    const { pid } = await ask(ports['PORT']);
    launcher.child.kill('SIGINT');
    await eventually(() => launcher.output().includes('Stopping'));
    await sleep(600);
    launcher.child.kill('SIGINT');
    assert.equal(await launcher.exited, 1);
    await eventually(() => !isAlive(pid));
    await eventually(async () => (await probePort(Number(ports['POSTGRES_PORT']))) === 'free');
  });

  it('takes two signals of one Ctrl-C as one, and stops in order', async (test) => {
    const places = standInRoot(test);
    const ports = await freePorts();
    const launcher = startLauncher(test, places, ports);
    await launcher.running();
    launcher.child.kill('SIGINT');
    await sleep(20);
    launcher.child.kill('SIGINT');
    assert.equal(await launcher.exited, 0);
  });

  it('stops when npm is ended and can pass on no signal', async (test) => {
    const places = standInRoot(test);
    const ports = await freePorts();
    const launcher = startLauncher(test, places, { ...ports, npm_lifecycle_event: 'start' }, { throughShell: true });
    await launcher.running();
    const { pid } = await ask(ports['PORT']);
    launcher.child.kill('SIGTERM');
    await eventually(() => !isAlive(pid));
    for (const port of Object.values(ports)) {
      await eventually(async () => (await probePort(Number(port))) === 'free');
    }
    await eventually(() => !existsSync(places.lockFile));
  });
});
