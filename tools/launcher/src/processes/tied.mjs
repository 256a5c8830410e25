// @ts-check
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { orElse } from '../errors.mjs';
import { allProcesses, commandOf, isAlive, sendSignal } from './identity.mjs';

/**
 * In the environment of everything that is started below a tied child. It finds descendants that lead a group of their
 * own and whose parents are gone: a database server, a detached program.
 */
export const MARK = 'BALCAO_RUN';
const GRACE_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ child: ChildProcess, mark: string, group: boolean }} Tied */

/** @type {Map<ChildProcess, Tied>} */
const running = new Map();
let count = 0;

/**
 * Starts a program that ends at the latest with the launcher: in a group of its own, so that what it starts can be ended
 * with it. `interactive`: it stays in the terminal's group, where it may read.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { interactive?: boolean }} options
 * @returns {ChildProcess}
 */
export function spawnTied(program, args, { interactive = false, ...options }) {
  const windows = process.platform === 'win32';
  const env = { ...(options.env ?? process.env) };
  count += 1;
  const mark = `${env[MARK] ?? ''}/${process.pid}.${count}`;
  const child = spawn(program, args, {
    ...options,
    env: { ...env, [MARK]: mark },
    detached: !interactive && !windows,
    shell: !interactive && windows,
  });
  running.set(child, { child, mark, group: !interactive && !windows });
  // The error comes instead of the exit where a program cannot be run.
  child.once('error', () => running.delete(child));
  child.once('exit', () => running.delete(child));
  return child;
}

/**
 * A look at a child and all that was started below it, which goes on to work when the child has ended.
 * @param {ChildProcess} child of {@link spawnTied}
 */
export function familyOf(child) {
  const tied = running.get(child) ?? { child, mark: '', group: false };
  return {
    /** Those that still run, as their command lines. */
    members: () => membersOf(tied).map((pid) => `${commandOf(pid).slice(0, 120)} (process ${pid})`),
    /** Asks all of them to end, and kills what does not within the time. */
    end: (graceMs = GRACE_MS) => endFamily(tied, graceMs),
  };
}

/** Ends the tied children that still run, with all that they started. */
export async function endTied(graceMs = GRACE_MS) {
  await Promise.all([...running.values()].map((tied) => endFamily(tied, graceMs)));
}

/** Kills them at once. */
export function killTied() {
  for (const tied of running.values()) signal([...headsOf(tied), ...membersOf(tied)], 'SIGKILL');
}

/** @param {Tied} tied @param {number} graceMs */
async function endFamily(tied, graceMs) {
  const began = Date.now();
  signal(headsOf(tied), 'SIGTERM');
  let asked = false;
  for (let left = membersOf(tied); left.length > 0; left = membersOf(tied)) {
    const waited = Date.now() - began;
    // What cannot even be killed (waiting for a broken disk) must not keep the launcher.
    if (waited >= 2 * graceMs) return;
    if (waited >= graceMs) signal([...headsOf(tied), ...left], 'SIGKILL');
    else if (waited >= graceMs / 2 && !asked) {
      // Nobody is left who would stop them in order.
      signal(left, 'SIGTERM');
      asked = true;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** Whom to signal first: who started the rest stops it in order. @param {Tied} tied */
function headsOf({ child, group }) {
  if (child.pid === undefined) return [];
  if (group) return [-child.pid];
  return hasExited(child) ? [] : [child.pid];
}

/** @param {number[]} targets ids of processes, negative ones of groups @param {NodeJS.Signals} name */
function signal(targets, name) {
  for (const target of targets) sendSignal(target, name);
}

/** @param {Tied} tied */
function membersOf({ child, mark, group }) {
  const { pid } = child;
  const marked = new Set(markedWith(mark));
  if (pid !== undefined && !hasExited(child)) marked.add(pid);
  if (group && pid !== undefined && process.platform !== 'linux' && isAlive(-pid)) marked.add(pid);
  return [...marked];
}

/** @param {ChildProcess} child */
function hasExited({ exitCode, signalCode }) {
  return exitCode !== null || signalCode !== null;
}

/**
 * Processes with a mark, or one that was made below it, in their environment; on Linux, where that can be read.
 * @param {string} mark
 * @returns {number[]}
 */
function markedWith(mark) {
  if (process.platform !== 'linux' || mark === '') return [];
  return allProcesses().filter((pid) => pid !== process.pid && carries(pid, mark) && isAlive(pid));
}

/** @param {number} pid @param {string} mark */
function carries(pid, mark) {
  const variables = `\0${orElse(() => readFileSync(`/proc/${pid}/environ`, 'latin1'), '')}`;
  return variables.includes(`\0${MARK}=${mark}\0`) || variables.includes(`\0${MARK}=${mark}/`);
}
