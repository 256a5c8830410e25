/**
 * Jest runs the TypeScript sources of every package through swc, as ES modules.
 * Run it with NODE_OPTIONS=--experimental-vm-modules; `npm test` does so.
 */
const swc = (moduleType) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
    module: { type: moduleType },
    sourceMaps: 'inline',
  },
];

/** Packages that exist as ES modules only, though CommonJS ones require them; Jest cannot do that before Node 24.9. */
const REQUIRED_ES_MODULES = 'content-disposition|cookie';

const shared = {
  testEnvironment: 'node',
  // Packages of the workspace are read from their sources.
  testEnvironmentOptions: { customExportConditions: ['balcao-source', 'node', 'node-addons'] },
  roots: ['<rootDir>/libs', '<rootDir>/apps/api', '<rootDir>/apps/worker'],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': swc('es6'),
    [`/(${REQUIRED_ES_MODULES})@.+\\.js$`]: swc('commonjs'),
  },
  transformIgnorePatterns: [`/node_modules/\\.pnpm/(?!(${REQUIRED_ES_MODULES})@)`],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
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
