// @ts-check
// Loads TypeScript as Jest does, the guards with their mutants in them, and our own runner in the place of Jest's.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '../../jest/compile.cjs';
import { isGuard, ROOT } from './guards.mjs';
import { mutate } from './mutate.mjs';

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: new URL('jest.mjs', import.meta.url).href, shortCircuit: true };
  const ofTypeScript = /\.ts(\?|$)/.test(context.parentURL ?? '') && specifier.startsWith('.');
  return next(ofTypeScript ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  if (!/\.ts(\?|$)/.test(url) || url.includes('/node_modules/')) return next(url, context);
  const path = fileURLToPath(url.split('?', 1)[0] ?? url);
  const file = relative(ROOT, path);
  const text = readFileSync(path, 'utf8');
  const { code } = compile(path, isGuard(file) ? mutate(file, text).code : text);
  return { format: 'module', source: code, shortCircuit: true };
}
