import { describe, expect, it } from '@jest/globals';
import { isMailAddress, plainName } from './address.js';

describe('isMailAddress', () => {
  it.each([
    'ana@padaria.example',
    'a.b+c@x.co',
    "o'neil@sub.example.com",
    'balcao@localhost',
    'joão@açaí.example',
    'x@1.example',
  ])('takes %s', (address) => {
    expect(isMailAddress(address)).toBe(true);
  });

  it.each([
    '',
    'ana',
    '@x.example',
    'ana@',
    'a b@x.example',
    'a@x.example\r\nBcc: b@y.example',
    'a@x.example\nBcc:b@y.example',
    'a@x.example,b@y.example',
    'a@x.example;b@y.example',
    '<a@x.example>',
    '"a b"@x.example',
    'a@[127.0.0.1]',
    'a..b@x.example',
    'a@x..example',
    'a@-x.example',
    'a@x.example-',
    'a@x@y.example',
    'a\0@x.example',
    'a@x.example\u2028',
    'a@x.example\u00a0b',
    '\ud800@x.example',
    `${'a'.repeat(65)}@x.example`,
    `a@${'x'.repeat(254)}`,
  ])('refuses %j', (address) => {
    expect(isMailAddress(address)).toBe(false);
  });

  it('is quick with what no address has', () => {
    const began = performance.now();
    isMailAddress(`a@${'x-'.repeat(50_000)}!`);
    isMailAddress('a.'.repeat(50_000));
    expect(performance.now() - began).toBeLessThan(100);
  });
});

describe('plainName', () => {
  it('makes one line without control characters', () => {
    expect(plainName('Ana\r\nBcc: b@y.example')).toBe('Ana Bcc: b@y.example');
    expect(plainName(' \0\u0085 ')).toBeNull();
    expect(plainName(null)).toBeNull();
    expect(plainName('x'.repeat(1_000))).toHaveLength(200);
  });
});
