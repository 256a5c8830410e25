// @ts-check
import { join } from 'node:path';
import { LauncherError } from './errors.mjs';
import { startPostgres, withClient } from './postgres.mjs';

export const DATABASE = 'balcao';

/**
 * Starts the embedded PostgreSQL with this machine's data and makes sure that it holds the database.
 * @param {import('./paths.mjs').Places} places
 * @param {{ port: number, explicit: boolean }} wanted
 * @param {string} password
 * @returns {Promise<{ server: import('./postgres.mjs').RunningPostgres, url: string }>}
 */
export async function startOwnDatabase(places, wanted, password) {
  const server = await startPostgres({
    dataDir: places.postgresData,
    port: wanted.explicit ? wanted.port : 0,
    password,
    logFile: join(places.logs, 'postgres.log'),
    settings: { max_connections: 200 },
  });
  try {
    await server.ensureDatabase(DATABASE);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { server, url: server.url(DATABASE) };
}

const DEMO_ORGANIZATIONS = ['aurora', 'boreal'];

/**
 * Empties a database that holds the demo and nothing else.
 * @param {string} url
 * @param {import('./postgres.mjs').RunningPostgres} server
 * @returns {Promise<boolean>} false where it holds organizations of somebody's own: nothing was done then
 */
export async function discardDemo(url, server) {
  const { rows } = await withClient(url, (client) =>
    client.query('select 1 from organizations where slug <> all($1)', [DEMO_ORGANIZATIONS]),
  );
  if (rows.length > 0) return false;
  await withClient(server.url(), (client) => client.query(`drop database ${DATABASE} with (force)`));
  return server.ensureDatabase(DATABASE);
}

/**
 * Makes sure that somebody else's server answers, so that a wrong DATABASE_URL is said at once and clearly.
 * @param {string} url
 */
export async function demandDatabase(url) {
  try {
    const { rows } = await withClient(url, (client) => client.query('show server_version_num'));
    if (Number(rows[0]?.server_version_num) < 150_000) {
      throw new LauncherError('The PostgreSQL server of DATABASE_URL is older than version 15.', [
        'Upgrade it, or choose another.',
      ]);
    }
  } catch (error) {
    if (error instanceof LauncherError) throw error;
    throw new LauncherError(
      `The database of DATABASE_URL cannot be used: ${error instanceof Error ? error.message || error.name : String(error)}`,
      [
        'Check host, port, user, password and database name, and that the server runs.',
        'Without DATABASE_URL Balcão starts a PostgreSQL of its own.',
      ],
      { cause: error },
    );
  }
}
