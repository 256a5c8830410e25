// @ts-check
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository that this launcher belongs to. */
export const repositoryRoot = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** The local mailbox's program. */
export const mailboxServer = fileURLToPath(new URL('mailbox/server.mjs', import.meta.url));

/** The local register of companies' program. */
export const registryServer = fileURLToPath(new URL('registry/server.mjs', import.meta.url));

/** Preloaded into every Node process that the launcher starts: ends it when the launcher dies. */
export const followLauncher = fileURLToPath(new URL('processes/follow-launcher.mjs', import.meta.url));

/** Every place that the launcher uses below a root. Tests give it a root of their own. @param {string} [root] */
export function placesIn(root = repositoryRoot) {
  const state = join(root, '.balcao');
  return {
    root,
    /** Everything that this machine keeps; not in the repository. */
    state,
    logs: join(state, 'logs'),
    tools: join(state, 'tools'),
    secretsFile: join(state, 'secrets.json'),
    lockFile: join(state, 'running.json'),
    buildLock: join(state, 'building.json'),
    seededFile: join(state, 'demo-seeded.json'),
    postgresData: join(state, 'postgres'),
    mailbox: join(state, 'mailbox'),
    installStamp: join(root, 'node_modules', '.balcao-install'),
    buildStamp: join(root, 'node_modules', '.balcao-build'),
    programs: {
      migrate: join(root, 'apps', 'api', 'dist', 'cli', 'migrate.js'),
      seedDemo: join(root, 'apps', 'api', 'dist', 'cli', 'seed-demo.js'),
      reindexTickets: join(root, 'apps', 'api', 'dist', 'cli', 'reindex-tickets.js'),
      demoReset: join(root, 'apps', 'api', 'dist', 'cli', 'demo-reset.js'),
      rotateKeys: join(root, 'apps', 'api', 'dist', 'cli', 'rotate-keys.js'),
      setup: join(root, 'apps', 'api', 'dist', 'cli', 'setup.js'),
      organizations: join(root, 'apps', 'api', 'dist', 'cli', 'organizations.js'),
      api: join(root, 'apps', 'api', 'dist', 'main.js'),
      worker: join(root, 'apps', 'worker', 'dist', 'main.js'),
    },
  };
}

/** @typedef {ReturnType<typeof placesIn>} Places */
