// @ts-check
// Loads TypeScript as the tests do, the guards with their mutants in them, and our own runner in the place of Jest's.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { compile } from '../../jest/compile.cjs';
import { isSource, load as loadAsIs, pathOf, resolve as resolveAsIs } from '../../jest/loader.mjs';
import { isGuard, ROOT } from './guards.mjs';
import { mutate } from './mutate.mjs';

const RUNNER = new URL('jest.mjs', import.meta.url).href;

/** @type {import('node:module').ResolveHook} */
export const resolve = (specifier, context, next) =>
  specifier === '@jest/globals' ? { url: RUNNER, shortCircuit: true } : resolveAsIs(specifier, context, next);

/** @type {import('node:module').LoadHook} */
export function load(url, context, next) {
  const file = isSource(url) && relative(ROOT, pathOf(url));
  if (!file || !isGuard(file)) return loadAsIs(url, context, next);
  const { code } = compile(pathOf(url), mutate(file, readFileSync(pathOf(url), 'utf8')).code);
  return { format: 'module', source: code, shortCircuit: true };
}
