// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from './errors.mjs';
import { isAlive, startTimeOf } from './processes/identity.mjs';

/**
 * @typedef {object} Holder what the lock file says about the launcher that runs in this folder
 * @property {number} pid
 * @property {string} startTime tells it from a later process with the same id
 * @property {string} command for messages: "npm start"
 * @property {{ databaseUrl?: string, publicUrl?: string }} [state] what other commands may use while it runs
 */

/**
 * The launcher that holds the lock, if it really runs; a lock of a process that is gone counts as none.
 * @param {string} file
 * @returns {Holder | undefined}
 */
export function lockHolder(file) {
  try {
    /** @type {Holder} */
    const holder = JSON.parse(readFileSync(file, 'utf8'));
    if (!Number.isInteger(holder.pid) || !isAlive(holder.pid)) return undefined;
    const now = startTimeOf(holder.pid);
    return now === '' || holder.startTime === '' || now === holder.startTime ? holder : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock for this process.
 * @param {string} file
 * @param {string} command
 * @returns {{ holder: Holder } |
 *   { publish: (state: NonNullable<Holder['state']>) => void, release: () => void, wasStale: boolean }}
 *   `holder`: who has it instead; `wasStale`: the last one to have it was killed
 */
export function takeLock(file, command) {
  mkdirSync(dirname(file), { recursive: true });
  /** @type {Holder} */
  const own = { pid: process.pid, startTime: startTimeOf(process.pid), command };
  let wasStale = false;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      writeFileSync(file, JSON.stringify(own), { mode: 0o600, flag: 'wx' });
      return {
        wasStale,
        publish: (state) => writeFileSync(file, JSON.stringify({ ...own, state }), { mode: 0o600 }),
        release: () => rmSync(file, { force: true }),
      };
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      const holder = lockHolder(file);
      if (holder !== undefined) return { holder };
      wasStale = true;
      rmSync(file, { force: true });
    }
  }
  return { holder: { pid: 0, startTime: '', command: 'another command' } };
}
