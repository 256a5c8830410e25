// @ts-check
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, isAlive, sendSignal } from '../processes/identity.mjs';

/**
 * What a running server says about itself in its data folder.
 * @param {string} dataDir
 * @returns {Promise<{ pid: number, port: number, ready: boolean } | undefined>}
 */
export async function readPostmasterFile(dataDir) {
  const text = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number.parseInt(lines[3] ?? '', 10), ready: lines[7] === 'ready' };
}

/**
 * The server that still runs on this data folder, if any: a leftover of a launcher that was killed. A file whose
 * process is gone, or belongs to another program by now, counts as none; PostgreSQL recovers from that by itself.
 * @param {string} dataDir
 */
export async function findRunningServer(dataDir) {
  const found = await readPostmasterFile(dataDir);
  if (found === undefined || !isAlive(found.pid)) return undefined;
  return /postgres/i.test(commandOf(found.pid)) ? found : undefined;
}

/** Stops a server by its process id: first fast (open transactions roll back), then at once. @param {number} pid */
export async function stopServer(pid) {
  for (const [signal, seconds] of /** @type {const} */ ([
    ['SIGINT', 10],
    ['SIGQUIT', 5],
  ])) {
    if (!sendSignal(pid, signal)) return;
    for (let waited = 0; waited < seconds * 1000; waited += 25) {
      await sleep(25);
      if (!isAlive(pid)) return;
    }
  }
  sendSignal(pid, 'SIGKILL');
}
