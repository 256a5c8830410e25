import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { API_PORT, MAILBOX_PORT, MAILBOX_SMTP_PORT, MAILBOX_URL, WORKER_PORT } from './addresses.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLLOW_PARENT = new URL('../../launcher/src/processes/follow-launcher.mjs', import.meta.url).href;

/**
 * Starts what `npm start` starts, on a database of its own: migrations, demo, mailbox, API, worker. Answers the
 * function that stops it all.
 */
export default async function startProduct(): Promise<() => Promise<void>> {
  const serverUrl = process.env.TEST_DATABASE_URL;
  if (!serverUrl) throw new Error('TEST_DATABASE_URL is missing: run the tests with `npm test`');
  const database = `balcao_browser_${process.pid}`;
  await onServer(serverUrl, `create database ${database}`);
  const folder = await mkdtemp(join(tmpdir(), 'balcao-browser-'));
  const databaseUrl = new URL(serverUrl);
  databaseUrl.pathname = `/${database}`;
  const environment = {
    ...process.env,
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl.toString(),
    SECRET_KEY: 'only-for-tests-0123456789abcdefghij',
    PORT: String(API_PORT),
    WORKER_PORT: String(WORKER_PORT),
    PUBLIC_URL: `http://localhost:${API_PORT}`,
    SMTP_URL: `smtp://127.0.0.1:${MAILBOX_SMTP_PORT}`,
    BCRYPT_COST: '6',
    BALCAO_DEMO: '1',
    REQUESTS_PER_MINUTE: '100000',
    // Each test comes from an address of its own, so that the sign-ins of one do not count for another.
    TRUSTED_PROXIES: '127.0.0.1,::1',
  };
  const log = await open(join(folder, 'processes.log'), 'w');
  // By the channel they notice when the tests are gone, however they ended, and end too.
  const run = (...command: string[]) =>
    spawn(process.execPath, ['--import', FOLLOW_PARENT, ...command], {
      cwd: ROOT,
      env: environment,
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
    });
  const processes: ChildProcess[] = [];
  const stopAll = async () => {
    await Promise.all(processes.map(stop));
    await log.close();
    await onServer(serverUrl, `drop database ${database} with (force)`);
    await rm(folder, { recursive: true, force: true });
  };

  try {
    await finished(run('apps/api/dist/cli/migrate.js'));
    await finished(run('apps/api/dist/cli/seed-demo.js'));
    processes.push(
      run(
        'tools/launcher/src/mailbox/server.mjs',
        join(folder, 'mails'),
        String(MAILBOX_SMTP_PORT),
        String(MAILBOX_PORT),
        '127.0.0.1',
      ),
      run('apps/api/dist/main.js'),
      run('apps/worker/dist/main.js'),
    );
    await Promise.all([
      answers(`${MAILBOX_URL}/health`),
      answers(`http://127.0.0.1:${API_PORT}/health/ready`),
      answers(`http://127.0.0.1:${WORKER_PORT}/health/ready`),
    ]);
  } catch (error) {
    await stopAll();
    throw error;
  }
  return stopAll;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function finished(child: ChildProcess): Promise<void> {
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${child.spawnargs.join(' ')} ended with ${code}`);
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(timer);
}
