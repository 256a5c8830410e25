import { CommandError, command, readConfig } from './command.js';

const usage = `
keys:rotate

Seals everything anew that was sealed with a secret of SECRET_KEYS_OLD. Repeating it, or running it twice, harms nothing.
`;

await command({ usage, options: {} }, async () => {
  const [config, { Secrets }, { createLogger }, { createDatabase }, { rotateKeys }] = await Promise.all([
    readConfig(),
    import('@balcao/platform-config'),
    import('@balcao/platform-logging'),
    import('../composition.js'),
    import('../setup/rotate-keys.js'),
  ]);
  const secrets = new Secrets(config.secretKey, config.oldSecretKeys);
  const database = createDatabase(config, secrets, createLogger('keys', 'warn'));
  try {
    const { sealed, unreadable } = await rotateKeys(database, secrets);
    process.stdout.write(`${sealed} sealed anew\n`);
    if (unreadable.length > 0)
      throw new CommandError(
        `Neither SECRET_KEY nor SECRET_KEYS_OLD opens:\n${unreadable.map((name) => `  - ${name}`).join('\n')}`,
      );
    process.stdout.write('SECRET_KEYS_OLD is needed no longer\n');
  } finally {
    await database.close();
  }
});
