const { readdirSync } = require('node:fs');

/** The floors of the house: an import goes down, never up or sideways except as listed (docs/architecture.md). */
const MODULES = readdirSync(`${__dirname}/libs/modules`);
const MAY_USE = {
  directory: [],
  auth: ['directory'],
  portal: ['auth', 'directory'],
  kb: ['portal', 'auth', 'directory'],
  tickets: ['kb', 'portal', 'auth', 'directory'],
};
const PLATFORM = [
  'threads',
  'errors',
  'config',
  'logging',
  'database',
  'tenancy',
  'state',
  'queue',
  'outbox',
  'live',
  'events',
  'outbound',
  'storage',
  'audit',
  'mail',
  'http',
  'testing',
];
/** Each platform library and those below it. */
const BELOW = {
  threads: [],
  errors: [],
  config: [],
  logging: [],
  database: ['errors', 'config', 'logging'],
  tenancy: ['errors', 'config', 'logging', 'database'],
  state: ['errors', 'config', 'logging', 'database', 'tenancy'],
  queue: ['errors', 'config', 'logging', 'database'],
  outbox: ['errors', 'config', 'logging', 'database', 'tenancy', 'queue'],
  outbound: [],
  storage: ['errors', 'config', 'logging'],
  live: ['errors', 'config', 'logging', 'database', 'tenancy', 'state', 'http'],
  events: ['errors', 'config', 'logging', 'database', 'tenancy', 'queue', 'outbox', 'live'],
  audit: ['errors', 'config', 'logging', 'database', 'tenancy'],
  mail: ['errors', 'config', 'logging', 'database', 'tenancy', 'queue', 'outbox', 'storage'],
  http: ['errors', 'config', 'logging', 'database', 'tenancy', 'state'],
  testing: PLATFORM,
};
const oneOf = (names) => `(${names.join('|')})`;

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'floor-1-stands-alone',
      severity: 'error',
      from: { path: '^libs/(contracts|brazil|theming)/' },
      to: { path: '^(apps|libs/(platform|modules|ui|api-client))/' },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: '^(apps|libs/(modules|ui|api-client))/' },
    },
    ...PLATFORM.map((name) => ({
      name: `platform-${name}-imports-down`,
      severity: 'error',
      from: { path: `^libs/platform/${name}/` },
      to: {
        path: '^libs/platform/',
        pathNot: `^libs/platform/${oneOf([name, ...BELOW[name], ...(name === 'testing' ? [] : ['testing'])])}/`,
      },
    })),
    {
      name: 'testing-only-in-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '(/test/|\\.spec\\.ts$|^libs/platform/testing/)' },
      to: { path: '^libs/platform/testing/' },
    },
    ...MODULES.map((name) => ({
      name: `module-${name}-imports-down`,
      severity: 'error',
      from: { path: `^libs/modules/${name}/` },
      to: {
        path: '^(apps|libs/(modules|ui|api-client))/',
        pathNot: `^libs/modules/${oneOf([name, ...(MAY_USE[name] ?? [])])}/`,
      },
    })),
    {
      name: 'core-knows-no-http',
      severity: 'error',
      from: {
        path: '^libs/modules/[^/]+/src/',
        pathNot: '/src/(http|worker)(/|\\.ts$)|/src/[a-z]+\\.worker\\.module\\.ts$',
      },
      to: { path: '^libs/modules/[^/]+/src/http' },
    },
    {
      name: 'api-loads-no-worker',
      severity: 'error',
      from: { path: '^apps/api/src/' },
      to: { path: '^libs/[^/]+/[^/]+/src/worker' },
    },
    {
      name: 'worker-loads-no-http',
      severity: 'error',
      from: { path: '^apps/worker/src/' },
      to: { path: '^libs/(modules/[^/]+/src/http|platform/http/)' },
    },
    {
      name: 'apps-are-apart',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'spas-know-no-server',
      severity: 'error',
      from: { path: '^(apps/(portal|console)|libs/ui)/' },
      to: { path: '^libs/(platform|modules|brazil)/' },
    },
    {
      name: 'features-are-apart',
      severity: 'error',
      from: { path: '^apps/(portal|console)/src/features/([^/]+)/' },
      to: { path: '^apps/$1/src/features/', pathNot: '^apps/$1/src/features/$2/' },
    },
    {
      name: 'no-dev-dependency-at-run-time',
      severity: 'error',
      from: { path: '^(apps|libs)/.*/src/', pathNot: '\\.spec\\.ts$' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '(vite|@types|vitest|@vue/test-utils|@jest)',
      },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(#build|virtual:|~icons)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(dist/|node_modules/\\.cache|libs/api-client/src/generated)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['balcao-source', 'types', 'import', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.vue', '.json', '.css'],
    },
  },
};
