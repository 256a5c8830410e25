import { expect, it } from 'vitest';
import { i18n } from '../i18n/i18n.js';
import { useMoney } from './money.js';

it('amounts are written as the reader’s language does, whatever their currency has behind the comma', () => {
  const money = useMoney();
  i18n.global.locale.value = 'pt-BR';
  expect(money.value({ amount: 123_456, currency: 'BRL' })).toBe('R$\u00a01.234,56');
  expect(money.value({ amount: -5n, currency: 'USD' })).toBe('-US$\u00a00,05');
  i18n.global.locale.value = 'en-US';
  expect(money.value({ amount: 123_456, currency: 'BRL' })).toBe('R$1,234.56');
  expect(money.value({ amount: 1_500, currency: 'JPY' })).toBe('¥1,500');
});
