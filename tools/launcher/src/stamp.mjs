// @ts-check
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Folders whose content is made from the rest. */
const MADE = new Set(['node_modules', 'dist', '.nx', '.balcao', '.git', 'coverage', 'test-results']);
const SOURCE_ROOTS = ['apps', 'libs', 'tools'];
const PACKAGE_DEPTH = 3;

/**
 * Whether the work that left this stamp would be done from the same input now.
 *
 * @param {string} file
 * @param {string} hash
 */
export function isStamped(file, hash) {
  try {
    return readFileSync(file, 'utf8').trim() === hash;
  } catch {
    return false;
  }
}

/** @param {string} file @param {string} hash */
export function stamp(file, hash) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${hash}\n`);
}

/**
 * What an installation depends on: the lock file, the workspace file and every package.json, by content.
 *
 * @param {string} root
 * @returns {string}
 */
export function installHash(root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}\n`);
  const packages = SOURCE_ROOTS.flatMap((folder) => packageFiles(join(root, folder), PACKAGE_DEPTH));
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].map((name) => join(root, name));
  for (const file of [...files, ...packages.sort()]) {
    hash.update(`${portable(relative(root, file))}\0`);
    hash.update(readOrEmpty(file));
  }
  return hash.digest('hex');
}

/**
 * What a build depends on: path, size and time of change of every source file. Content is not read, so that this
 * takes milliseconds; Nx looks closer when this differs.
 *
 * @param {string} root
 * @returns {string}
 */
export function sourceHash(root) {
  const hash = createHash('sha256');
  for (const name of ['pnpm-lock.yaml', 'tsconfig.base.json', 'nx.json', '.swcrc'])
    hash.update(readOrEmpty(join(root, name)));
  for (const folder of SOURCE_ROOTS) addFolder(hash, root, join(root, folder));
  return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} root @param {string} folder */
function addFolder(hash, root, folder) {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!MADE.has(entry.name)) addFolder(hash, root, path);
    } else if (entry.isFile()) {
      const { mtimeMs, size } = statSync(path);
      hash.update(`${portable(relative(root, path))}\0${mtimeMs}\0${size}\n`);
    }
  }
}

/** @param {string} folder @param {number} depth */
function packageFiles(folder, depth) {
  const entries = entriesOf(folder);
  const own = entries.filter((entry) => entry.name === 'package.json').map((entry) => join(folder, entry.name));
  if (depth === 0 || own.length > 0) return own;
  return entries
    .filter((entry) => entry.isDirectory() && !MADE.has(entry.name))
    .flatMap((entry) => packageFiles(join(folder, entry.name), depth - 1));
}

/** @param {string} folder */
function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** @param {string} file */
function readOrEmpty(file) {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

/** @param {string} path */
function portable(path) {
  return path.split(sep).join('/');
}
