import { describe, expect, it } from '@jest/globals';
import { formatTelephone, isTelephone } from './telephone.js';

describe('S0.36 a telephone', () => {
  it.each([
    ['1935550142', '(19) 3555-0142'],
    ['19987654321', '(19) 98765-4321'],
    ['(19) 3555-0142', '(19) 3555-0142'],
    ['19 3555 0142', '(19) 3555-0142'],
    ['019 3555-0142', '(19) 3555-0142'],
    ['+55 19 3555-0142', '+55 19 3555-0142'],
    ['+5519987654321', '+55 19 98765-4321'],
    ['(19) 3555-0142 ramal 27', '(19) 3555-0142, ramal 27'],
    ['08007771234', '0800 777 1234'],
    ['0800 77 1234', '0800 771 234'],
    ['40041234', '4004-1234'],
    ['+351 21 123 4567', '+351 21 123 4567'],
    ['+1 (415) 555-0132', '+1 (415) 555-0132'],
    [' 1935550142 ', '(19) 3555-0142'],
  ])('%s is one, and stands there as %s', (text, written) => {
    expect(isTelephone(text)).toBe(true);
    expect(formatTelephone(text)).toBe(written);
  });

  it.each([
    ['nothing', ''],
    ['without its area code', '3555-0142'],
    ['a digit short', '(19) 3555-014'],
    ['a digit too long', '(19) 93555-01422'],
    ['of an area code that there is not', '(20) 3555-0142'],
    ['a line of nine digits that does not begin with 9', '(19) 83555-0142'],
    ['of Brazil behind its country without an area code', '+55 3555-0142'],
    ['a service behind a country', '+55 0800 777 1234'],
    ['of another country and too short', '+1 555'],
    ['of another country and too long', '+1234567890123456'],
    ['of another country without +', '351211234567'],
    ['words', 'ligue para Ana'],
    ['words beside a number', '(19) 3555-0142 Ana'],
    ['zeros', '0000000000'],
  ])('is none: %s', (_what, text) => {
    expect(isTelephone(text)).toBe(false);
    expect(formatTelephone(text)).toBe(text);
  });
});
