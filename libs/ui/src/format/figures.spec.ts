import { afterEach, describe, expect, it } from 'vitest';
import { i18n } from '../i18n/i18n.js';
import { useFigures } from './figures.js';

const figures = useFigures();
const reais = (amount: number) => ({ amount, currency: 'BRL' });
afterEach(() => void (i18n.global.locale.value = 'pt-BR'));

describe('figures', () => {
  it('are written as readers of the language expect them', () => {
    expect(figures.value.money(reais(84_235))).toBe('R$\u00a0842,35');
    expect(figures.value.amount(reais(166_175))).toBe('1.661,75');
    expect(figures.value.quantity('1.500000')).toBe('1,5');
    expect(figures.value.percent('2.5000')).toBe('2,5%');
    i18n.global.locale.value = 'en-US';
    expect(figures.value.amount(reais(166_175))).toBe('1,661.75');
    expect(figures.value.percent('2.5000')).toBe('2.5%');
  });

  it('say with a sign which way money goes', () => {
    expect(figures.value.signed(reais(-81_940))).toBe('−\u00a0R$\u00a0819,40');
    expect(figures.value.signed(reais(81_940))).toBe('+\u00a0R$\u00a0819,40');
    expect([-81_940, 81_940, 0].map((amount) => figures.value.signedAmount(reais(amount)))).toEqual([
      '−\u00a0819,40',
      '+\u00a0819,40',
      '0,00',
    ]);
  });

  it('have the digits of their currency', () => {
    expect(figures.value.amount({ amount: 1_500, currency: 'JPY' })).toBe('1.500');
    expect(figures.value.amount({ amount: 1_500, currency: 'KWD' })).toBe('1,500');
  });
});
