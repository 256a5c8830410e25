import { loadConfig, Secrets, type AppConfig } from '@balcao/platform-config';

/** Every test process uses the same, since the passwords of the server's roles are derived from it. */
const SECRET_KEY = 'only-for-tests-0123456789abcdefghij';

export function testSecrets(): Secrets {
  return new Secrets(SECRET_KEY);
}

/** A valid configuration for tests, with what the test needs set differently. */
export function testConfig(overrides: Partial<AppConfig> & { databaseUrl: string }): AppConfig {
  const config = loadConfig({
    NODE_ENV: 'test',
    SECRET_KEY,
    DATABASE_URL: overrides.databaseUrl,
    BCRYPT_COST: '4',
    STATUS_MAIL_DELAY_SECONDS: '0',
    // A busy machine is no outage.
    DATABASE_POOL_WAIT_MS: '30000',
    DATABASE_STATEMENT_TIMEOUT_MS: '60000',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
  });
  return Object.assign(config, overrides);
}
