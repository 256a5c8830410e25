// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../launcher/src/commands.mjs';
import { waitUntilHealthy } from '../../launcher/src/health.mjs';
import { createSmtpServer } from '../../launcher/src/mailbox/smtp.mjs';
import { firstFreePort } from '../../launcher/src/ports.mjs';
import { startThrowAwayPostgres } from '../../launcher/src/postgres/throw-away.mjs';
import { Service } from '../../launcher/src/processes/service.mjs';
import { step } from '../../launcher/src/progress.mjs';
import { fillDatabase } from './data.mjs';
import { createFailingRegistry } from './failing-registry.mjs';
import { invoiceStatements } from './invoices.mjs';
import { rowStatements } from './row-statements.mjs';
import { PASSWORD, setPasswords } from './sign-ins.mjs';

const BARE_SERVER = fileURLToPath(new URL('bare-server.mjs', import.meta.url));
const PROFILER = new URL('write-profile.mjs', import.meta.url).href;
const HASHER = new URL('../../../libs/modules/auth/dist/passwords/password-hasher.js', import.meta.url).href;
const DATABASE = 'balcao';

/**
 * Everything that is measured, running.
 *
 * @typedef {object} World
 * @property {{ url: string, pid: number, startedInMs: number }} product
 * @property {{ url: string, pid: number }} bare
 * @property {number} postgresPid
 * @property {string} databaseUrl
 * @property {string} secretKey the product's
 * @property {() => Promise<{ pid: number, startedInMs: number }>} startWorker with a mail server that keeps nothing and
 *   `registry`; there is one worker, however often it is asked for
 * @property {{ calls: number, failed: number }} registry what the register of companies was asked, and how often it failed
 * @property {import('./data.mjs').Data} data
 */

/** Starts PostgreSQL, the API and the bare server on free ports and a folder of their own; ends and removes all of it. */
export class WorldKeeper {
  /** @type {(() => Promise<unknown>)[]} */
  #endings = [];

  /**
   * @param {import('../../launcher/src/paths.mjs').Places} places
   * @param {NodeJS.ProcessEnv} env
   * @param {{ profile?: string, size: import('./data.mjs').Size }} options
   * @returns {Promise<World>}
   */
  async start(places, env, { profile, size }) {
    const folder = await mkdtemp(join(tmpdir(), 'balcao-bench-logs-'));
    this.#endings.push(() => rm(folder, { recursive: true, force: true }));
    const postgres = await step('Starting PostgreSQL', async () =>
      startThrowAwayPostgres({ name: 'bench', port: await firstFreePort(25_432) }),
    );
    this.#endings.push(() => postgres.discard());
    await postgres.ensureDatabase(DATABASE);
    const databaseUrl = postgres.url(DATABASE);
    const port = await firstFreePort(23_000);
    const secretKey = randomBytes(32).toString('base64url');
    const settings = {
      ...env,
      NODE_ENV: 'production',
      SECRET_KEY: secretKey,
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: '10',
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      TRUSTED_PROXIES: '127.0.0.1',
      LOG_LEVEL: 'warn',
      REQUESTS_PER_MINUTE: '10000000',
      WRITES_PER_DAY: '1000000',
      BALCAO_DEMO: '0',
    };
    await step('Migrating the database', () => migrate({ ...places, logs: folder }, settings));
    const { PasswordHasher } = await import(HASHER);
    // As the product's own: what a sign-in costs is measured.
    const hash = await new PasswordHasher({ bcryptCost: 12 }).hash(PASSWORD, { lane: 'bench' });
    const data = await step('Writing tickets', () => fillDatabase(databaseUrl, size, [setPasswords(hash)]));
    const { readers } = data;
    const statementsFile = join(folder, 'statements.json');
    const customers = await Promise.all(readers.map(rowStatements));
    const invoices = data.billing && (await invoiceStatements(data.billing.customer));
    await writeFile(statementsFile, JSON.stringify({ customers, invoices }));

    const product = await this.#serve({
      name: 'API',
      program: places.programs.api,
      env:
        profile === undefined
          ? settings
          : { ...settings, NODE_OPTIONS: `--import ${PROFILER}`, PROFILE_FOLDER: profile },
      folder,
      port,
    });
    const barePort = await firstFreePort(port + 1);
    const bare = await this.#serve({
      name: 'bare server',
      program: BARE_SERVER,
      args: [String(barePort), databaseUrl, statementsFile],
      env: { ...env, NODE_ENV: 'production' },
      folder,
      port: barePort,
      healthPath: '/health',
    });
    const registry = createFailingRegistry();
    const beginWorker = async () => {
      const smtpPort = await firstFreePort(barePort + 1);
      const smtp = createSmtpServer({ add: async () => ({ ID: 'nothing' }) });
      await new Promise((resolve) => smtp.listen(smtpPort, '127.0.0.1', () => resolve(undefined)));
      this.#endings.push(() => new Promise((resolve) => smtp.close(() => resolve(undefined))));
      const registryPort = await firstFreePort(smtpPort + 1);
      await new Promise((resolve) => registry.server.listen(registryPort, '127.0.0.1', () => resolve(undefined)));
      this.#endings.push(() => new Promise((resolve) => registry.server.close(() => resolve(undefined))));
      const workerPort = await firstFreePort(registryPort + 1);
      return this.#serve({
        name: 'worker',
        program: places.programs.worker,
        env: {
          ...settings,
          WORKER_PORT: String(workerPort),
          SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
          CNPJ_API_URL: `http://127.0.0.1:${registryPort}`,
        },
        folder,
        port: workerPort,
      });
    };
    /** @type {ReturnType<typeof beginWorker> | undefined} */
    let worker;
    const startWorker = () => (worker ??= beginWorker());
    const { pid: postgresPid } = postgres;
    return { product, bare, postgresPid, databaseUrl, secretKey, startWorker, registry: registry.counts, data };
  }

  /** Ends what was started, in the opposite order. */
  async stop() {
    for (const end of this.#endings.splice(0).reverse()) await end();
  }

  /**
   * @param {{ name: string, program: string, args?: string[], env: NodeJS.ProcessEnv, folder: string, port: number, healthPath?: string }} options
   */
  async #serve({ folder, port, healthPath = '/health/ready', ...program }) {
    const service = new Service({
      ...program,
      cwd: folder,
      logFile: join(folder, `${program.name}.log`),
      restarts: 0,
      say: (line) => process.stdout.write(`${line}\n`),
    });
    this.#endings.push(() => service.stop());
    const startedAt = performance.now();
    service.start();
    const url = `http://127.0.0.1:${port}`;
    await step(`Starting the ${program.name}`, () => waitUntilHealthy(`${url}${healthPath}`, service));
    return { url, pid: service.pid ?? 0, startedInMs: performance.now() - startedAt };
  }
}
