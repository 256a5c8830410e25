import { describe, expect, it } from 'vitest';
import { isSlug, slugOf } from './slug.js';

describe('an address made of a name', () => {
  it.each([
    ['Cometa Internet', 'cometa-internet'],
    ['  Três Irmãos & Cia. Ltda.  ', 'tres-irmaos-cia-ltda'],
    ['Ação 24h', 'acao-24h'],
    ['!!!', ''],
    [`${'a'.repeat(62)} b`, 'a'.repeat(62)],
  ])('%s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it.each([
    ['cometa', true],
    ['a', true],
    ['', false],
    ['-a', false],
    ['a-', false],
    ['Cometa', false],
    ['a b', false],
    ['a'.repeat(64), false],
  ])('%j fits: %s', (text, fits) => {
    expect(isSlug(text)).toBe(fits);
  });
});
