// @ts-check
// npm run figures: what the structure of the house costs, so that it can be watched. --json prints it for programs.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MADE = new Set(['node_modules', 'dist', 'generated', 'test-results', 'coverage']);
const SOURCE = /\.(ts|vue|mjs|cjs|js|sql|css|html)$/;
const TEST = /(?:\.spec\.(?:ts|mjs)$|\/tests?\/|\/fixtures\/)/;

/** A field of the lists of tickets, and a switch of the portal's settings: whoever adds one touches as many files. */
const LIST_FIELD = 'commentCount';
const SETTINGS_SWITCH = 'autoCloseDays';

/** @param {string} folder @returns {string[]} paths from the root */
function filesIn(folder) {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || MADE.has(entry.name)) return [];
    const inner = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(inner) : [inner];
  });
}

const text = (/** @type {string} */ file) => readFileSync(join(ROOT, file), 'utf8');
const lines = (/** @type {string} */ file) => text(file).split('\n').length - 1;
const sum = (/** @type {number[]} */ numbers) => numbers.reduce((total, number) => total + number, 0);
const foldersIn = (/** @type {string} */ folder) =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : [],
      )
    : [];

const all = ['apps', 'libs', 'tools'].flatMap(filesIn).filter((file) => SOURCE.test(file));
const sources = all.filter((file) => !TEST.test(`/${file}`));
const modules = foldersIn('libs/modules');

/** Lines of controllers, DTOs and presenters for each endpoint. @param {string} name */
function httpPart(name) {
  const files = sources.filter((file) => file.startsWith(`libs/modules/${name}/src/http/`));
  const endpoints = sum(files.map((file) => text(file).match(/^\s*@(?:Get|Post|Put|Patch|Delete)\(/gm)?.length ?? 0));
  const parts = files.filter((file) => /\.(?:controller|dto|presenter)\.ts$/.test(file));
  return endpoints === 0 ? undefined : Math.round(sum(parts.map(lines)) / endpoints);
}

/** Files of the processes and the workspace that name a module: where it is registered. @param {string} name */
function registrations(name) {
  const word = new RegExp(`@balcao/module-${name}\\b`);
  const outside = [...sources, '.dependency-cruiser.cjs'].filter(
    (file) => !file.startsWith('libs/modules/') && !file.includes('/demo/') && !file.includes('/setup/'),
  );
  const rules = new RegExp(`['"]?${name}['"]?:|'${name}'`);
  return outside.filter((file) => (file.startsWith('.') ? rules : word).test(text(file)));
}

/** Files of an application outside a feature's folder that import from it. @param {string} app @param {string} feature */
function featureImports(app, feature) {
  const from = `apps/${app}/src/features/${feature}/`;
  const word = new RegExp(`features/${feature}/`);
  return sources.filter(
    (file) => file.startsWith(`apps/${app}/src/`) && !file.startsWith(from) && word.test(text(file)),
  );
}

/** Files that name something. @param {string} word */
const naming = (word) =>
  sources.filter((file) => !file.startsWith('tools/') && new RegExp(`\\b${word}\\b`).test(text(file)));

/** Tables that statements of more than one package change, with the packages. */
function sharedTables() {
  /** @type {Map<string, Set<string>>} */
  const writers = new Map();
  for (const file of sources.filter(
    (path) => /^libs\/(?:modules|platform\/(?!testing))/.test(path) && path.endsWith('.ts'),
  )) {
    const owner = file.split('/').slice(1, 3).join('/');
    for (const [, table = ''] of text(file).matchAll(
      /\b(?:insert into|update|delete from) ([a-z_]+_?[a-z]+s|[a-z]+_log|outbox)\b/g,
    ))
      writers.set(table, (writers.get(table) ?? new Set()).add(owner));
  }
  return Object.fromEntries(
    [...writers].filter(([, owners]) => owners.size > 1).map(([table, owners]) => [table, [...owners]]),
  );
}

function structure() {
  const run = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
      'apps',
      'libs',
    ],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  /** @type {Array<{ rule: { name: string } }>} */
  const violations = JSON.parse(run.stdout).summary.violations;
  const circles = violations.filter(({ rule }) => rule.name === 'no-circular').length;
  const upward = violations.filter(({ rule }) =>
    /imports-down|stands-alone|knows-no|loads-no|are-apart/.test(rule.name),
  ).length;
  return { circles, upward };
}

const figures = {
  'sources without tests, lines': sum(sources.map(lines)),
  'tests, lines': sum(all.filter((file) => TEST.test(`/${file}`)).map(lines)),
  'HTTP part, lines for each endpoint': Object.fromEntries(modules.map((name) => [name, httpPart(name) ?? '–'])),
  'places outside its folder that name a module': Object.fromEntries(
    modules.map((name) => [name, registrations(name).length]),
  ),
  'places outside its folder that import a feature': Object.fromEntries(
    ['console', 'portal'].flatMap((app) =>
      foldersIn(`apps/${app}/src/features`).map((feature) => [
        `${app}/${feature}`,
        featureImports(app, feature).length,
      ]),
    ),
  ),
  [`places that the list field ${LIST_FIELD} touches`]: naming(LIST_FIELD),
  [`places that the settings switch ${SETTINGS_SWITCH} touches`]: naming(SETTINGS_SWITCH),
  'tables written by two packages': sharedTables(),
  ...structure(),
};
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(figures, undefined, 2)}\n`);
else for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name}: ${shown(value)}\n`);

/** @param {unknown} value @returns {string} */
function shown(value) {
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Array.isArray(value)
    ? value.map(String)
    : Object.entries(value).map(([key, each]) => `${key}: ${each}`);
  const count = Array.isArray(value) || Object.values(value).every(Array.isArray) ? `${entries.length}` : '';
  return [count, ...entries.map((entry) => `\n  ${entry}`)].join('');
}
