// @ts-check
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { removeData, startPostgres } from '../postgres.mjs';

/**
 * @typedef {import('../postgres.mjs').RunningPostgres & {
 *   wantedDataDir: string,
 *   discard: () => Promise<void>,
 * }} ThrowAwayPostgres `discard` ends the server, if it runs, and removes every file that was made for it
 */

/**
 * Starts a server whose data nobody will miss, in a temporary folder of its own.
 * @param {object} options
 * @param {string} options.name of the user of the server, part of the folder's name
 * @param {number} [options.port]
 * @param {Record<string, string | number>} [options.settings]
 * @param {string} [options.dataDir] `wantedDataDir` of a server that ended, to start it again on its data
 * @returns {Promise<ThrowAwayPostgres>}
 */
export async function startThrowAwayPostgres({ name, port, settings, dataDir }) {
  const wantedDataDir = dataDir ?? join(await mkdtemp(join(tmpdir(), `balcao-${name}-`)), 'postgres');
  const folder = dirname(wantedDataDir);
  const removeAll = async () => {
    // As root the data may be elsewhere, which only the folder's place and permissions tell.
    await removeData(wantedDataDir);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    // As root, PostgreSQL runs as another user, who must be able to enter it.
    await chmod(folder, 0o755);
    const server = await startPostgres({ dataDir: wantedDataDir, port, settings });
    let running = true;
    void server.exited.then(() => (running = false));
    const discard = async () => {
      if (running) await server.stop();
      await removeAll();
    };
    return { ...server, wantedDataDir, discard };
  } catch (error) {
    await removeAll();
    throw error;
  }
}
