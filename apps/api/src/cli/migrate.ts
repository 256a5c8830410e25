import { CommandError, command, readConfig } from './command.js';

const usage = `
migrate [up]            bring the database to the newest form
migrate down [count]    take the newest migration back, or the newest ones

DATABASE_URL is the connection of a role that owns the database. Exit code 3: an older, unreleased version made it.
`;

await command(
  { usage, options: {}, exitCodes: { ForeignSchemaError: 3 } },
  async (_values, [direction = 'up', count]) => {
    const config = await readConfig();
    if (!config.databaseUrl)
      throw new CommandError('Migrations need DATABASE_URL: the connection of a role that owns the database');
    if ((direction !== 'up' && direction !== 'down') || (count !== undefined && !/^[1-9]\d*$/.test(count)))
      throw new CommandError(`Usage:\n${usage.trim()}`);
    const [{ Secrets }, { migrate }, { prepareQueues }] = await Promise.all([
      import('@balcao/platform-config'),
      import('@balcao/platform-database'),
      import('@balcao/platform-queue'),
    ]);
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
  },
);
