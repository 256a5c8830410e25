// @ts-check
// Node's hooks for the sources of the workspace: TypeScript, and Jest's functions for their tests.
import { fileURLToPath } from 'node:url';
import { compile } from './compile.cjs';

const GLOBALS = new URL('globals.mjs', import.meta.url).href;
/** Whether a module is a source of the workspace. @param {string} url */
export const isSource = (url) => /\.ts(\?|$)/.test(url) && !url.includes('/node_modules/');
/** The file of a module, whose address may say which run it is for. @param {string} url */
export const pathOf = (url) => fileURLToPath(url.split('?', 1)[0] ?? url);

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
  const path =
    specifier.startsWith('.') && isSource(context.parentURL ?? '') ? specifier.replace(/\.js$/, '.ts') : specifier;
  // Packages of the workspace are read from their sources.
  return next(path, { ...context, conditions: [...context.conditions, 'balcao-source'] });
}

/** @type {import('node:module').LoadHook} */
export function load(url, context, next) {
  if (!isSource(url)) return next(url, context);
  const { code } = compile(pathOf(url));
  return { format: 'module', source: code, shortCircuit: true };
}
