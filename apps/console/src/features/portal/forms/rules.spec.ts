import { startLocale } from '@balcao/ui';
import { beforeEach, describe, expect, it } from 'vitest';
import { domainsOf, settingProblem } from './rules.js';

const domainProblem = (text: string) => settingProblem({ format: 'domains' }, text);
const numberProblem = (text: string, minimum: number, maximum: number) =>
  settingProblem({ format: 'integer', minimum, maximum }, text);

beforeEach(() => startLocale(() => import('../i18n/pt-BR.json')));

describe('rules of the portal settings', () => {
  it('read domains one a line, with or without an at sign, each once', () => {
    expect(domainsOf('Padaria.example\n@oficina.example, padaria.example ')).toEqual([
      'padaria.example',
      'oficina.example',
    ]);
  });

  it.each(['padaria', 'pa daria.example', '-x.example', 'http://padaria.example'])('refuse the domain %s', (text) => {
    expect(domainProblem(text)).toBeTruthy();
  });

  it.each([
    ['http://aurora.example/termos', 'precisa começar com https://'],
    ['aurora.example', 'Falta algo neste endereço'],
  ])('say what is wrong with the address %s', (text, said) => {
    expect(settingProblem({ format: 'webAddress' }, text)).toContain(said);
  });

  it('take whole numbers within their limits only', () => {
    expect(numberProblem('30', 1, 90)).toBeUndefined();
    for (const text of ['', '0', '91', '1.5', 'x']) expect(numberProblem(text, 1, 90)).toBeTruthy();
  });
});
