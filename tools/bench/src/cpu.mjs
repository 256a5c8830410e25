// @ts-check
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { orElse } from '../../launcher/src/errors.mjs';
import { allProcesses, statOf } from '../../launcher/src/processes/identity.mjs';

/**
 * Microseconds of processor time that a process has used so far, itself and those of its children that have ended;
 * undefined where the system has no /proc.
 * @param {number} pid
 */
export function cpuOf(pid) {
  const fields = statOf(pid);
  return fields && sumOfTimes(fields);
}

/** The same for a process with all its children: PostgreSQL has one for each connection. @param {number} pid */
export function cpuOfFamily(pid) {
  const own = cpuOf(pid);
  if (own === undefined) return undefined;
  const others = allProcesses().map((other) => statOf(other) ?? []);
  return others
    .filter((fields) => Number(fields[PARENT]) === pid)
    .reduce((sum, fields) => sum + sumOfTimes(fields), own);
}

/** Megabytes of memory that a process holds now; "?" where the system has no /proc. @param {number} pid */
export function memoryOf(pid) {
  const status = orElse(() => readFileSync(`/proc/${pid}/status`, 'utf8'), '');
  return status === '' ? '?' : Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

/** Places among the fields: see proc_pid_stat(5), fields 4 and 14 to 17. */
const PARENT = 1;
const TIMES = [11, 12, 13, 14];

let ticksPerSecond = 0;

/** @param {string[]} fields */
function sumOfTimes(fields) {
  ticksPerSecond ||= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const ticks = TIMES.reduce((sum, place) => sum + Number(fields[place]), 0);
  return (ticks / ticksPerSecond) * 1_000_000;
}
