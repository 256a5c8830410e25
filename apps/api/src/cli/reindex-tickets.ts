import { NestFactory } from '@nestjs/core';
import { loadConfig } from '@balcao/platform-config';
import { createLogger } from '@balcao/platform-logging';
import { TicketIndexService } from '@balcao/module-tickets';
import { Database, sql, systemContext } from '@balcao/platform-tenancy';
import { AppModule } from '../app.module.js';

/** Makes all tickets found by the words that they have, after a change of how words are cut. Can be repeated. */
const config = loadConfig(process.env);
const app = await NestFactory.createApplicationContext(
  AppModule.forRoot({ config, logger: createLogger('reindex', 'warn') }),
  { logger: false, abortOnError: false },
);
try {
  const organizations = await app
    .get(Database)
    .asPlatform('organizations whose tickets are indexed anew', (db) =>
      db.query<{ id: string; slug: string }>(sql`select o.id, o.slug from organizations o order by o.slug`),
    );
  for (const { id, slug } of organizations) {
    process.stdout.write(`${slug}: ${await app.get(TicketIndexService).reindex(systemContext(id))} tickets\n`);
  }
} finally {
  await app.close();
}
