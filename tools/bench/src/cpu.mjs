// @ts-check
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Microseconds of processor time that a process has used so far, itself and those of its children that have ended;
 * undefined where the system has no /proc.
 *
 * @param {number} pid
 * @returns {number | undefined}
 */
export function cpuOf(pid) {
  const fields = statOf(pid);
  return fields && sumOfTimes(fields);
}

/** The same for a process with all its children: PostgreSQL has one for each connection. @param {number} pid */
export function cpuOfFamily(pid) {
  const own = cpuOf(pid);
  if (own === undefined) return undefined;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((fields) => fields !== undefined && Number(fields[PARENT]) === pid);
  return children.reduce((sum, fields) => sum + sumOfTimes(fields ?? []), own);
}

/** Megabytes of memory that a process holds now; "?" where the system has no /proc. @param {number} pid */
export function memoryOf(pid) {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
  } catch {
    return '?';
  }
}

/** Places in /proc/{pid}/stat behind the program's name: see proc_pid_stat(5), fields 4 and 14 to 17. */
const PARENT = 1;
const TIMES = [11, 12, 13, 14];

let ticksPerSecond = 0;

/** @param {string[]} fields */
function sumOfTimes(fields) {
  ticksPerSecond ||= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const ticks = TIMES.reduce((sum, place) => sum + Number(fields[place]), 0);
  return (ticks / ticksPerSecond) * 1_000_000;
}

/** @param {number} pid @returns {string[] | undefined} */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
