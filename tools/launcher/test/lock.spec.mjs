// @ts-check
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { lockHolder, takeLock } from '../src/lock.mjs';
import { placesIn } from '../src/paths.mjs';
import { endOfOthersBuild } from '../src/prepare.mjs';
import { startTimeOf } from '../src/processes/identity.mjs';

/** @param {import('node:test').TestContext} test */
function lockFileIn(test) {
  const folder = mkdtempSync(join(tmpdir(), 'balcao-lock-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'state', 'running.json');
}

describe('the lock', () => {
  it('is held until it is released, and tells others what they may use', (test) => {
    const file = lockFileIn(test);
    const lock = takeLock(file, 'npm start');
    assert.ok('release' in lock);
    assert.equal(lock.wasStale, false);
    lock.publish({ databaseUrl: 'postgres://here' });
    const second = takeLock(file, 'npm start');
    assert.ok('holder' in second);
    assert.equal(second.holder.pid, process.pid);
    assert.equal(second.holder.state?.databaseUrl, 'postgres://here');
    lock.release();
    assert.equal(existsSync(file), false);
    assert.equal(lockHolder(file), undefined);
  });

  it('of a process that is gone is taken over', (test) => {
    const file = lockFileIn(test);
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const first = takeLock(file, 'npm start');
    assert.ok('release' in first);
    writeFileSync(file, JSON.stringify({ pid: gone, startTime: 'then', command: 'npm start' }));
    const lock = takeLock(file, 'npm start');
    assert.ok('release' in lock);
    assert.equal(lock.wasStale, true);
  });

  it('of an earlier process with the same id is taken over', { skip: process.platform === 'win32' }, (test) => {
    const file = lockFileIn(test);
    assert.ok('release' in takeLock(file, 'npm start'));
    writeFileSync(file, JSON.stringify({ pid: process.pid, startTime: 'before the reboot', command: 'npm start' }));
    assert.equal(lockHolder(file), undefined);
    assert.ok('release' in takeLock(file, 'npm start'));
  });

  it('that is damaged counts as none', (test) => {
    const file = lockFileIn(test);
    assert.ok('release' in takeLock(file, 'npm start'));
    writeFileSync(file, '{');
    assert.ok('release' in takeLock(file, 'npm start'));
  });
});

describe('a build of another command', () => {
  it('is waited for until it is done, or its process is gone', async (test) => {
    const root = mkdtempSync(join(tmpdir(), 'balcao-lock-'));
    test.after(() => rmSync(root, { recursive: true, force: true }));
    const places = placesIn(root);
    await endOfOthersBuild(places);
    const builder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    test.after(() => builder.kill('SIGKILL'));
    const pid = builder.pid ?? 0;
    mkdirSync(places.state);
    writeFileSync(places.buildLock, JSON.stringify({ pid, startTime: startTimeOf(pid), command: 'a build' }));
    let ended = false;
    const waiting = endOfOthersBuild(places).then(() => (ended = true));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(ended, false);
    builder.kill('SIGKILL');
    await waiting;
  });
});
