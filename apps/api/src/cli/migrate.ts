import { Secrets, loadConfig } from '@balcao/platform-config';
import { migrate } from '@balcao/platform-database';
import { prepareQueues } from '@balcao/platform-queue';

/** `migrate` brings the schema up to date; `migrate down [count]` takes the newest migrations back. */
const [direction = 'up', count] = process.argv.slice(2);
try {
  const config = loadConfig(process.env);
  if (!config.databaseUrl)
    throw new Error('Migrations need DATABASE_URL: the connection of a role that owns the database');
  if (direction !== 'up' && direction !== 'down') throw new Error('Usage: migrate [up|down] [count]');
  const secrets = new Secrets(config.secretKey);
  const names = await migrate({
    url: config.databaseUrl,
    secrets,
    direction,
    count: count === undefined ? undefined : Number(count),
  });
  if (direction === 'up') await prepareQueues(config, secrets);
  process.stdout.write(
    names.length > 0 ? names.map((name) => `${direction} ${name}\n`).join('') : 'schema is up to date\n',
  );
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
