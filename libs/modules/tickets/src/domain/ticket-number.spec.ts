import { describe, expect, it } from '@jest/globals';
import { ticketNumber, ticketNumbersIn, yearIn } from './ticket-number.js';

describe('a ticket’s number', () => {
  it('has the year and at least six digits', () => {
    expect(ticketNumber(2026, 123)).toBe('T-2026-000123');
    expect(ticketNumber(2026, 1_234_567)).toBe('T-2026-1234567');
  });

  it('takes the year from the organization’s calendar', () => {
    const moment = new Date('2027-01-01T01:30:00Z');
    expect(yearIn('America/Sao_Paulo', moment)).toBe(2026);
    expect(yearIn('Europe/Lisbon', moment)).toBe(2027);
  });
});

describe('a number as people paste and dictate it', () => {
  it.each([
    'T-2026-000052',
    't-2026-000052',
    '#T-2026-000052',
    '  T-2026-000052.',
    '[T-2026-000052]',
    '“T-2026-000052”',
    'T-2026-52',
    'T - 2026 - 000052',
    'T 2026 000052',
    't2026-52',
    'T2026000052',
    '2026-000052',
    'T\u20112026\u2011000052',
    'T–2026–000052',
    'T—2026—000052',
    'T\u22122026\u2212000052',
    'T/2026/000052',
    'T_2026_000052',
    'T\u00a02026\u00a0000052',
    'T-2026-\u200b000052',
    '\u2060T-2026-000052\ufeff',
    'Ｔ－２０２６－０００052',
    'chamado T-2026-000052',
    'Chamado nº T-2026-000052:',
    'chamado número T-2026-52',
    'ticket #T-2026-000052',
    'Protocolo: T-2026-000052',
  ])('is T-2026-000052 for “%s”', (text) => {
    expect(ticketNumbersIn(text, 2027)).toEqual({ numbers: ['T-2026-000052'], certain: true });
  });

  it.each(['#52', 'chamado 52', 'Chamado nº 52', 'chamado n. 000052', 'ticket 52', 'nr 52', 'T-52', '# 000052'])(
    'is number 52 of the recent years for “%s”',
    (text) => {
      const { numbers, certain } = ticketNumbersIn(text, 2027);
      expect(certain).toBe(true);
      expect(numbers.slice(0, 2)).toEqual(['T-2027-000052', 'T-2026-000052']);
      expect(numbers).toHaveLength(10);
    },
  );

  it.each(['52', '000052', ' 52 '])('may be number 52 or a word for “%s”', (text) => {
    expect(ticketNumbersIn(text, 2027)).toMatchObject({ certain: false });
    expect(ticketNumbersIn(text, 2027).numbers[0]).toBe('T-2027-000052');
  });

  it.each([
    '',
    '#',
    'internet',
    'erro E-4711',
    '10.77.88.99',
    'loja 2',
    'T-2026-0',
    'T-2026-1234567890',
    'tv 52',
    'R$ 52,00',
  ])('is none for “%s”', (text) => {
    expect(ticketNumbersIn(text, 2027).numbers).toEqual([]);
  });
});
