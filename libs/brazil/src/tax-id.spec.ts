import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cnpjWithin, formatTaxId, isCnpj, isCpf, maskTaxId, normalizeTaxId } from './tax-id.js';

describe('B.5 CNPJ', () => {
  it.each(['12ABC34501DE35', '33683111000280', '19131243000197'])('accepts the published %s', (value) => {
    expect(isCnpj(value)).toBe(true);
  });

  it.each(['33683111000281', '12ABC34501DE36', '00000000000000', '3368311100028', 'AAAAAAAAAAAAAA', '12abc34501de35'])(
    'refuses %s',
    (value) => {
      expect(isCnpj(value)).toBe(false);
    },
  );

  it('loses its mask and gains capitals, and gets the mask back', () => {
    expect(normalizeTaxId('12.abc.345/01de-35')).toBe('12ABC34501DE35');
    expect(formatTaxId('12ABC34501DE35')).toBe('12.ABC.345/01DE-35');
    expect(['EU-4711', 'ESB12345678X0-'].map(formatTaxId)).toEqual(['EU-4711', 'ESB12345678X0-']);
  });

  it('notices every change of one digit among the first twelve', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 1, max: 9 }), (position, shift) => {
        const digits = [...'33683111000280'];
        digits[position] = String((Number(digits[position]) + shift) % 10);
        return !isCnpj(digits.join(''));
      }),
    );
  });
});

describe('CPF', () => {
  it.each(['52998224725', '11144477735'])('accepts %s', (value) => expect(isCpf(value)).toBe(true));
  it.each(['52998224724', '11111111111', '5299822472', 'A2998224725'])('refuses %s', (value) =>
    expect(isCpf(value)).toBe(false),
  );
  it('is masked', () => expect(formatTaxId('52998224725')).toBe('529.982.247-25'));
});

describe('S0.33 a number while it is typed', () => {
  // `|` is the caret.
  it.each([
    ['cnpj', '|', '|'],
    ['cnpj', '12|', '12|'],
    ['cnpj', '123|', '12.3|'],
    ['cnpj', '12.abc.3|', '12.ABC.3|'],
    ['cnpj', '12abc34501de35|', '12.ABC.345/01DE-35|'],
    ['cnpj', ' 12.abc.345/01de-35 |', '12.ABC.345/01DE-35|'],
    ['cnpj', '33683111000280999|', '33.683.111/0002-80|'],
    ['cnpj', '12x|.345', '12.X|34.5'],
    ['cnpj', '12|345', '12|.345'],
    ['cnpj', '|12.345', '|12.345'],
    ['cnpj', '12.3é|4', '12.3|4'],
    ['cnpj', 'CNPJ: 90.001.000/0001-07|', '90.001.000/0001-07|'],
    ['cnpj', 'Mercado Bom Ltda - 90.mer.c0a/0001-19|', '90.MER.C0A/0001-19|'],
    ['cnpj', 'Mercado Bom Ltda|', 'ME.RCA.DOB/OMLT-DA|'],
    ['cpf', 'CPF 529.982.247-25, Ana|', '529.982.247-25|'],
    ['cpf', '529982|24725', '529.982|.247-25'],
    ['cpf', '529.982.247-25abc|', '529.982.247-25|'],
  ] as const)('as %s, %s becomes %s', (kind, before, after) => {
    const { text, caret } = maskTaxId(kind, before.replace('|', ''), before.indexOf('|'));
    expect(`${text.slice(0, caret)}|${text.slice(caret)}`).toBe(after);
  });
});

describe('S0.33 a CNPJ where a CPF is asked for', () => {
  it.each([
    ['33.683.111/0002-80', '33683111000280'],
    ['12abc34501de35', '12ABC34501DE35'],
    ['33683111000281', '33683111000281'],
    ['CNPJ: 90.001.000/0001-07', '90001000000107'],
    ['Mercado Bom Ltda - 90.mer.c0a/0001-19', '90MERC0A000119'],
    ['529.982.247-25', undefined],
    ['CPF 529.982.247-25', undefined],
    ['CPF 52998224725', undefined],
    ['ABC52998224725', undefined],
    ['5299822472', undefined],
    ['529982247250', undefined],
    ['', undefined],
  ])('is known by %s: %s', (text, number) => expect(cnpjWithin(text)).toBe(number));
});
