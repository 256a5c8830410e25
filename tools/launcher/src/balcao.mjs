// @ts-check
import { migrate, runInteractively } from './commands.mjs';
import { demandDatabase, startOwnDatabase } from './database.mjs';
import { childEnvironment, readEnvironment, settingsFrom } from './environment.mjs';
import { LauncherError } from './errors.mjs';
import { lockHolder, takeLock } from './lock.mjs';
import { demandNodeVersion } from './node-version.mjs';
import { endOfOthersBuild, prepare } from './prepare.mjs';
import { endTied } from './processes/tied.mjs';
import { step } from './progress.mjs';
import { loadSecrets } from './secrets.mjs';

const HELP = `npm run balcao -- <command>

  setup        make the first operator, organization and owner; asks for what is not given
  organizations:create, organizations:list, organizations:suspend, organizations:restore
               make an organization and invite its owner; see all; keep one out, and let it in again
  keys:rotate  seal everything anew with SECRET_KEY that a secret of SECRET_KEYS_OLD has sealed
  tickets:reindex
               make all tickets found by the words that they have, after a change of how words are cut
  demo:reset   bring the demo organizations back to what they were at first
  migrate      bring the database to the newest form; "migrate down 1" takes the newest step back
  help         this text

Each says with --help what it takes. The commands use the database of a running npm start, or start it for as long as they take.
`;

const VERBS = ['create', 'list', 'suspend', 'restore'];

/**
 * @param {import('./paths.mjs').Places} places
 * @param {string[]} args the command and its own arguments
 * @returns {Promise<number>} the exit code
 */
export async function runCommand(places, args) {
  const [command = 'help', ...rest] = args;
  demandNodeVersion();
  const { setup, organizations, rotateKeys, reindexTickets, demoReset, migrate: migrations } = places.programs;
  /** @type {Record<string, string>} */
  const programs = {
    setup,
    ...Object.fromEntries(VERBS.map((verb) => [`organizations:${verb}`, organizations])),
    'keys:rotate': rotateKeys,
    'tickets:reindex': reindexTickets,
    'demo:reset': demoReset,
    migrate: migrations,
  };
  if (command === 'help' || command === '--help' || command === '-h') {
    process.stdout.write(HELP);
    return 0;
  }
  const program = programs[command];
  if (program === undefined) {
    throw new LauncherError(`There is no command “${command}”.`, [
      `Known ones: ${Object.keys(programs).join(', ')}, help`,
    ]);
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    const isRunning = lockHolder(places.lockFile) !== undefined;
    const env = isRunning ? process.env : await prepare(places, readEnvironment(places.root));
    if (isRunning) await endOfOthersBuild(places);
    return runInteractively(places, program, ['--help'], env);
  }
  return withDatabase(places, async (env) => {
    // Those look by themselves whether the schema is behind, which takes no time.
    if (command !== 'migrate' && program !== organizations)
      await step('Migrating the database', () => migrate(places, env));
    return runInteractively(places, program, [...verbOf(command), ...rest], env);
  });
}

/** What one program does under several names is its first argument. @param {string} command */
const verbOf = (command) => (command.startsWith('organizations:') ? [command.slice('organizations:'.length)] : []);

/**
 * Gives `work` the environment of the commands, with a database that answers.
 * @param {import('./paths.mjs').Places} places
 * @param {(env: NodeJS.ProcessEnv) => Promise<number>} work
 * @returns {Promise<number>}
 */
async function withDatabase(places, work) {
  const given = readEnvironment(places.root);
  const settings = settingsFrom(given);
  const running = lockHolder(places.lockFile);
  const ownDatabase = settings.postgres;
  if (running !== undefined && running.state?.databaseUrl === undefined) {
    throw new LauncherError(`“${running.command}” (process ${running.pid}) is busy in this folder.`, [
      'Wait until it has started or ended, then try again.',
    ]);
  }
  // While npm start runs, its build is the one in use; the tests may be building beside it.
  const prepared = running === undefined ? await prepare(places, given) : given;
  if (running !== undefined) await endOfOthersBuild(places);
  const { secretKey, postgresPassword } = loadSecrets(places.secretsFile);
  const urlInUse = ownDatabase === undefined ? given['DATABASE_URL'] : running?.state?.databaseUrl;
  if (urlInUse !== undefined) {
    await demandDatabase(urlInUse);
    return work(childEnvironment(prepared, settings, { databaseUrl: urlInUse, secretKey }));
  }

  const lock = takeLock(places.lockFile, 'npm run balcao');
  if ('holder' in lock || ownDatabase === undefined) {
    throw new LauncherError('Another command has just begun in this folder.', [
      'Wait until it has ended, then try again.',
    ]);
  }
  try {
    const { server, url } = await step('Starting PostgreSQL', () =>
      startOwnDatabase(places, ownDatabase, postgresPassword),
    );
    const stop = async () => {
      await endTied();
      await server.stop();
      lock.release();
      process.exit(130);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
    try {
      return await work(childEnvironment(prepared, settings, { databaseUrl: url, secretKey }));
    } finally {
      await server.stop();
    }
  } finally {
    lock.release();
  }
}
