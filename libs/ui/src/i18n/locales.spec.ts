import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { describeTexts } from '../../test/support/texts.js';
import { initialLocale, matchLocale, storeLocale } from './locales.js';

const browser = (...languages: string[]) =>
  Object.defineProperty(navigator, 'languages', { value: languages, configurable: true });

afterEach(() => localStorage.clear());

describeTexts(resolve(import.meta.dirname, '..'), { brought: ['shell.groups.'] });

describe('matchLocale', () => {
  it.each([
    ['pt-BR', 'pt-BR'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['EN-gb', 'en-US'],
    ['fr', undefined],
    ['', undefined],
    [null, undefined],
  ])('%s is %s', (tag, locale) => expect(matchLocale(tag)).toBe(locale));
});

describe('initialLocale', () => {
  it('follows the choice on this device, then the browser, then the page', () => {
    document.documentElement.lang = 'pt-BR';
    browser('fr', 'en-GB');
    expect(initialLocale()).toBe('en-US');
    storeLocale('pt-BR');
    expect(initialLocale()).toBe('pt-BR');
    localStorage.clear();
    browser('fr');
    expect(initialLocale()).toBe('pt-BR');
  });

  it('is that of the mail whose link was followed, unless another was chosen on this device', () => {
    document.documentElement.lang = 'pt-BR';
    browser('pt-BR');
    history.replaceState(null, '', '#token=id.mac&locale=en-US');
    expect(initialLocale()).toBe('en-US');
    expect(initialLocale(['pt-BR'])).toBe('pt-BR');
    storeLocale('pt-BR');
    expect(initialLocale()).toBe('pt-BR');
    localStorage.clear();
    history.replaceState(null, '', '#locale=klingon');
    expect(initialLocale()).toBe('pt-BR');
    history.replaceState(null, '', location.pathname);
  });

  it('chooses only what is offered', () => {
    document.documentElement.lang = 'pt-BR';
    browser('en-US');
    expect(initialLocale(['pt-BR'])).toBe('pt-BR');
  });
});
