// @ts-check
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { placesIn } from '../../src/paths.mjs';
import { removeData, stopLeftoverServer } from '../../src/postgres.mjs';
import { MARK } from '../../src/processes/tied.mjs';

/** Programs in the place of the real ones: small, with the same behaviour towards the launcher. */
const SERVER = `
import { createServer } from 'node:http';
const port = Number(process.env[PORT_VARIABLE]);
const server = createServer((request, response) => {
  if (request.url === '/crash') {
    process.stderr.write('Error: out of paper');
    process.exit(3);
  }
  response.end(JSON.stringify({ pid: process.pid, database: process.env.DATABASE_URL, secret: process.env.SECRET_KEY }));
});
server.listen(port, '127.0.0.1');
if (process.env.STUBBORN !== '1') process.on('SIGTERM', () => process.exit(0));
else process.on('SIGTERM', () => {});
`;

const PROGRAMS = {
  'apps/api/dist/main.js': `const PORT_VARIABLE = 'PORT';${SERVER}`,
  'apps/worker/dist/main.js': `const PORT_VARIABLE = 'WORKER_PORT';${SERVER}`,
  // What makes a database with another version's schema is its table `of_another_version`.
  'apps/api/dist/cli/migrate.js': `import pg from ${JSON.stringify(import.meta.resolve('pg'))};
if (process.env.BROKEN_MIGRATION) { console.error('relation is missing'); process.exit(1); }
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
const { rows } = await client.query("select to_regclass('of_another_version') as found");
await client.end();
if (rows[0].found) { console.error('made by an unreleased version'); process.exit(3); }
console.log('schema is up to date');
`,
  'apps/api/dist/cli/seed-demo.js': "console.log('demo data added');\n",
};

/**
 * A new temporary folder that every user may enter, as PostgreSQL runs as another one when the tests run as root.
 *
 * @param {import('node:test').TestContext} test removes it, with the database that is kept for it
 * @param {(folder: string) => string} [dataDirIn] where that database would be
 */
export function temporaryFolder(test, dataDirIn = (folder) => join(folder, 'postgres')) {
  const folder = mkdtempSync(join(tmpdir(), 'balcao launcher-'));
  chmodSync(folder, 0o755);
  test.after(async () => {
    // A test that failed may have left its server behind, and as root the data may be elsewhere.
    await stopLeftoverServer(dataDirIn(folder));
    await removeData(dataDirIn(folder));
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/**
 * A root with stand-ins, in a folder with a space in its name, removed after the test.
 *
 * @param {import('node:test').TestContext} test
 */
export function standInRoot(test) {
  const rootIn = (/** @type {string} */ folder) => join(folder, 'a folder');
  const root = rootIn(temporaryFolder(test, (folder) => placesIn(rootIn(folder)).postgresData));
  for (const [path, text] of Object.entries({ 'package.json': '{"type":"module"}', ...PROGRAMS })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return placesIn(root);
}

/** @returns {Promise<number>} a port that nobody uses now */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Ports for a whole installation, as its environment. */
export async function freePorts() {
  const names = ['PORT', 'WORKER_PORT', 'POSTGRES_PORT', 'MAILBOX_PORT', 'MAILBOX_SMTP_PORT', 'REGISTRY_PORT'];
  const ports = await Promise.all(names.map(() => freePort()));
  return Object.fromEntries(names.map((name, index) => [name, String(ports[index])]));
}

export const STAND_IN_PROGRAM = fileURLToPath(new URL('start-stand-in.mjs', import.meta.url));

/**
 * `npm start` as a process of its own over a stand-in root, without installing and building.
 *
 * @param {import('node:test').TestContext} test
 * @param {import('../../src/paths.mjs').Places} places
 * @param {NodeJS.ProcessEnv} env
 * @param {{ throughShell?: boolean, uid?: number }} [options] `throughShell`: below a shell, as npm does it; `uid`: as
 *   that user
 */
export function startLauncher(test, places, env, { throughShell = false, uid } = {}) {
  const command = [process.execPath, STAND_IN_PROGRAM, places.root];
  const [first = '', ...rest] = throughShell ? ['/bin/sh', '-c', '"$@"; exit $?', 'sh', ...command] : command;
  const child = spawn(first, rest, {
    env: { PATH: process.env['PATH'], [MARK]: process.env[MARK], ...env },
    ...(uid === undefined ? {} : { uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  /** @type {Promise<number | null>} */
  const exited = new Promise((resolve) => child.once('close', (code) => resolve(code)));
  test.after(async () => {
    child.kill('SIGTERM');
    await Promise.race([exited, sleep(15_000, undefined, { ref: false })]);
  });
  return {
    child,
    exited,
    output: () => output,
    running: () => eventually(() => output.includes('Balcão is running.') || child.exitCode !== null),
  };
}

/**
 * Waits until something is true.
 *
 * @param {() => boolean | Promise<boolean>} condition
 * @param {number} [timeoutMs]
 */
export async function eventually(condition, timeoutMs = 20_000) {
  for (let waited = 0; waited < timeoutMs; waited += 50) {
    if (await condition()) return;
    await sleep(50);
  }
  throw new Error(`Not true within ${timeoutMs} ms: ${condition}`);
}

/**
 * @param {string | undefined} port
 * @param {string} [path]
 * @returns {Promise<{ pid: number, database: string, secret: string }>}
 */
export async function ask(port, path = '/health/ready') {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return /** @type {any} */ (await answer.json());
}
