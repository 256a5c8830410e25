import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@balcao/platform-errors';
import { decodeCursor, encodeCursor } from './list-cursor.js';

const last = { at: new Date('2026-03-01T12:00:00.123Z'), id: '01922222-0000-7000-8000-000000000001' };

describe('a list’s cursor', () => {
  it('comes back as it was', () => {
    expect(decodeCursor('-createdAt', encodeCursor('-createdAt', last))).toEqual(last);
  });

  it.each([
    ['another order', encodeCursor('createdAt', last)],
    ['junk', 'junk'],
    ['JSON of another shape', Buffer.from('{"a":1}').toString('base64url')],
    ['no date', Buffer.from(JSON.stringify(['-createdAt', 1e30, last.id])).toString('base64url')],
    ['SQL for an id', Buffer.from(JSON.stringify(['-createdAt', 1, "' or true --"])).toString('base64url')],
  ])('is refused for %s', (_what, text) => {
    expect(() => decodeCursor('-createdAt', text)).toThrow(DomainError);
  });
});
