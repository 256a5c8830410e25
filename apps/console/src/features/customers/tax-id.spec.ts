import { describe, expect, it } from 'vitest';
import { formatTaxId } from './tax-id.js';

describe('formatTaxId', () => {
  it.each([
    ['12345678000195', '12.345.678/0001-95'],
    ['12ABC34501DE35', '12.ABC.345/01DE-35'],
    ['12345678909', '123.456.789-09'],
    ['EU-4711', 'EU-4711'],
  ])('writes %s as %s', (stored, written) => {
    expect(formatTaxId(stored)).toBe(written);
  });
});
