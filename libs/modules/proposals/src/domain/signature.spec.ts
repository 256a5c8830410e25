import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LONGEST_SIGNATURE, readStrokes, writeStrokes } from './signature.js';

const point = fc.tuple(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 400 }));
const strokes = fc
  .array(fc.array(point, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 20 })
  .filter((drawn) => drawn.flat().length >= 8)
  .map((drawn) => drawn.map((stroke) => stroke.flat()));

describe('a drawn signature', () => {
  it('comes back as it was drawn', () => {
    fc.assert(fc.property(strokes, (drawn) => expect(readStrokes(writeStrokes(drawn))).toEqual(drawn)));
  });

  it.each([
    ['nothing', ''],
    ['a slip of the finger', '10,10 11,11 12,12'],
    ['what lies outside the field', `${'1001,10 '.repeat(8).trim()}`],
    ['what lies below it', `${'10,401 '.repeat(8).trim()}`],
    ['a picture', 'data:image/png;base64,iVBORw0KGgo='],
    ['markup', '<svg onload="alert(1)"></svg>'],
    ['fractions', '1.5,2 '.repeat(8).trim()],
    ['less than nothing', '-1,2 '.repeat(8).trim()],
    ['a stroke without points', `${'10,10 '.repeat(9).trim()};`],
    ['more points than anybody draws', '1,1 '.repeat(5_001).trim()],
    ['ten megabytes', '1,1 '.repeat(2_500_000)],
    ['a text that is too long', `${'1000,400 '.repeat(LONGEST_SIGNATURE / 8).trim()}`],
  ])('is not %s', (_what, text) => {
    expect(readStrokes(text)).toBeUndefined();
  });
});
