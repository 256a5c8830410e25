// @ts-check
import { resolve } from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';
import { balcaoVite } from './index.js';

/**
 * How the browser's sources are tested. Files share the modules that one of them has loaded; the page is put back in
 * order after each test of each file.
 * @param {import('./vitest.d.ts').BalcaoVitestOptions} options
 */
export function balcaoVitest({ page, ...options }) {
  return mergeConfig(
    balcaoVite(options),
    defineConfig({
      test: {
        environment: resolve(import.meta.dirname, 'browser-environment.js'),
        environmentOptions: { happyDOM: page },
        include: ['src/**/*.spec.ts', 'test/**/*.spec.ts'],
        env: { TZ: 'UTC' },
        isolate: false,
        // A page that is closed frees what it held; with one that does not, this is soon not enough.
        execArgv: ['--max-old-space-size=1024'],
        setupFiles: resolve(import.meta.dirname, '../test/support/setup.ts'),
        // The first test of a page loads its code, which takes its time where others work too.
        testTimeout: 30_000,
      },
    }),
  );
}
