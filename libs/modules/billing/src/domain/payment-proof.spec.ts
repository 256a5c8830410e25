import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isBankingDay } from '@balcao/brazil';
import { addDays, daysBetween } from '@balcao/money';
import { meanwhileOf, pausedUntil, proofMediaType, proofName } from './payment-proof.js';

describe('what a file is', () => {
  it.each<[string, Buffer, string | undefined]>([
    ['a JPEG', Buffer.from('ffd8ffe0', 'hex'), 'image/jpeg'],
    ['a PNG', Buffer.from('89504e470d0a1a0a', 'hex'), 'image/png'],
    ['a WebP', Buffer.from('RIFF\0\0\0\0WEBPVP8 '), 'image/webp'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'application/pdf'],
    ['a drawing, which could run', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), undefined],
    ['a page, which could run', Buffer.from('<!doctype html><script>'), undefined],
    ['a PDF behind something else', Buffer.from('<html>%PDF-1.7'), undefined],
    ['an animation', Buffer.from('GIF89a'), undefined],
    ['nothing', Buffer.alloc(0), undefined],
  ])('%s is told by how it begins', (_, file, type) => {
    expect(proofMediaType(file)).toBe(type);
  });

  it.each([
    ['comprovante.pdf', 'application/pdf', 'comprovante.pdf'],
    ['foto.html', 'image/jpeg', 'foto.jpg'],
    ['.pdf', 'application/pdf', 'comprovante.pdf'],
    ['sem final', 'image/png', 'sem final.png'],
  ] as const)('%s is kept under a name that ends as what it is', (given, type, kept) => {
    expect(proofName(given, type)).toBe(kept);
  });
});

describe('how long a proof keeps reminders back', () => {
  it.each([
    ['2026-11-17', 3, 'BRL', '2026-11-23'],
    ['2026-11-19', 1, 'BRL', '2026-11-23'],
    ['2026-11-17', 3, 'USD', '2026-11-20'],
    ['2026-11-17', 0, 'BRL', null],
  ])('from %s for %i days in %s: %s', (today, days, currency, until) => {
    expect(pausedUntil(today, days, currency)).toBe(until);
  });

  it('is as many banking days, the last of them one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_650 }), fc.integer({ min: 1, max: 30 }), (offset, days) => {
        const today = addDays('2024-01-01', offset);
        const until = pausedUntil(today, days, 'BRL')!;
        const between = Array.from({ length: daysBetween(today, until) }, (_, n) => addDays(today, n + 1));
        expect(between.filter(isBankingDay)).toHaveLength(days);
        expect(isBankingDay(until)).toBe(true);
      }),
    );
  });
});

it.each([
  [{ state: 'open', owed: 5n, total: 5n, credited: 0n }, null],
  [{ state: 'partially_paid', owed: 1n, total: 5n, credited: 4n }, null],
  [{ state: 'void', owed: 0n, total: 5n, credited: 0n }, 'voided'],
  [{ state: 'paid', owed: 0n, total: 5n, credited: 5n }, 'credited'],
  [{ state: 'paid', owed: 0n, total: 5n, credited: 2n }, 'paid'],
] as const)('what became of an invoice meanwhile: %j', (invoice, meanwhile) => {
  expect(meanwhileOf(invoice)).toBe(meanwhile);
});
