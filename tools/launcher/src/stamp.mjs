// @ts-check
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { orElse } from './errors.mjs';

/** Folders whose content is made from the rest. */
const MADE = new Set(['node_modules', 'dist', '.nx', '.balcao', '.git', 'coverage', 'test-results']);
const SOURCE_ROOTS = ['apps', 'libs', 'tools'];

/** Whether the work that left this stamp would be done from the same input now. @param {string} file @param {string} hash */
export function isStamped(file, hash) {
  return orElse(() => readFileSync(file, 'utf8').trim(), '') === hash;
}

/** @param {string} file @param {string} hash */
export function stamp(file, hash) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${hash}\n`);
}

/** What an installation depends on: the lock file, the workspace file and every package.json, by content. @param {string} root */
export function installHash(root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}\n`);
  const packages = sources(root).filter((file) => basename(file) === 'package.json');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...packages]) {
    hash.update(`${file}\0`).update(contentOf(root, file));
  }
  return hash.digest('hex');
}

/** What is tested with, of which nothing is built. */
const TESTS = /\.spec\.(?:ts|mjs)$|^[^.]*\/test\//;

/**
 * What a build depends on: path, size and time of change of every source file but the tests'. Content is not read, so that this
 * takes milliseconds; Nx looks closer when this differs.
 * @param {string} root
 */
export function sourceHash(root) {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'tsconfig.base.json', 'nx.json', '.swcrc']) hash.update(contentOf(root, file));
  for (const file of sources(root).filter((each) => !TESTS.test(each))) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

/** Every file that somebody wrote, as its path from the root, in one order on every machine. @param {string} root */
export function sources(root) {
  const found = SOURCE_ROOTS.flatMap((folder) => filesBelow(join(root, folder)));
  return found.map((file) => relative(root, file).split(sep).join('/')).sort();
}

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return orElse(() => readdirSync(folder, { withFileTypes: true }), []).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return MADE.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

/** @param {string} root @param {string} file */
function contentOf(root, file) {
  return orElse(() => readFileSync(join(root, file), 'utf8'), '');
}
