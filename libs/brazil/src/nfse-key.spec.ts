import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isNfseKey } from './nfse-key.js';

/** Of Aurora (CNPJ 33.683.111/0002-80) in São Paulo, number 18443, November 2026; the digit was reckoned by hand. */
const KEY = '35503081233683111000280000000001844326110000018444';

describe('the key of a fiscal note', () => {
  it('is one with its check digit', () => expect(isNfseKey(KEY)).toBe(true));

  it.each([
    ['nothing', ''],
    ['one too short', KEY.slice(1)],
    ['one too long', `${KEY}0`],
    ['one with spaces', ` ${KEY.slice(1)}`],
    ['one with the prefix of its element', `NFS${KEY}`],
    ['one of Arabic digits', KEY.replace('3', '٣')],
    ['one of small letters', KEY.replace('33683111', 'abcdefgh')],
  ])('is not %s', (_, text) => expect(isNfseKey(text)).toBe(false));

  it('is not one in which any digit is another', () =>
    fc.assert(
      fc.property(fc.nat(48), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const other = (Number(KEY[place]) + by) % 10;
        return !isNfseKey(`${KEY.slice(0, place)}${other}${KEY.slice(place + 1)}`);
      }),
    ));
});
