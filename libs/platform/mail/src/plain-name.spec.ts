import { describe, expect, it } from '@jest/globals';
import { plainName } from './plain-name.js';

describe('plainName', () => {
  it('makes one line without control characters', () => {
    expect(plainName('Ana\r\nBcc: b@y.example')).toBe('Ana Bcc: b@y.example');
    expect(plainName(' \0\u0085 ')).toBeNull();
    expect(plainName(null)).toBeNull();
    expect(plainName('x'.repeat(1_000))).toHaveLength(200);
  });
});
