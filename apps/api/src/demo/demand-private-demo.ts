import { ConfigurationError, isLoopback, type AppConfig } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import type { Logger } from '@balcao/platform-logging';
import { sql, type Database } from '@balcao/platform-tenancy';
import { DEMO_OPERATOR, DEMO_ORGANIZATIONS } from './demo-data.js';

/** Those who could sign in to more than one account; no real person has an e-mail of theirs, whose domains are reserved. */
const EMAILS = [DEMO_OPERATOR, ...DEMO_ORGANIZATIONS.flatMap(({ staff }) => staff)].map(({ email }) => email);

/**
 * Everybody knows the demo's passwords, the operator's among them: where it is in the database, whatever is said of it now,
 * nothing is opened to other machines.
 * @throws ConfigurationError
 */
export async function demandPrivateDemo(database: Database, config: AppConfig, logger: Logger): Promise<void> {
  const open = Object.entries({ HOST: config.host, PUBLIC_URL: new URL(config.publicUrl).hostname })
    .filter(([, host]) => !isLoopback(host))
    .map(([name]) => name);
  if (open.length === 0 || config.balcaoDemoPublic) return;
  const found = await database
    .asPlatform('look whether the demo is here', (db) =>
      db.first(sql`
        select from operators where email = any(${EMAILS}::text[]) and status = 'active'
        union all select from staff_users where email = any(${EMAILS}::text[]) and status = 'active' limit 1`),
    )
    .catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
      logger.warn({ err: error }, 'nobody could look whether the demo is in the database');
    });
  if (!found) return;
  throw new ConfigurationError([
    `${open.join(' and ')} would let others in, and the demo is in this database (DATABASE_URL), whose passwords everybody knows: name an empty one, or suspend its people, or say BALCAO_DEMO_PUBLIC=1 where everybody may indeed sign in as everybody`,
  ]);
}
