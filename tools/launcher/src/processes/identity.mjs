// @ts-check
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { orElse, systemCode } from '../errors.mjs';

/**
 * Whether a process with this id runs (perhaps as another user). One that has ended and only waits for its parent
 * to take notice does not.
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || (statOf(pid)?.[0] ?? 'Z') !== 'Z';
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Sends a signal to a process, or, with a negative id, to a group. @param {number} pid @param {NodeJS.Signals} signal */
export function sendSignal(pid, signal) {
  return orElse(() => Boolean(process.kill(pid, signal)), false);
}

/** The command line of a process, or an empty string when it cannot be found out. @param {number} pid */
export function commandOf(pid) {
  if (process.platform === 'linux') {
    return orElse(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(), '');
  }
  return process.platform === 'win32'
    ? said('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'])
    : said('ps', ['-o', 'command=', '-p', String(pid)]);
}

/**
 * Something that differs between two processes that had the same id one after the other: when it started.
 * An empty string when it cannot be found out.
 * @param {number} pid
 */
export function startTimeOf(pid) {
  if (process.platform === 'win32') return '';
  if (process.platform !== 'linux') return said('ps', ['-o', 'lstart=', '-p', String(pid)]);
  const stat = statOf(pid);
  const boot = orElse(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), '');
  return stat === undefined || boot === '' ? '' : `${boot} ${stat[19]}`;
}

/** The processes that Linux knows of. */
export function allProcesses() {
  return orElse(() => readdirSync('/proc'), []).flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

/**
 * What Linux says of a process in /proc/{pid}/stat behind the program's name: see proc_pid_stat(5) from field 3 on.
 * @param {number} pid
 */
export function statOf(pid) {
  const text = orElse(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '');
  return text === '' ? undefined : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** What a program prints, or an empty string where it fails or is missing. @param {string} program @param {string[]} args */
export function said(program, args) {
  return orElse(() => execFileSync(program, args, { encoding: 'utf8' }).trim(), '');
}
