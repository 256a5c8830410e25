import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { AppConfig } from './app.config.js';

/** The environment holds a value that cannot be used. The message names every such variable. */
export class ConfigurationError extends Error {
  constructor(problems: string[]) {
    super(
      `The configuration needs attention:\n${problems.map((problem) => `  - ${problem}`).join('\n')}\nSee .env.example for every variable.`,
    );
    this.name = 'ConfigurationError';
  }
}

/** Whether a host is the machine itself. */
export const isLoopback = (hostname: string) => /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(hostname);

/** Name of the variable that gives a setting. */
export const variableOf = (property: string) => property.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/**
 * Reads and validates the configuration. Empty variables count as absent.
 * @throws ConfigurationError naming each wrong or missing variable; values are never repeated, since they may be secret.
 */
export function loadConfig(environment: NodeJS.ProcessEnv): AppConfig {
  const known = [
    ...Object.keys(new AppConfig()),
    'secretKey',
    'secretKeysOld',
    'portalBaseDomain',
    'portalCnameTarget',
    'dnsServers',
    'mailSpfInclude',
    'trustedProxies',
    'databaseUrl',
    'databaseAppUrl',
    'databasePlatformUrl',
    'databaseQueueUrl',
  ];
  const given = known
    .map((property) => [property, environment[variableOf(property)]] as const)
    .filter(([, value]) => value !== undefined && value.trim() !== '');
  const config = plainToInstance(AppConfig, Object.fromEntries(given), { exposeDefaultValues: true });
  const problems = validateSync(config).map(
    (error) =>
      `${variableOf(error.property)} ${Object.values(error.constraints ?? {})[0]?.replace(`${error.property} `, '') ?? 'is wrong'}`,
  );
  if (!config.databaseUrl && !(config.databaseAppUrl && config.databasePlatformUrl && config.databaseQueueUrl)) {
    problems.push('DATABASE_URL is missing (or all of DATABASE_APP_URL, DATABASE_PLATFORM_URL and DATABASE_QUEUE_URL)');
  }
  if (config.production && /^(.)\1*$|demo|example|changeme/i.test(config.secretKey ?? '')) {
    problems.push('SECRET_KEY must be a secret of your own in production (openssl rand -base64 32)');
  }
  if (config.production && !config.secure && !isLoopback(new URL(config.publicUrl).hostname)) {
    problems.push('PUBLIC_URL must begin with https:// in production: over http everybody on the way reads sessions');
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return config;
}
