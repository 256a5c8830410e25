// @ts-check
import { join } from 'node:path';
import { ForeignSchemaError, isDemoSeeded, migrate, seedDemo } from './commands.mjs';
import { demandDatabase, discardDemo, startOwnDatabase } from './database.mjs';
import { childEnvironment, demandPrivateDemo, isPublicHost, readEnvironment, settingsFrom } from './environment.mjs';
import { LauncherError } from './errors.mjs';
import { waitUntilHealthy } from './health.mjs';
import { takeLock } from './lock.mjs';
import { demandNodeVersion } from './node-version.mjs';
import { mailboxServer, registryServer } from './paths.mjs';
import { demandFreePorts } from './ports.mjs';
import { stopLeftoverServer } from './postgres.mjs';
import { prepare } from './prepare.mjs';
import { sendSignal } from './processes/identity.mjs';
import { Service } from './processes/service.mjs';
import { endTied, killTied } from './processes/tied.mjs';
import { step } from './progress.mjs';
import { loadSecrets } from './secrets.mjs';
import { welcome } from './welcome.mjs';

/** The API and the worker have 10 s to end after their launcher was killed. */
const LEFTOVERS_MS = 12_000;

/** A running Balcão: what `npm start` starts, in order, and stops in the opposite order. */
export class Installation {
  /** @type {Array<{ name: string, stop: () => Promise<void>, kill: () => unknown }>} in the order of their start */
  #parts = [];
  /** @type {Promise<void> | undefined} */
  #stopped;
  /** @type {() => void} */
  #release = () => undefined;
  /** @type {(error: LauncherError) => void} */
  #fail = () => undefined;

  /**
   * @param {import('./paths.mjs').Places} places
   * @param {{ say?: (text: string) => void, env?: NodeJS.ProcessEnv,
   *           prepare?: (places: import('./paths.mjs').Places, env: NodeJS.ProcessEnv) => Promise<NodeJS.ProcessEnv> }} [options]
   *   `prepare` can be replaced where there is nothing to install or build
   */
  constructor(places, options = {}) {
    this.places = places;
    this.say = options.say ?? ((text) => process.stdout.write(`${text}\n`));
    this.env = options.env ?? process.env;
    this.prepare = options.prepare ?? prepare;
    /** Settles with the reason when a part is given up while running. @type {Promise<LauncherError>} */
    this.broken = new Promise((resolve) => (this.#fail = resolve));
  }

  /** Starts everything; resolves when the first page can be opened. */
  async start() {
    demandNodeVersion();
    const { places } = this;
    const given = readEnvironment(places.root, this.env);
    const settings = settingsFrom(given);
    demandPrivateDemo(settings, settings.postgres !== undefined && isDemoSeeded(places));
    const lock = takeLock(places.lockFile, 'npm start');
    if ('holder' in lock) {
      throw new LauncherError(
        `Balcão already runs in this folder: ${lock.holder.command}, process ${lock.holder.pid}.`,
        [
          `Open ${lock.holder.state?.publicUrl ?? 'the address that it said'}, or stop it first (Ctrl-C there, or kill ${lock.holder.pid}).`,
        ],
      );
    }
    this.#release = lock.release;
    // What a killed launcher left behind holds the ports: the database is ended here, the rest ends by itself soon.
    if (settings.postgres !== undefined) await stopLeftoverServer(places.postgresData);
    await demandFreePorts(wantedPorts(settings), { patienceMs: lock.wasStale ? LEFTOVERS_MS : 0 });

    const prepared = await this.prepare(places, given);
    this.#demandRunning();
    const secrets = loadSecrets(places.secretsFile);
    const database = await this.#startDatabase(settings, given, secrets.postgresPassword);
    lock.publish({ databaseUrl: database.url, publicUrl: settings.publicUrl });
    const env = childEnvironment(prepared, settings, { databaseUrl: database.url, secretKey: secrets.secretKey });
    if (settings.mailbox !== undefined) this.#startMailbox(settings.mailbox, env);
    if (settings.registry !== undefined) this.#startRegistry(settings.registry, env);

    this.#demandRunning();
    const rebuilt = await this.#migrate(settings, database, env);
    this.#demandRunning();
    if (settings.demo && (rebuilt || database.created || !isDemoSeeded(places))) {
      await step('Writing the demo data', () => seedDemo(places, env));
    }
    this.#demandRunning();
    await step('Starting the API and the worker', async () => {
      const api = this.#startService('API', places.programs.api, env);
      const worker = this.#startService('worker', places.programs.worker, env);
      const host = isPublicHost(settings.host) ? '127.0.0.1' : settings.host;
      await Promise.all([
        waitUntilHealthy(`http://${host}:${settings.port}/health/ready`, api),
        waitUntilHealthy(`http://127.0.0.1:${settings.workerPort}/health/ready`, worker),
      ]);
    });
    this.say(
      welcome({
        settings,
        demoPassword: given['DEMO_PASSWORD'] ?? 'balcao-demo-2026',
        demoSeeded: settings.demo,
        dataDir: database.dataDir,
      }),
    );
  }

  /** Stops everything that was started, the last one first. Calling it again waits for the same stop. */
  stop() {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  /** Kills everything at once. */
  kill() {
    killTied();
    for (const part of this.#parts) part.kill();
    this.#release();
  }

  async #stopAll() {
    await endTied();
    const services = this.#parts.filter((part) => part.name !== 'PostgreSQL').reverse();
    // The worker and the API finish their work at the same time; both need the database until they are done.
    await Promise.all(services.map((part) => part.stop()));
    for (const part of this.#parts) if (part.name === 'PostgreSQL') await part.stop();
    this.#release();
  }

  /**
   * Brings the database to the newest form. The demo of an older checkout whose schema leads nowhere is made anew.
   * @param {import('./environment.mjs').Settings} settings
   * @param {{ url: string, server?: import('./postgres.mjs').RunningPostgres }} database
   * @param {NodeJS.ProcessEnv} env
   * @returns {Promise<boolean>} whether it was
   */
  async #migrate(settings, { url, server }, env) {
    const run = () => step('Migrating the database', () => migrate(this.places, env));
    try {
      await run();
      return false;
    } catch (error) {
      if (!(error instanceof ForeignSchemaError)) throw error;
      if (server === undefined) {
        error.whatToDo.push('Balcão never empties a database of DATABASE_URL: empty it yourself, or name another.');
        throw error;
      }
      if (!settings.demo || !(await discardDemo(url, server))) {
        error.whatToDo.push(`It holds more than the demo. To begin anew, move ${this.places.postgresData} away.`);
        throw error;
      }
    }
    this.say(
      'The demo here was made by an older, unreleased version of Balcão, whose database cannot be brought up to date.\n' +
        'It is made anew; what was changed in the demo is gone.',
    );
    await run();
    return true;
  }

  /** A stop that was asked for while starting must not start anything further. */
  #demandRunning() {
    if (this.#stopped !== undefined) throw new Interrupted();
  }

  /**
   * @param {import('./environment.mjs').Settings} settings
   * @param {NodeJS.ProcessEnv} given
   * @param {string} password
   * @returns {Promise<{ url: string, created: boolean, dataDir: string | undefined,
   *   server?: import('./postgres.mjs').RunningPostgres }>}
   */
  async #startDatabase(settings, given, password) {
    const wanted = settings.postgres;
    if (wanted === undefined) {
      const url = given['DATABASE_URL'] ?? '';
      await demandDatabase(url);
      return { url, created: false, dataDir: undefined };
    }
    const { server, url } = await step('Starting PostgreSQL', () => startOwnDatabase(this.places, wanted, password));
    this.#parts.push({ name: 'PostgreSQL', stop: () => server.stop(), kill: () => sendSignal(server.pid, 'SIGQUIT') });
    void server.exited.then(() => {
      if (this.#stopped !== undefined) return;
      this.#fail(
        new LauncherError(
          'PostgreSQL ended on its own.',
          [`Its last lines stand above; see ${join(this.places.logs, 'postgres.log')}.`],
          { output: server.lastLines() },
        ),
      );
    });
    return { url, created: server.created, dataDir: server.dataDir, server };
  }

  /** @param {{ port: number, smtpPort: number }} ports @param {NodeJS.ProcessEnv} env */
  #startMailbox(ports, env) {
    const args = [this.places.mailbox, String(ports.smtpPort), String(ports.port), '127.0.0.1'];
    this.#startService('mailbox', mailboxServer, env, { args, restarts: Number.POSITIVE_INFINITY, graceMs: 2_000 });
  }

  /** @param {{ port: number }} ports @param {NodeJS.ProcessEnv} env */
  #startRegistry({ port }, env) {
    const args = [String(port), '127.0.0.1'];
    this.#startService('registry', registryServer, env, { args, restarts: Number.POSITIVE_INFINITY, graceMs: 2_000 });
  }

  /**
   * @param {string} name
   * @param {string} program
   * @param {NodeJS.ProcessEnv} env
   * @param {Partial<import('./processes/service.mjs').ServiceOptions>} [more]
   */
  #startService(name, program, env, more = {}) {
    const service = new Service({
      name,
      program,
      cwd: this.places.root,
      env,
      logFile: join(this.places.logs, `${name.toLowerCase()}.log`),
      say: this.say,
      onGivenUp: (given) => this.#fail(given.failure('keeps ending on its own')),
      ...more,
    });
    service.start();
    this.#parts.push(service);
    return service;
  }
}

/** Thrown out of a start that was interrupted; nothing needs to be said about it. */
export class Interrupted extends Error {}

/** @param {import('./environment.mjs').Settings} settings @returns {import('./ports.mjs').WantedPort[]} */
function wantedPorts({ host, port, workerPort, postgres, mailbox, registry }) {
  const local = '127.0.0.1';
  return [
    { port, host, variable: 'PORT', purpose: 'the portal and its API' },
    { port: workerPort, host: local, variable: 'WORKER_PORT', purpose: 'the worker’s health' },
    ...(mailbox === undefined
      ? []
      : [
          { port: mailbox.port, host: local, variable: 'MAILBOX_PORT', purpose: 'the mailbox’s page' },
          { port: mailbox.smtpPort, host: local, variable: 'MAILBOX_SMTP_PORT', purpose: 'the mailbox' },
        ]),
    ...(registry === undefined
      ? []
      : [{ port: registry.port, host: local, variable: 'REGISTRY_PORT', purpose: 'the local register of companies' }]),
    ...(postgres?.explicit
      ? [{ port: postgres.port, host: local, variable: 'POSTGRES_PORT', purpose: 'PostgreSQL' }]
      : []),
  ];
}
