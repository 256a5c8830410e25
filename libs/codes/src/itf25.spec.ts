import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readBack } from '../test/read-back.js';
import { BOLETO_BARCODE, itf25 } from './itf25.js';

const BOLETO = '00193373700000001000500940144816060680935031';

async function read(digits: string, ratio?: 2 | 2.5 | 3): Promise<string[]> {
  const found = await readBack('ITF', { ...itf25(digits, { ratio }), height: 1 }, { across: 2, down: 60 });
  return found.map(({ text }) => text);
}

describe('a bar code', () => {
  it.each([2, 2.5, 3] as const)('of a bank slip is read at %d:1', async (ratio) => {
    expect(await read(BOLETO, ratio)).toEqual([BOLETO]);
  });

  it('has the widths that FEBRABAN’s size is made for', () => {
    const { width, quietZone, bars } = itf25(BOLETO);
    expect(width).toBe(405);
    expect(bars).toHaveLength(2 + 5 * 22 + 2);
    expect(bars.slice(0, 3)).toEqual([
      { x: 0, width: 1 },
      { x: 2, width: 1 },
      { x: 4, width: 1 },
    ]);
    expect(bars.slice(-2)).toEqual([
      { x: 400, width: 3 },
      { x: 404, width: 1 },
    ]);
    expect(BOLETO_BARCODE.width / width).toBeCloseTo(0.254, 3);
    expect((quietZone * BOLETO_BARCODE.width) / width).toBeLessThan(BOLETO_BARCODE.quietZone);
    expect(itf25(BOLETO, { ratio: 2 }).width).toBe(316);
  });

  it('is read, whatever its digits', async () => {
    const digits = fc.array(fc.nat(9), { minLength: 44, maxLength: 44 }).map((each) => each.join(''));
    await fc.assert(
      fc.asyncProperty(digits, async (each) => {
        expect(await read(each)).toEqual([each]);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['nothing', ''],
    ['an odd number of digits', '123'],
    ['a letter', '12a4'],
    ['a line break', '12\n'],
    ['digits of another script', '１２'],
    ['a megabyte', '1'.repeat(1_000_000)],
  ])('is not made of %s', (_, digits) => {
    expect(() => itf25(digits)).toThrow(RangeError);
  });
});
