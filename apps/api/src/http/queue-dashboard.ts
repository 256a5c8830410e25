import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Queues } from '@balcao/platform-queue';

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
  await fastify.register(adapter.registerPlugin() as never, { prefix: PATH } as never);
}
