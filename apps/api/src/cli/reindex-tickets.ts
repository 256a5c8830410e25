import { command, withApplication } from './command.js';

const usage = `
tickets:reindex

Makes all tickets found by the words that they have, after a change of how words are cut. Repeating it harms nothing.
`;

await command({ usage, options: {} }, () =>
  withApplication('reindex', async (app) => {
    const [{ TicketIndexService }, { Database, clockOf, sql, systemContext }] = await Promise.all([
      import('@balcao/module-tickets'),
      import('@balcao/platform-tenancy'),
    ]);
    const organizations = await app
      .get(Database)
      .asPlatform('organizations whose tickets are indexed anew', (db) =>
        db.query<{ id: string; slug: string; now: Date | null }>(
          sql`select o.id, o.slug, organization_now(o) as now from organizations o order by o.slug`,
        ),
      );
    for (const { id, slug, now } of organizations) {
      const context = systemContext(id, { clock: clockOf({ now }) });
      process.stdout.write(`${slug}: ${await app.get(TicketIndexService).reindex(context)} tickets\n`);
    }
  }),
);
