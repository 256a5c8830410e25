// @ts-check
import { startPostgres } from '../../../../../tools/launcher/src/postgres.mjs';

/**
 * `serve-postgres <data folder> <port>`: runs the embedded PostgreSQL for as long as the parent process keeps its
 * channel open, or until the server dies. Tells the parent its process id and address once it answers.
 */
const [dataDir = '', port] = process.argv.slice(2);
const server = await startPostgres({
  dataDir,
  port: Number(port),
  // What was committed must survive the death of the server, though not that of the machine.
  settings: { fsync: 'off', full_page_writes: 'off', max_connections: 100 },
});
process.send?.({ pid: server.pid, url: server.url() });
process.once('disconnect', () => void server.stop());
await server.exited;
if (process.connected) process.disconnect();
