import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placesIn } from '../../launcher/src/paths.mjs';
import { withClient } from '../../launcher/src/postgres.mjs';
import { Installation } from '../../launcher/src/start.mjs';
import { API_PORT, MAILBOX_PORT, MAILBOX_SMTP_PORT, REGISTRY_PORT, WORKER_PORT } from './addresses.js';

/**
 * Starts what `npm start` starts, on a database and in a folder of its own: migrations, demo, mailbox, API, worker.
 * Answers the function that stops it all.
 */
export default async function startProduct(): Promise<() => Promise<void>> {
  const serverUrl = process.env.TEST_DATABASE_URL;
  if (!serverUrl) throw new Error('TEST_DATABASE_URL is missing: run the tests with `npm test`');
  const database = `balcao_browser_${process.pid}`;
  await withClient(serverUrl, (client) => client.query(`create database ${database}`));
  const folder = await mkdtemp(join(tmpdir(), 'balcao-browser-'));
  const databaseUrl = new URL(serverUrl);
  databaseUrl.pathname = `/${database}`;
  const installation = new Installation(
    { ...placesIn(folder), programs: placesIn().programs },
    {
      env: {
        ...process.env,
        NODE_ENV: 'test',
        DATABASE_URL: databaseUrl.toString(),
        SECRET_KEY: 'only-for-tests-0123456789abcdefghij',
        PORT: String(API_PORT),
        WORKER_PORT: String(WORKER_PORT),
        PUBLIC_URL: `http://localhost:${API_PORT}`,
        SMTP_URL: '',
        MAILBOX_PORT: String(MAILBOX_PORT),
        MAILBOX_SMTP_PORT: String(MAILBOX_SMTP_PORT),
        CNPJ_API_URL: '',
        REGISTRY_PORT: String(REGISTRY_PORT),
        BCRYPT_COST: '6',
        BALCAO_DEMO: '1',
        REQUESTS_PER_MINUTE: '100000',
        WRITES_PER_DAY: '1000000',
        // Each test comes from an address of its own, so that the sign-ins of one do not count for another.
        TRUSTED_PROXIES: '127.0.0.1,::1',
      },
      say: () => {},
      // Everything is installed and built already.
      prepare: async (_places, env) => env,
    },
  );
  const stop = async () => {
    await installation.stop();
    await withClient(serverUrl, (client) => client.query(`drop database ${database} with (force)`));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await installation.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
