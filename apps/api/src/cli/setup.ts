import { parseArgs } from 'node:util';
import { createInterface } from 'node:readline/promises';
import { NestFactory } from '@nestjs/core';
import { loadConfig } from '@balcao/platform-config';
import { createLogger } from '@balcao/platform-logging';
import { PasswordHasher } from '@balcao/module-auth';
import { OrganizationService } from '@balcao/module-directory';
import { Database } from '@balcao/platform-tenancy';
import { AppModule } from '../app.module.js';
import { setUp, type SetupAnswers } from '../setup/set-up.js';

const QUESTIONS: { name: keyof SetupAnswers; text: string }[] = [
  { name: 'operatorEmail', text: 'E-mail of the platform operator' },
  { name: 'organizationName', text: 'Name of the organization' },
  { name: 'organizationSlug', text: 'Its address (letters, digits, hyphens)' },
  { name: 'ownerName', text: "Owner's name" },
  { name: 'ownerEmail', text: "Owner's e-mail" },
  { name: 'password', text: 'First password of both (at least 8 characters)' },
];

/** Makes the first operator, organization and owner of an installation without demo data. */
const { values } = parseArgs({
  options: Object.fromEntries(
    QUESTIONS.map(({ name }) => [
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      { type: 'string' as const },
    ]),
  ),
});

async function answers(): Promise<SetupAnswers> {
  const given = Object.fromEntries(
    Object.entries(values).map(([flag, value]) => [
      flag.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
  const missing = QUESTIONS.filter(({ name }) => !given[name]);
  if (missing.length > 0 && process.stdin.isTTY) {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    for (const { name, text } of missing) given[name] = await terminal.question(`${text}: `);
    terminal.close();
  } else if (missing.length > 0) {
    throw new Error(
      `Missing: ${missing.map(({ name }) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`).join(', ')}`,
    );
  }
  return given as unknown as SetupAnswers;
}

try {
  const config = loadConfig(process.env);
  const logger = createLogger('setup', 'warn');
  const input = await answers();
  const app = await NestFactory.createApplicationContext(AppModule.forRoot({ config, logger }), {
    logger: false,
    abortOnError: false,
  });
  try {
    const services = {
      database: app.get(Database),
      hasher: app.get(PasswordHasher, { strict: false }),
      organizations: app.get(OrganizationService, { strict: false }),
    };
    await setUp(services, input);
  } finally {
    await app.close();
  }
  process.stdout.write(
    `Done. Staff sign in at ${config.publicUrl}/console, customers at ${config.publicUrl}/o/${input.organizationSlug}, operators at ${config.publicUrl}/ops/login\n`,
  );
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
