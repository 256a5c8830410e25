import { createRequire } from 'node:module';
import { expect, it } from '@jest/globals';
import { iconInitials } from './icon-initials.js';

it.each([
  ['Aurora Telecom', 'AT'],
  ['Łódź Światło', 'ŁŚ'],
  ['🍕pizzaria', 'P'],
  ['🍕 pizza da bella', 'P'],
  ['中文電信 Telecom', 'T'],
  ['Я Telecom', 'T'],
  ['"Padaria" Estrela', 'E'],
  ['E\u0301den', 'E'],
  ['नमस्ते', ''],
  ['中文電信', ''],
  ['🇧🇷', ''],
  ['👩‍🍳', ''],
])('%s has %s in its icon', (name, expected) => {
  expect(iconInitials(name)).toBe(expected);
});

it('writes nothing that the font files lack', () => {
  const ranges = createRequire(import.meta.url)('@fontsource-variable/inter/unicode.json') as Record<string, string>;
  const within = ['latin', 'latin-ext'].flatMap((file) =>
    ranges[file]!.split(',').map((range) => {
      const [first, last = first] = range
        .slice(2)
        .split('-')
        .map((code) => Number.parseInt(code, 16));
      return [first!, last!] as const;
    }),
  );
  const every = Array.from({ length: 0x10ffff }, (_, code) => code).filter((code) => code < 0xd800 || code > 0xdfff);
  const written = new Set(every.flatMap((code) => [...iconInitials(String.fromCodePoint(code))]));
  expect(written.size).toBeGreaterThan(300);
  const codes = [...written].map((letter) => letter.codePointAt(0)!);
  expect(codes.filter((code) => !within.some(([first, last]) => code >= first && code <= last))).toEqual([]);
});
