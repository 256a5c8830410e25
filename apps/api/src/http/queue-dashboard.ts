import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Audit } from '@balcao/platform-audit';
import { Queues } from '@balcao/platform-queue';
import { Database } from '@balcao/platform-tenancy';

const PATH = '/ops/queues';

/** The dashboard of all queues, for operators: its routes stand in the list of routes with a guard of their own. */
export async function serveQueueDashboard(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const adapter = new FastifyAdapter();
  adapter.setBasePath(PATH);
  createBullBoard({
    // Its types know Redis' queues only; the PostgreSQL ones have the same methods.
    queues: app
      .get(Queues)
      .all()
      .map((queue) => new BullMQAdapter(queue as never)),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Balcão' } },
  });
  const database = app.get(Database);
  const audit = app.get(Audit);
  await fastify.register(
    async (scope) => {
      // Recorded before it is done, since the dashboard's deeds and the row share no transaction: no deed goes unrecorded.
      scope.addHook('preHandler', async ({ method, url, balcao }) => {
        if (method === 'GET' || method === 'HEAD') return;
        await database.asPlatform('an operator changes a queue', (db) =>
          audit.record(db, balcao.context, {
            action: 'operator.queue.change',
            target: { type: 'queue' },
            // Bodies may hold what a job was given.
            changes: { after: { method, path: url.split('?', 1)[0] } },
          }),
        );
      });
      await scope.register(adapter.registerPlugin() as never);
    },
    { prefix: PATH },
  );
}
