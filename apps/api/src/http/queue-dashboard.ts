import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { DEFAULT_LOCALE, type Locale } from '@balcao/contracts';
import { Audit } from '@balcao/platform-audit';
import { Queues } from '@balcao/platform-queue';
import { Database } from '@balcao/platform-tenancy';

const PATH = '/ops/queues';
const MARK = '/portal/favicon.svg';

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
    options: {
      uiConfig: {
        boardTitle: 'Balcão',
        boardLogo: { path: MARK, width: 24 },
        favIcon: { default: MARK, alternative: MARK },
        hideDocsLink: true,
        locale: { lng: DEFAULT_LOCALE },
      },
    },
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
      scope.addHook('onSend', async ({ balcao }, reply, page) =>
        typeof page === 'string' && String(reply.getHeader('content-type')).startsWith('text/html')
          ? ofThisHouse(page, balcao.context.locale)
          : page,
      );
      await scope.register(adapter.registerPlugin() as never);
    },
    { prefix: PATH },
  );
}

/** Its page in the reader's language, and without the fonts that it would fetch from elsewhere. */
const ofThisHouse = (page: string, locale: Locale) =>
  page
    .replace('<html lang="en"', `<html lang="${locale}"`)
    .replace(`"lng":"${DEFAULT_LOCALE}"`, `"lng":"${locale}"`)
    .replace(/<link href="https?:[^>]*>/g, '');
