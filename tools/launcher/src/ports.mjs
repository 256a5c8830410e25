// @ts-check
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LauncherError, orElse, systemCode } from './errors.mjs';
import { allProcesses, commandOf, said } from './processes/identity.mjs';

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
      advice.push(`Stop that, or choose another port: ${variable}=${port + 10} npm start`);
    } else if (state === 'forbidden') {
      taken.push(`This user may not listen on port ${port}, wanted for ${purpose}.`);
      advice.push(`Choose a port above 1023: ${variable}=${port < 1024 ? port + 8000 : port + 10} npm start`);
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
