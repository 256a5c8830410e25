import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { Database } from '@balcao/platform-tenancy';

/** Answers `/health/live` and `/health/ready` for whoever watches over the worker. */
export async function startHealthServer(database: Database, port: number, host: string): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify({ status: text }));
    if (request.url === '/health/live') answer(200, 'ok');
    else if (request.url === '/health/ready') {
      database.ping().then(
        () => answer(200, 'ok'),
        () => answer(503, 'the database does not answer'),
      );
    } else answer(404, 'not found');
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}
