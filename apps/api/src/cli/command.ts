import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import type { AppConfig } from '@balcao/platform-config';

/** What the person who typed the command can mend: its message is all that is said. */
export class CommandError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<Given extends Options> = ReturnType<typeof parseArgs<{ options: Given; allowPositionals: true }>>['values'];

/**
 * Runs a program that somebody types: `--help` shows its usage, and whatever goes wrong is said in its own words, without a
 * stack. `exitCodes`, by an error's name, differ from 1 where another program has to tell them apart.
 */
export async function command<Given extends Options>(
  { usage, options, exitCodes = {} }: { usage: string; options: Given; exitCodes?: Partial<Record<string, number>> },
  run: (values: Values<Given>, positionals: string[]) => Promise<void>,
): Promise<void> {
  try {
    const { values, positionals } = parseArgs({
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if ((values as { help?: boolean }).help) process.stdout.write(`${usage.trim()}\n`);
    else await run(values as Values<Given>, positionals);
  } catch (error) {
    const { code, message, name } = error as Error & { code?: string };
    const advice = code?.startsWith('ERR_PARSE_ARGS') ? '\nWith --help it says what it takes.' : '';
    process.stderr.write(`${message || code || String(error)}${advice}\n`);
    process.exitCode = exitCodes[name] ?? 1;
  }
}

/**
 * For commands that leave the schema as it is, which is much quicker than bringing it up to date. Nothing is asked where only the
 * application's own roles are known, as beside a container.
 * @throws CommandError where the schema is behind
 */
export async function demandSchema(): Promise<void> {
  const { databaseUrl } = await readConfig();
  if (!databaseUrl) return;
  const { missingMigrations } = await import('@balcao/platform-database');
  const missing = await missingMigrations(databaseUrl);
  if (missing.length === 0) return;
  throw new CommandError(
    `The database is behind this version by ${missing.length === 1 ? 'one step' : `${missing.length} steps`} (${missing.join(', ')}). ` +
      'Bring it up to date first: npm run balcao -- migrate',
  );
}

/** Loaded only when it is needed, as all that the commands do: help and refusals of options come at once. */
export const readConfig = async (): Promise<AppConfig> =>
  (await import('@balcao/platform-config')).loadConfig(process.env);

/** Gives `work` the application without its HTTP server, and ends it. */
export async function withApplication(
  name: string,
  work: (app: INestApplicationContext, config: AppConfig) => Promise<void>,
): Promise<void> {
  const config = await readConfig();
  const [{ NestFactory }, { createLogger }, { AppModule }] = await Promise.all([
    import('@nestjs/core'),
    import('@balcao/platform-logging'),
    import('../app.module.js'),
  ]);
  const logger = createLogger(name, 'warn');
  const app = await NestFactory.createApplicationContext(AppModule.forRoot({ config, logger }), {
    logger: false,
    abortOnError: false,
  });
  try {
    await work(app, config);
  } finally {
    await app.close();
  }
}
