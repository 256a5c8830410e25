// @ts-check
import { dirname } from 'node:path';
import { startThrowAwayPostgres } from '../../../../../tools/launcher/src/postgres/throw-away.mjs';

/**
 * `serve-postgres <port>`: keeps the data of an embedded PostgreSQL for as long as the parent process keeps its channel
 * open. Every message starts the server and is answered with its process id, its address and the folder that is removed
 * with it; when the server dies, the parent is told `ended`, and may have it started again on the same data.
 */
const port = Number(process.argv[2]);
/** @type {import('../../../../../tools/launcher/src/postgres/throw-away.mjs').ThrowAwayPostgres | undefined} */
let server;

process.on('message', () => {
  void start().catch((error) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
process.once('disconnect', () => void server?.discard().then(() => process.exit(0)));
// Ctrl-C reaches this process as well. It ends after its parent, once the server has.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

async function start() {
  server = await startThrowAwayPostgres({
    name: 'faults',
    port,
    dataDir: server?.wantedDataDir,
    // Two of each program at most, by what docs/operations.md says that they need.
    // What was committed must survive the death of the server, though not that of the machine.
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: 130 },
  });
  process.send?.({ pid: server.pid, url: server.url(), folder: dirname(server.wantedDataDir) });
  await server.exited;
  if (process.connected) process.send?.('ended');
}
