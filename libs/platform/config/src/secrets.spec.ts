import { describe, expect, it } from '@jest/globals';
import { Secrets, sealedContext } from './secrets.js';

const [OLD, NEW] = ['an old secret 0123456789 abcdefghij', 'a new secret 0123456789 abcdefghijk'];
const HERE = sealedContext('signing_keys', 'private_key_sealed', 'a');
const before = new Secrets(OLD);
const both = new Secrets(NEW, [OLD]);
const after = new Secrets(NEW);

describe('a sealed text', () => {
  it.each(['', 'Olá', 'x'.repeat(100_000)])('opens with its own key and for what it belongs to', (text) => {
    expect(before.open(before.seal(text, HERE), HERE)).toBe(text);
  });

  it('opens with a key of before while that is known, and is sealed with that of today', () => {
    const sealed = before.seal('Olá', HERE);
    expect(both.open(sealed, HERE)).toBe('Olá');
    expect(after.open(sealed, HERE)).toBeUndefined();
    expect(after.open(both.seal('Olá', HERE), HERE)).toBe('Olá');
    expect(before.open(both.seal('Olá', HERE), HERE)).toBeUndefined();
  });

  it('names its key, and differs each time', () => {
    const [one, two] = [both.seal('Olá', HERE), both.seal('Olá', HERE)];
    expect(one.equals(two)).toBe(false);
    for (const sealed of [one, two]) expect(sealed.subarray(0, 9)).toEqual(after.sealedHead);
    expect(before.sealedHead).not.toEqual(after.sealedHead);
    expect(one.includes('Olá')).toBe(false);
  });

  it('opens for nothing else', () => {
    const sealed = before.seal('Olá', HERE);
    for (const [table, id] of [
      ['signing_keys', 'b'],
      ['gateways', 'a'],
    ] as const)
      expect(before.open(sealed, sealedContext(table, 'private_key_sealed', id))).toBeUndefined();
  });

  it('does not open once any byte of it was changed, or cut off', () => {
    const sealed = before.seal('Olá', HERE);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index]! ^= 1;
      expect(before.open(changed, HERE)).toBeUndefined();
      expect(before.open(sealed.subarray(0, index), HERE)).toBeUndefined();
    }
  });
});
