// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { LauncherError } from './errors.mjs';
import { isOpened } from './ports.mjs';

/**
 * The real environment over `.env` in the root: what is really set wins, an empty variable counts as not set.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} [real]
 * @returns {NodeJS.ProcessEnv}
 */
export function readEnvironment(root, real = process.env) {
  const file = join(root, '.env');
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return withoutEmpty({ ...written, ...withoutEmpty(real) });
}

/** @param {NodeJS.ProcessEnv} variables */
function withoutEmpty(variables) {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
}

/** What the launcher itself goes by. @typedef {ReturnType<typeof settingsFrom>} Settings */

/** @param {NodeJS.ProcessEnv} environment as {@link readEnvironment} gives it */
export function settingsFrom(environment) {
  const nodeEnv = environment['NODE_ENV'] ?? 'development';
  const production = nodeEnv === 'production';
  const port = webPortFrom(environment, 'PORT', 3000);
  const databaseGiven = environment['DATABASE_URL'] !== undefined;
  const mailGiven = environment['SMTP_URL'] !== undefined;
  if (production && environment['SECRET_KEY'] === undefined) {
    throw new LauncherError('SECRET_KEY is missing; with NODE_ENV=production none is made up.', [
      'Make one and keep it safe: openssl rand -base64 32',
      'Then set SECRET_KEY in the environment or in the file .env.',
    ]);
  }
  const publicUrl = (environment['PUBLIC_URL'] ?? `http://localhost:${port}`).replace(/\/+$/, '');
  if (!URL.canParse(publicUrl)) {
    throw new LauncherError(`PUBLIC_URL is “${publicUrl}”, which is no address.`, [
      'Give scheme and name: PUBLIC_URL=https://portal.example.com',
    ]);
  }
  if (!isOpened(Number(new URL(publicUrl).port || 80))) {
    throw new LauncherError(`PUBLIC_URL is “${publicUrl}”, and browsers open no page on this port.`, [
      'Give an address with another port, or with none.',
    ]);
  }
  return {
    nodeEnv,
    production,
    // Its passwords are known to everybody, the operator's among them: where others are expected it must be asked for.
    demo: flagFrom(environment, 'BALCAO_DEMO', !production && !isPublicHost(new URL(publicUrl).hostname)),
    demoPublic: flagFrom(environment, 'BALCAO_DEMO_PUBLIC', false),
    host: environment['HOST'] ?? '127.0.0.1',
    port,
    workerPort: webPortFrom(environment, 'WORKER_PORT', 3001),
    // None where somebody names a server of their own.
    postgres: databaseGiven
      ? undefined
      : { port: portFrom(environment, 'POSTGRES_PORT', 5433), explicit: environment['POSTGRES_PORT'] !== undefined },
    mailbox: mailGiven
      ? undefined
      : {
          port: webPortFrom(environment, 'MAILBOX_PORT', 8025),
          smtpPort: portFrom(environment, 'MAILBOX_SMTP_PORT', 1025),
        },
    // Made-up companies are for trying it out: where it is meant in earnest, the real register is asked.
    registry:
      production || environment['CNPJ_API_URL'] !== undefined
        ? undefined
        : { port: webPortFrom(environment, 'REGISTRY_PORT', 8026) },
    publicUrl,
  };
}

/**
 * The complete environment of the API, the worker and their commands.
 * @param {NodeJS.ProcessEnv} environment as {@link readEnvironment} gives it
 * @param {Settings} settings
 * @param {{ databaseUrl: string, secretKey: string }} made the database's address (its owner's connection, which
 *   migrations use) and the secret of this machine, for where the environment names none
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment(environment, settings, made) {
  return {
    DATABASE_URL: made.databaseUrl,
    SECRET_KEY: made.secretKey,
    ...(settings.mailbox === undefined
      ? {}
      : {
          SMTP_URL: `smtp://127.0.0.1:${settings.mailbox.smtpPort}`,
          MAILBOX_URL: `http://localhost:${settings.mailbox.port}`,
        }),
    ...(settings.registry === undefined ? {} : { CNPJ_API_URL: `http://127.0.0.1:${settings.registry.port}` }),
    ...environment,
    NODE_ENV: settings.nodeEnv,
    HOST: settings.host,
    PORT: String(settings.port),
    WORKER_PORT: String(settings.workerPort),
    PUBLIC_URL: settings.publicUrl,
    BALCAO_DEMO: settings.demo ? '1' : '0',
  };
}

/**
 * The demo's passwords are known to everybody, the operator's among them.
 * @param {Settings} settings
 * @param {boolean} seeded whether the demo is in the database already, whatever is wanted now
 */
export function demandPrivateDemo({ demo, demoPublic, host, publicUrl }, seeded) {
  const open = [
    ...(isPublicHost(host) ? [`HOST=${host}`] : []),
    ...(isPublicHost(new URL(publicUrl).hostname) ? [`PUBLIC_URL=${publicUrl}`] : []),
  ];
  if (open.length === 0 || demoPublic || !(demo || seeded)) return;
  throw new LauncherError(`${open.join(' and ')} would let others in, and everybody knows the demo’s passwords.`, [
    seeded
      ? 'The demo is in this database: for others, begin with an empty one (move .balcao away) and BALCAO_DEMO=0.'
      : 'Start without the demo: BALCAO_DEMO=0',
    'Or leave HOST and PUBLIC_URL on this machine.',
    'Where everybody may indeed sign in as everybody: BALCAO_DEMO_PUBLIC=1',
  ]);
}

/** Whether other machines could reach this address. @param {string} host */
export function isPublicHost(host) {
  return !/^(localhost|127(\.\d+){3}|::1|\[::1\])$/.test(host);
}

/** @param {NodeJS.ProcessEnv} environment @param {string} name @param {number} fallback */
function portFrom(environment, name, fallback) {
  const text = environment[name];
  if (text === undefined) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new LauncherError(`${name} is “${text}”, which is no port.`, [
    `Give a whole number from 1 to 65535: ${name}=${fallback}`,
  ]);
}

/** One that is opened by a browser. @param {NodeJS.ProcessEnv} environment @param {string} name @param {number} fallback */
function webPortFrom(environment, name, fallback) {
  const port = portFrom(environment, name, fallback);
  if (isOpened(port)) return port;
  throw new LauncherError(`${name} is ${port}, and browsers open no page on this port.`, [
    `Give another one: ${name}=${fallback}`,
  ]);
}

/** @param {NodeJS.ProcessEnv} environment @param {string} name @param {boolean} fallback */
function flagFrom(environment, name, fallback) {
  const text = environment[name];
  if (text === undefined) return fallback;
  if (text === '1' || text === 'true') return true;
  if (text === '0' || text === 'false') return false;
  throw new LauncherError(`${name} is “${text}”; it can be 1 or 0.`);
}
