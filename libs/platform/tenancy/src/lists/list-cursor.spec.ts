import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@balcao/platform-errors';
import { decodeCursor, encodeCursor } from './list-cursor.js';

const id = '01922222-0000-7000-8000-000000000001';
const at = new Date('2026-03-01T12:00:00.123Z');
const made = (...members: unknown[]) => Buffer.from(JSON.stringify(members)).toString('base64url');

describe('a list’s cursor', () => {
  it('comes back as it was', () => {
    expect(decodeCursor('-createdAt', encodeCursor('-createdAt', [at, id]), ['time', 'id'])).toEqual([at, id]);
    expect(decodeCursor('p', encodeCursor('p', [4, at, id]), ['rank', 'time', 'id'])).toEqual([4, at, id]);
    expect(decodeCursor('d', encodeCursor('d', ['2026-02-28', id]), ['day', 'id'])).toEqual(['2026-02-28', id]);
  });

  it.each([
    ['another order', encodeCursor('createdAt', [at, id])],
    ['junk', 'junk'],
    ['JSON of another shape', Buffer.from('{"a":1}').toString('base64url')],
    ['too few members', made('-createdAt', 1)],
    ['too many members', made('-createdAt', 1, id, id)],
    ['no date', made('-createdAt', 1e30, id)],
    ['a time before all years', made('-createdAt', -8.64e15, id)],
    ['a time after all years', made('-createdAt', 8.64e15, id)],
    ['half a millisecond', made('-createdAt', 0.5, id)],
    ['a text for a time', made('-createdAt', '1', id)],
    ['SQL for an id', made('-createdAt', 1, "' or true --")],
  ])('is refused for %s', (_what, text) => {
    expect(() => decodeCursor('-createdAt', text, ['time', 'id'])).toThrow(DomainError);
  });

  it('is refused for a rank that no row can have', () => {
    expect(() => decodeCursor('p', made('p', 40_000, id), ['rank', 'id'])).toThrow(DomainError);
  });

  it.each(['2026-02-29', '0000-01-01', '2026-2-1', "2026-01-01' --", 20_260_101])(
    'is refused for %p as a day',
    (day) => {
      expect(() => decodeCursor('d', made('d', day, id), ['day', 'id'])).toThrow(DomainError);
    },
  );
});
