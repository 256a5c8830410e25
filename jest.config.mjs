/**
 * Jest runs the TypeScript sources of every package as ES modules; tools/jest loads them, once for all the spec files of a
 * process.
 */
const shared = {
  testEnvironment: 'node',
  runtime: '<rootDir>/tools/jest/runtime.cjs',
  transform: {},
  roots: ['<rootDir>/libs', '<rootDir>/apps/api', '<rootDir>/apps/worker'],
  modulePathIgnorePatterns: ['/dist/'],
};

// The packages of the browser run their tests with vitest.
const BROWSER = ['/node_modules/', '/dist/', '<rootDir>/libs/ui/', '<rootDir>/libs/api-client/'];

export default {
  // Waits within tests have shorter limits, which follow the machine's speed.
  testTimeout: 120_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: [...BROWSER, '\\.int\\.spec\\.ts$', '/apps/[^/]+/test/'],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['**/*.int.spec.ts'],
      testPathIgnorePatterns: BROWSER,
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/apps/api/test/e2e/**/*.spec.ts'],
    },
    {
      ...shared,
      displayName: 'isolation',
      testMatch: ['<rootDir>/apps/api/test/isolation/**/*.spec.ts'],
    },
    {
      ...shared,
      displayName: 'faults',
      testMatch: ['<rootDir>/apps/api/test/faults/**/*.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/apps/api/test/faults/support/patience.ts'],
    },
  ],
};
