import { beforeAll, describe, expect, it } from 'vitest';
import { setLocale, startLocale } from '../i18n/i18n.js';
import { createFormatter, isTimeZone } from './format.js';
import { initialsOf } from '@balcao/contracts';

const NOW = Date.UTC(2026, 10, 18, 13, 0);
const SAO_PAULO = 'America/Sao_Paulo';
const portuguese = createFormatter('pt-BR', SAO_PAULO, () => NOW);
const english = createFormatter('en-US', 'America/New_York', () => NOW);

beforeAll(async () => {
  await startLocale();
  await setLocale('pt-BR');
});

describe('dates', () => {
  it('stand in the language and the time zone of the reader', () => {
    expect(portuguese.dateTime('2026-11-16T18:02:00Z')).toBe('16/11/2026, 15:02');
    expect(portuguese.date('2026-11-16T02:30:00Z')).toBe('15/11/2026');
    expect(portuguese.longDate(NOW)).toBe('quarta-feira, 18 de novembro');
    expect(english.dateTime('2026-11-16T18:02:00Z')).toBe('Nov 16, 2026, 1:02 PM');
  });

  it.each(['Pacific/Auckland', 'Pacific/Kiritimati', SAO_PAULO, 'Pacific/Pago_Pago'])(
    'of the calendar are the same for a reader in %s',
    (zone) => {
      const days = ['pt-BR', 'en-US'].map((locale) => createFormatter(locale, zone).day('2026-08-06'));
      expect(days).toEqual(['06/08/2026', 'Aug 6, 2026']);
    },
  );

  it('name their zone where the device shows other times', () => {
    const at = '2026-11-16T18:02:00Z';
    const read = (locale: string, device: string) => createFormatter(locale, SAO_PAULO, () => NOW, device).exact(at);
    expect(read('pt-BR', SAO_PAULO)).toBe('16/11/2026, 15:02');
    expect(read('pt-BR', 'America/Argentina/Buenos_Aires')).toBe('16/11/2026, 15:02');
    expect(read('pt-BR', 'America/New_York')).toBe('16/11/2026, 15:02 GMT-3');
    expect(read('en-US', 'America/New_York')).toBe('Nov 16, 2026, 3:02 PM GMT-3');
  });

  it('are as short as the distance allows', () => {
    expect(portuguese.moment('2026-11-18T11:41:00Z')).toBe('hoje, 08:41');
    expect(portuguese.moment('2026-11-18T02:59:00Z')).toBe('ontem, 23:59');
    expect(portuguese.moment('2026-11-16T18:02:00Z')).toBe('16/11, 15:02');
    expect(portuguese.moment('2025-11-16T18:02:00Z')).toBe('16/11/2025');
  });

  it('can be told by how long ago', () => {
    expect(portuguese.relative('2026-11-18T11:00:00Z')).toBe('há 2 horas');
    expect(portuguese.relative('2026-11-18T12:59:40Z')).toBe('agora');
    expect(english.relative('2026-10-18T13:00:00Z')).toBe('1 month ago');
  });

  it.each([
    ['2026-11-18T14:00:00Z', 'agora'],
    ['2026-11-21T13:00:00Z', 'agora'],
    ['2026-11-17T13:30:00Z', 'há 23 horas'],
    ['2026-11-17T12:30:00Z', 'ontem'],
    ['2026-11-17T03:00:00Z', 'ontem'],
    ['2026-11-17T02:59:00Z', 'anteontem'],
    ['2026-11-15T02:59:00Z', 'há 4 dias'],
    ['2026-11-12T02:59:00Z', 'há 7 dias'],
    ['2026-11-11T13:00:00Z', 'há 1 semana'],
    ['2026-10-18T12:00:00Z', 'há 1 mês'],
    ['2025-10-18T12:00:00Z', 'há 1 ano'],
  ])('count midnights, not hours, and nothing that has happened is to come: %s is %s', (at, words) =>
    expect(portuguese.relative(at)).toBe(words),
  );

  it('know yesterday where a day had 25 hours', () => {
    // Midnight and a half after clocks went back in New York, when 24 hours earlier is the same day's first hour.
    const late = createFormatter('en-US', 'America/New_York', () => Date.UTC(2026, 10, 2, 4, 30));
    expect(late.moment('2026-11-02T00:00:00Z')).toMatch(/^hoje/);
    expect(late.moment('2026-11-01T03:50:00Z')).toMatch(/^ontem/);
    expect(late.relative('2026-11-01T04:10:00Z')).toBe('24 hours ago');
  });

  it('know the hour of the reader', () => {
    expect(portuguese.hour(NOW)).toBe(10);
    expect(createFormatter('pt-BR', 'UTC').hour('2026-11-18T00:10:00Z')).toBe(0);
  });
});

describe('parts of the calendar', () => {
  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])('are the same for a reader in %s', (zone) => {
    const there = createFormatter('pt-BR', zone);
    expect(there.weekday('2026-10-25')).toBe('domingo');
    expect(there.month('2026-11')).toBe('novembro de 2026');
  });
});

describe('isTimeZone', () => {
  it.each([
    [SAO_PAULO, true],
    ['Mars/Olympus', false],
    ['', false],
  ])('%s: %s', (zone, known) => expect(isTimeZone(zone)).toBe(known));
});

describe('initialsOf', () => {
  it.each([
    ['Ana Ribeiro', 'AR'],
    ['Maria da Silva Prado', 'MP'],
    ['Érica', 'É'],
    ['ana', 'A'],
    ['', ''],
    ['3 Irmãos Ltda', '3L'],
  ])('of %s are %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
});
