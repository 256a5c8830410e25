import { describe, expect, it } from '@jest/globals';
import type { AppConfig } from '@balcao/platform-config';
import { PasswordHasher } from './password-hasher.js';

const hasher = new PasswordHasher({ bcryptCost: 4 } as AppConfig);
const TURN = { lane: 'test' };

describe('a password', () => {
  it.each([
    ['Corac\u0327a\u0303o azul', 'Coração azul'],
    ['Coração azul', 'Corac\u0327a\u0303o azul'],
    ['\u212bngstro\u0308m 12', 'Ångström 12'],
    ['\u1100\u1161\u11a8 senha', '각 senha'],
  ])('set as %j is the same typed as %j', async (set, typed) => {
    expect(await hasher.matches(typed, await hasher.hash(set, TURN), TURN)).toBe(true);
  });

  it.each([
    ['Coração azul', 'Coracao azul'],
    ['Coração azul', 'coração azul'],
    ['Coração azul', ' Coração azul'],
    ['area 51 m²', 'area 51 m2'],
    ['ｓｅｎｈａ longa', 'senha longa'],
  ])('set as %j is another one than %j', async (set, typed) => {
    expect(await hasher.matches(typed, await hasher.hash(set, TURN), TURN)).toBe(false);
  });

  it('is measured in its one form', async () => {
    expect(await hasher.matches('a\u0303'.repeat(36), await hasher.hash('ã'.repeat(36), TURN), TURN)).toBe(true);
    await expect(hasher.hash('ã'.repeat(37), TURN)).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
