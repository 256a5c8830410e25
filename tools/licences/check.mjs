// @ts-check
// Names the production dependencies whose licence we have not agreed to; ends with 1 where there are any. Reads what is
// installed, so it needs neither network nor package manager.
//   node tools/licences/check.mjs [--list]
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Permissive ones: they ask for no more than their notice. */
const AGREED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
]);
/**
 * Packages that were looked at one by one, and why they are fine.
 *
 * @type {ReadonlyArray<[name: RegExp, reason: string]>}
 */
const LOOKED_AT = [
  [/^argparse$/, 'PSF-2.0 is permissive: the licence of Python itself'],
  [/^caniuse-lite$/, 'CC-BY-4.0 on data that builds read and nothing ships'],
  [/^lightningcss(-|$)/, 'MPL-2.0 binds changed files of its own; it is used unchanged, by builds'],
  [/^pause$/, 'MIT by its Readme; the manifest says nothing'],
  [/^png-js$/, 'MIT by its LICENSE file; the manifest says nothing'],
  [/^slick$/, 'MIT, said with an address behind it'],
  [/^vaul-vue$/, 'MIT by the LICENSE file of its repository; the package says nothing'],
];
/** Folders whose subfolders may be packages of the workspace. Tools are not shipped. */
const WORKSPACE = ['apps', 'libs', 'libs/modules', 'libs/platform'];

/** @typedef {{ name: string, version: string, license?: unknown, licenses?: unknown, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Manifest */

/** @param {string} folder @returns {Manifest} */
const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/**
 * Where a package finds one of its dependencies: beside itself, or in a node_modules folder above.
 *
 * @param {string} from @param {string} name
 * @returns {string | undefined}
 */
function resolve(from, name) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * What a package says of its licence, as an SPDX expression.
 *
 * @param {Manifest} manifest
 */
function licenceOf({ license, licenses }) {
  const said = [license ?? licenses ?? []].flat();
  const names = said.map((one) =>
    typeof one === 'string' ? one : (/** @type {{ type?: string }} */ (one).type ?? ''),
  );
  return names.join(' OR ') || 'none';
}

/** Of alternatives one will do; of a sum every part must. @param {string} expression */
const isAgreed = (expression) =>
  expression
    .replace(/[()]/g, '')
    .split(/ OR /i)
    .some((alternative) => alternative.split(/ AND /i).every((part) => AGREED.has(part.trim())));

/** @type {Map<string, { name: string, version: string, licence: string }>} */
const found = new Map();

/** @param {string} folder @param {boolean} ours */
function visit(folder, ours) {
  if (found.has(folder)) return;
  const manifest = manifestOf(folder);
  found.set(folder, { name: manifest.name, version: manifest.version, licence: licenceOf(manifest) });
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
    const dependency = resolve(folder, name);
    if (dependency) visit(dependency, false);
    // Binaries for other systems are not installed here; everything else must be.
    else if (manifest.optionalDependencies?.[name] === undefined) {
      throw new Error(`${manifest.name} needs ${name}, which is not installed${ours ? ': run npm start once' : ''}`);
    }
  }
}

for (const parent of WORKSPACE) {
  for (const entry of readdirSync(join(ROOT, parent))) {
    const folder = join(ROOT, parent, entry);
    if (existsSync(join(folder, 'package.json'))) visit(realpathSync(folder), true);
  }
}

const all = [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
if (process.argv.includes('--list'))
  for (const { name, version, licence } of all) console.log(`${licence}\t${name}@${version}`);
const refused = all.filter(
  ({ name, licence }) => !isAgreed(licence) && !LOOKED_AT.some(([looked]) => looked.test(name)),
);
for (const { name, version, licence } of refused) console.error(`${name}@${version}: ${licence}`);
console.log(`${all.length} packages, ${refused.length} with a licence that nobody agreed to`);
process.exitCode = refused.length > 0 ? 1 : 0;
