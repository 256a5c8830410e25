// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const source = resolve(import.meta.dirname, '../src');

/** Kit components that this library's own components use: the kit looks for them in the application only. */
export function libraryComponents() {
  return unique(read('.vue'), /<U([A-Z][A-Za-z]+)/g);
}

/** Icons that this library names. */
export function libraryIcons() {
  return unique([...read('.vue'), ...read('.ts')], /\b(i-lucide-[a-z0-9-]+)/g);
}

/** @param {string} extension */
function read(extension) {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension) && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join(source, file), 'utf8'));
}

/**
 * @param {string[]} texts
 * @param {RegExp} pattern
 */
function unique(texts, pattern) {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => String(match[1]))))].sort();
}
