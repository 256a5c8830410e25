import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { features } from '../src/registry/features.js';

const SRC = join(import.meta.dirname, '../src');
const folders = readdirSync(join(SRC, 'features'));
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(ts|vue)$/.test(path));
const textOf = (path: string) => readFileSync(join(SRC, path), 'utf8');
/** Doors that the guard leads to, the fallback of an empty menu, and where operators and new organizations land. */
const KNOWN_PAGES = ['login', 'ops-login', 'ops', 'profile', 'getting-started'];

describe('a feature', () => {
  it('is part of the console by its folder', () => {
    expect(features.map(({ name }) => name).sort()).toEqual([...folders].sort());
  });

  it.each(folders)('%s is named nowhere outside its folder', (folder) => {
    const others = sources.filter((path) => !path.startsWith(`features/${folder}/`));
    expect(others.filter((path) => textOf(path).includes(`features/${folder}`))).toEqual([]);
  });

  it('has pages that nothing outside of features names', () => {
    const pages = features
      .flatMap(({ routes, publicRoutes }) => [...routes, ...publicRoutes])
      .map(({ name }) => String(name))
      .filter((name) => !KNOWN_PAGES.includes(name));
    const outside = sources.filter((path) => !path.startsWith('features/'));
    const naming = outside.filter((path) => pages.some((name) => textOf(path).includes(`name: '${name}'`)));
    expect(naming).toEqual([]);
  });
});
