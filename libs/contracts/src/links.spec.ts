import { describe, expect, it } from '@jest/globals';
import { isLinkAddress } from './links.js';

describe('the address of a link', () => {
  it.each([
    'https://aurora.example/termos',
    'HTTPS://AURORA.example',
    'https://xn--aurora-9ta.example:8443/a?b=c#d',
    'https://instalação.example/termos%20de%20uso',
  ])('may be %s', (text) => {
    expect(isLinkAddress(text)).toBe(true);
  });

  it.each([
    '',
    'aurora.example',
    'http://aurora.example',
    'javascript:alert(1)',
    'https:aurora.example',
    'https://user:word@aurora.example',
    'https://localhost/termos',
    'https://10.0.0.1/',
    'https://[::1]/',
    'https://aurora.example/a b',
    'https://aurora.example/"onload="x',
    'https://aurora.example\\evil.example',
    ` https://aurora.example`,
    `https://aurora.example/${'x'.repeat(2_000)}`,
  ])('is not %j', (text) => {
    expect(isLinkAddress(text)).toBe(false);
  });
});
