import { describe, expect, it } from '@jest/globals';
import { localized } from './localized.js';

const BOTH = { 'pt-BR': 'Bem-vindo', 'en-US': 'Welcome' };

describe('a text in several languages', () => {
  it.each([
    ['the own language', BOTH, 'en-US', 'pt-BR', { text: 'Welcome', lang: 'en-US' }],
    ['the first one', { 'pt-BR': 'Oi', 'en-US': null }, 'en-US', 'pt-BR', { text: 'Oi', lang: 'pt-BR' }],
    ['any', { 'pt-BR': 'Oi' }, 'en-US', 'en-US', { text: 'Oi', lang: 'pt-BR' }],
    ['nothing', { 'pt-BR': null, 'en-US': '' }, 'en-US', 'pt-BR', undefined],
    ['nothing of none', {}, 'pt-BR', 'pt-BR', undefined],
  ] as const)('is read in %s', (_which, text, locale, first, expected) => {
    expect(localized(text, locale, first)).toEqual(expected);
  });
});
