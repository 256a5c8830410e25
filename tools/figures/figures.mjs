// @ts-check
// npm run figures: what the structure of the house costs, and how much is wanted at most. --json prints it for programs.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sources as filesOf } from '../launcher/src/stamp.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCE = /\.(ts|vue|mjs|cjs|js|sql|css|html)$/;
const TEST = /(?:\.spec\.(?:ts|mjs)$|\/tests?\/|\/fixtures\/|^\/libs\/.*\/testing\/)/;

/**
 * A field of the lists of tickets, a number of the portal's settings, and a line of its brand, which has a form of its own
 * and stands in pages and mails: whoever adds one writes as many lines. Each is counted under every name that it has; whatever else is called after it has to be added here.
 */
const LIST_FIELD = ['commentCount', 'comment_count'];
const SETTINGS = [
  { names: ['autoCloseDays', 'auto_close_days'], most: 4 },
  { names: ['supportPhone', 'support_phone'], most: 13 },
];

const text = (/** @type {string} */ file) => readFileSync(join(ROOT, file), 'utf8');
const lines = (/** @type {string} */ file) => text(file).split('\n').length - 1;
const sum = (/** @type {number[]} */ numbers) => numbers.reduce((total, number) => total + number, 0);
const foldersIn = (/** @type {string} */ folder) =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : [],
      )
    : [];

const written = filesOf(ROOT).filter((file) => !/(?:^|\/)(?:\.|generated\/)/.test(file));
const all = written.filter((file) => SOURCE.test(file));
const texts = written.filter((file) => /\/i18n\/.*\.json$/.test(file));
const sources = all.filter((file) => !TEST.test(`/${file}`));
// A folder in which nothing is left but what was built of it is no module.
const modules = written.flatMap((file) => /^libs\/modules\/([^/]+)\/package\.json$/.exec(file)?.[1] ?? []);

/**
 * Lines of controllers, presenters and everything among the DTOs for each endpoint; of a small module, of the one file
 * that has them all.
 * @param {string} name
 */
function httpPart(name) {
  const folder = `libs/modules/${name}/src/http`;
  const large = sources.filter((file) => file.startsWith(`${folder}/`));
  const files = large.length > 0 ? large : sources.filter((file) => file === `${folder}.ts`);
  const endpoints = sum(
    files.map((file) => text(file).match(/^\s*@(?:Get|Post|PostAction|Put|Patch|Delete)\(/gm)?.length ?? 0),
  );
  const parts = files.filter((file) => /\.(?:controllers?|presenter)\.ts$|\/dto\/|\/src\/http\.ts$/.test(file));
  return Math.round(sum(parts.map(lines)) / Math.max(endpoints, 1));
}

/** Files of the processes and the workspace that come in by a module's doors: where it is registered. @param {string} name */
function registrations(name) {
  const word = new RegExp(`@balcao/module-${name}/(?:http|worker)\\b`);
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

/** Lines of the product that name something, texts for people included. @param {string[]} words */
function placesOf(words) {
  const any = new RegExp(`\\b(?:${words.join('|')})\\b`);
  const files = [...sources, ...texts].filter((file) => !file.startsWith('tools/'));
  return files.flatMap((file) =>
    text(file)
      .split('\n')
      .flatMap((line, index) => (any.test(line) ? [`${file}:${index + 1}`] : [])),
  );
}

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
  return [...writers].flatMap(([table, owners]) => (owners.size > 1 ? [`${table}: ${[...owners].join(', ')}`] : []));
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
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (!run.stdout)
    throw new Error(
      `The imports could not be looked at: dependency-cruiser ended with ${run.status ?? run.error ?? run.signal}`,
    );
  /** @type {Array<{ rule: { name: string } }>} */
  const violations = JSON.parse(run.stdout).summary.violations;
  const circles = violations.filter(({ rule }) => rule.name === 'no-circular').length;
  const upward = violations.filter(({ rule }) =>
    /imports-down|stands-alone|knows-no|loads-no|are-apart/.test(rule.name),
  ).length;
  return { circles, upward };
}

/** @typedef {{ what: string, value: number, most?: number, where?: string[] }} Figure */

/** @param {string} what @param {number | string[]} counted @param {number} [most] @returns {Figure} */
const figure = (what, counted, most) =>
  typeof counted === 'number' ? { what, value: counted, most } : { what, value: counted.length, most, where: counted };

const { circles, upward } = structure();
/** @type {Figure[]} */
const figures = [
  figure('lines of sources without tests', sum(sources.map(lines)), 80_000),
  figure('lines of tests', sum(all.filter((file) => TEST.test(`/${file}`)).map(lines))),
  ...modules.map((name) => figure(`lines of HTTP for each endpoint, ${name}`, httpPart(name), 55)),
  ...modules.map((name) => figure(`places that register a module, ${name}`, registrations(name), 3)),
  figure(
    'imports of a feature from outside its folder',
    ['console', 'portal'].flatMap((app) =>
      foldersIn(`apps/${app}/src/features`).flatMap((feature) => featureImports(app, feature)),
    ),
    0,
  ),
  figure(`lines that the list field ${LIST_FIELD[0]} takes`, placesOf(LIST_FIELD), 5),
  ...SETTINGS.map(({ names, most }) => figure(`lines that the setting ${names[0]} takes`, placesOf(names), most)),
  figure('tables written by two packages', sharedTables(), 0),
  figure('circles', circles, 0),
  figure('imports upward or sideways', upward, 0),
];
const ELSEWHERE = `Round trips of a new ticket, at most 13: "takes at most 13 round trips" in apps/api/test/e2e/portal-tickets.spec.ts`;

if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(figures, undefined, 2)}\n`);
else process.stdout.write(`${figures.map(shown).join('\n')}\n${ELSEWHERE}\n`);

/** @param {Figure} figure */
function shown({ what, value, most, where = [] }) {
  const isRed = most !== undefined && value > most;
  const limit = most === undefined ? '' : most === 0 ? ' (wanted: none)' : ` (wanted: at most ${most})`;
  const places = isRed || most !== 0 ? where.map((place) => `\n  ${place}`) : [];
  return `${isRed ? 'RED ' : '    '}${what}: ${value}${limit}${places.join('')}`;
}
