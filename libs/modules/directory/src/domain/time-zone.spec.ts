import { describe, expect, it } from '@jest/globals';
import { canonicalTimeZone } from './time-zone.js';

describe('a time zone', () => {
  it.each([
    ['America/Sao_Paulo', 'America/Sao_Paulo'],
    ['america/sao_paulo', 'America/Sao_Paulo'],
    ['AMERICA/PORT-AU-PRINCE', 'America/Port-au-Prince'],
    ['utc', 'UTC'],
    ['Etc/UTC', 'UTC'],
  ])('%s is kept as %s', (written, kept) => expect(canonicalTimeZone(written)).toBe(kept));

  it.each(['Mars/Olympus', '', ' America/Sao_Paulo', '-03:00', '+03:00'])('%j is none', (written) =>
    expect(() => canonicalTimeZone(written)).toThrow(
      expect.objectContaining({ code: 'validation_failed', fields: [{ path: 'timeZone', code: 'isTimeZone' }] }),
    ),
  );
});
