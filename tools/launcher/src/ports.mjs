// @ts-check
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LauncherError, orElse, systemCode } from './errors.mjs';
import { allProcesses, commandOf, said } from './processes/identity.mjs';

/** Ports on which no browser opens a page, nor does `fetch` of Node.js: "bad port" of https://fetch.spec.whatwg.org. */
const UNOPENED = new Set(
  `0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135
  137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719
  1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080`
    .split(/\s+/)
    .map(Number),
);

/** Whether a browser opens pages on this port. @param {number} port */
export const isOpened = (port) => !UNOPENED.has(port);

/** A port to try instead of one that cannot be had. @param {number} port */
export function anotherPort(port) {
  let other = port < 1024 ? port + 8000 : port > 65_525 ? port - 10 : port + 10;
  while (!isOpened(other)) other += 1;
  return other;
}

/**
 * Whether something could listen there now: 'free', 'busy' or 'forbidden' (ports below 1024 for ordinary users).
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<'free' | 'busy' | 'forbidden'>}
 */
export function probePort(port, host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const code = systemCode(error);
      if (code === 'EADDRINUSE') resolve('busy');
      else if (code === 'EACCES') resolve('forbidden');
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve('free')));
  });
}

/** The first free port on 127.0.0.1, counting up. @param {number} from */
export async function firstFreePort(from) {
  for (let port = from; port < Math.min(from + 200, 65_536); port += 1) {
    if ((await probePort(port)) === 'free') return port;
  }
  throw new LauncherError(`No free port was found from ${from} on.`, ['Set POSTGRES_PORT to a free one.']);
}

/**
 * @typedef {object} WantedPort
 * @property {number} port
 * @property {string} host
 * @property {string} variable the environment variable that changes it
 * @property {string} purpose what would listen there, for example "the portal and its API"
 */

/**
 * Throws one message that names every port that is taken, by whom, and the variable that changes it.
 * @param {WantedPort[]} wanted
 * @param {{ patienceMs?: number }} [options] how long to wait for ports that are about to become free
 */
export async function demandFreePorts(wanted, { patienceMs = 0 } = {}) {
  const until = Date.now() + patienceMs;
  for (;;) {
    const problem = await findTaken(wanted);
    if (problem === undefined) return;
    if (Date.now() >= until) throw problem;
    await sleep(200);
  }
}

/** @param {WantedPort[]} wanted @returns {Promise<LauncherError | undefined>} */
async function findTaken(wanted) {
  const advice = [];
  const taken = [];
  for (const { port, host, variable, purpose } of wanted) {
    const twice = wanted.find((other) => other.port === port && other.variable !== variable);
    const state = await probePort(port, host);
    if (state === 'busy') {
      const holder = describeHolder(port);
      taken.push(`Port ${port}, wanted for ${purpose}, is in use${holder === '' ? '' : ` by ${holder}`}.`);
      advice.push(`Stop that, or choose another port: ${variable}=${anotherPort(port)} npm start`);
    } else if (state === 'forbidden') {
      taken.push(`This user may not listen on port ${port}, wanted for ${purpose}.`);
      advice.push(`Choose a port above 1023: ${variable}=${anotherPort(port)} npm start`);
    } else if (twice !== undefined && twice.variable > variable) {
      taken.push(`Port ${port} is wanted for both ${purpose} and ${twice.purpose}.`);
      advice.push(`Give one of them another port, with ${variable} or ${twice.variable}.`);
    }
  }
  return taken.length > 0 ? new LauncherError(taken.join('\n'), advice) : undefined;
}

/**
 * Who listens on a TCP port, as far as this user can find out: "node server.js (process 4711)", or ''.
 * @param {number} port
 * @returns {string}
 */
export function describeHolder(port) {
  const pid = process.platform === 'linux' ? holderOnLinux(port) : holderByLsof(port);
  if (pid === undefined) return '';
  const command = commandOf(pid);
  return command === '' ? `process ${pid}` : `${shorten(command)} (process ${pid})`;
}

/** @param {string} text */
function shorten(text) {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** @param {number} port */
function holderOnLinux(port) {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(table, port)));
  if (inodes.size === 0) return undefined;
  return allProcesses().find((pid) =>
    orElse(() => readdirSync(`/proc/${pid}/fd`), []).some((fd) => {
      const link = orElse(() => readlinkSync(`/proc/${pid}/fd/${fd}`), '');
      return inodes.has(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? '');
    }),
  );
}

/** @param {string} table @param {number} port */
function listeningInodes(table, port) {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const listening = '0A';
  return orElse(() => readFileSync(table, 'utf8'), '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells[1]?.endsWith(suffix) && cells[3] === listening)
    .flatMap((cells) => cells[9] ?? []);
}

/** @param {number} port */
function holderByLsof(port) {
  const pid = Number.parseInt(said('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t']), 10);
  return Number.isInteger(pid) ? pid : undefined;
}
