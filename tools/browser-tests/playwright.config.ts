import { defineConfig } from '@playwright/test';
import { busyness } from '../launcher/src/testing/busyness.mjs';
import { API_PORT } from './support/addresses.js';

/** `npm test` names the one that it found; without it, Debian's. */
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

const busy = busyness();

export default defineConfig({
  testDir: 'tests',
  globalSetup: './support/start-product.ts',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000 * busy,
  expect: { timeout: 15_000 * busy },
  outputDir: '../../test-results/browser',
  use: {
    // What cannot be done says so, instead of waiting for the end of its test.
    actionTimeout: 20_000 * busy,
    navigationTimeout: 30_000 * busy,
    baseURL: `http://localhost:${API_PORT}`,
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    viewport: { width: 1280, height: 900 },
    // To record each test takes a third of its processor time; what failed is recorded with `-- --trace on`.
    trace: 'off',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
        // No page lives long enough to repay the compiler that optimizes most.
        '--js-flags=--no-turbofan',
      ],
    },
  },
});
