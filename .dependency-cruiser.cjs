const { existsSync, readdirSync, readFileSync } = require('node:fs');

/**
 * The floors of the house: an import goes down, never up or sideways (docs/architecture.md). Which packages stand below
 * another says its own package.json; no package stands below itself, however long the way.
 */
const packagesIn = (folder) =>
  readdirSync(`${__dirname}/${folder}`).flatMap((name) => {
    // What was built of a package that is gone may still lie there.
    if (!existsSync(`${__dirname}/${folder}/${name}/package.json`)) return [];
    const { dependencies = {}, devDependencies = {} } = JSON.parse(
      readFileSync(`${__dirname}/${folder}/${name}/package.json`, 'utf8'),
    );
    const prefix = folder === 'libs/modules' ? '@balcao/module-' : '@balcao/platform-';
    const of = (packages) =>
      Object.keys(packages).flatMap((each) => (each.startsWith(prefix) ? [each.slice(prefix.length)] : []));
    return [{ name, uses: of(dependencies), testsUse: of(devDependencies) }];
  });
const MODULES = packagesIn('libs/modules');
const PLATFORM = packagesIn('libs/platform');
for (const packages of [MODULES, PLATFORM]) {
  const laid = new Set();
  const left = new Set(packages);
  for (const { name } of packages) {
    const next = [...left].find(({ uses }) => uses.every((each) => laid.has(each)));
    if (!next) throw new Error(`A package stands below itself, among ${[...left].map((each) => each.name)} (${name})`);
    laid.add(next.name);
    left.delete(next);
  }
}
const TESTS = '(/test/|\\.spec\\.ts$)';
/** Sources import what the package uses, its tests also what they need besides. */
const importsDown = (floor, name, uses, testsUse) =>
  [
    { suffix: '', from: { pathNot: TESTS }, allowed: [name, ...uses] },
    { suffix: '-in-tests', from: { path: TESTS }, allowed: [name, ...uses, ...testsUse] },
  ].map(({ suffix, from: { path = '', pathNot }, allowed }) => ({
    name: `${floor}-${name}-imports-down${suffix}`,
    severity: 'error',
    from: { path: `^libs/${floor}/${name}/.*${path}`, ...(pathNot && { pathNot }) },
    to: { path: `^libs/${floor}/`, pathNot: `^libs/${floor}/(${allowed.join('|')})/` },
  }));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'floor-1-stands-alone',
      severity: 'error',
      from: { path: '^libs/(contracts|brazil|codes|csv|money|theming)/' },
      to: { path: '^(apps|libs/(platform|modules|ui|api-client))/' },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: '^(apps|libs/(modules|ui|api-client))/' },
    },
    ...PLATFORM.flatMap(({ name, uses, testsUse }) => importsDown('platform', name, uses, testsUse)),
    {
      name: 'testing-only-in-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '(/test/|\\.spec\\.ts$|^libs/platform/testing/)' },
      to: { path: '^libs/platform/(testing/|outbox/src/testing)' },
    },
    ...MODULES.flatMap(({ name, uses, testsUse }) => importsDown('modules', name, uses, testsUse)),
    {
      name: 'module-knows-no-app',
      severity: 'error',
      from: { path: '^libs/modules/' },
      to: { path: '^(apps|libs/(ui|api-client))/' },
    },
    {
      name: 'core-knows-no-http',
      severity: 'error',
      from: { path: '^libs/modules/[^/]+/src/', pathNot: '/src/(http|worker)(/|\\.ts$)' },
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
      to: { path: '^libs/(modules/[^/]+/src/http|platform/(http/|[^/]+/src/http))', reachable: true },
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
      to: { path: '^libs/(platform|modules)/' },
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
    exclude: { path: '(dist/|node_modules/\\.cache|libs/api-client/src/(settings/)?generated)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['balcao-source', 'types', 'import', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.vue', '.json', '.css'],
    },
  },
};
