import { describe, expect, it } from '@jest/globals';
import { costRatio } from '@balcao/platform-testing';
import { pictureProblem } from './picture-problem.js';

const ofBytes = (mediaType: string, file: Buffer) => ({ mediaType, extension: '', bytes: file.toString('latin1') });
const ofSvg = (source: string) => ofBytes('image/svg+xml', Buffer.from(source));

function png(width: number, height: number): Buffer {
  const file = Buffer.alloc(33);
  file.write('\u0089PNG\r\n\u001a\n', 'latin1');
  file.write('IHDR', 12);
  file.writeUInt32BE(width, 16);
  file.writeUInt32BE(height, 20);
  return file;
}

function jpeg(width: number, height: number, ...before: number[]): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from([0xff, 0xd8, ...before]), frame]);
}

function webp(kind: string, width: number, height: number): Buffer {
  const file = Buffer.alloc(32);
  file.write(`RIFF....WEBP${kind}`);
  if (kind === 'VP8 ') [width, height].forEach((side, index) => file.writeUInt16LE(side, 26 + 2 * index));
  if (kind === 'VP8L') file.writeUInt32LE((((height - 1) << 14) | (width - 1)) >>> 0, 21);
  if (kind === 'VP8X') [width, height].forEach((side, index) => file.writeUIntLE(side - 1, 24 + 3 * index, 3));
  return file;
}

function gif(width: number, height: number): Buffer {
  const file = Buffer.from('GIF89a....');
  file.writeUInt16LE(width, 6);
  file.writeUInt16LE(height, 8);
  return file;
}

describe('the sides of a picture', () => {
  const KINDS: [string, string, (width: number, height: number) => Buffer][] = [
    ['PNG', 'image/png', png],
    ['JPEG', 'image/jpeg', jpeg],
    ['JPEG with a segment before', 'image/jpeg', (w, h) => jpeg(w, h, 0xff, 0xe0, 0, 4, 1, 2, 0xff)],
    ['GIF', 'image/gif', gif],
    ['WebP', 'image/webp', (w, h) => webp('VP8 ', w, h)],
    ['lossless WebP', 'image/webp', (w, h) => webp('VP8L', w, h)],
    ['extended WebP', 'image/webp', (w, h) => webp('VP8X', w, h)],
  ];
  it.each(KINDS)('of a %s are at most 4,096 pixels', (_kind, type, file) => {
    expect(pictureProblem(ofBytes(type, file(4_096, 1)))).toBeUndefined();
    expect(pictureProblem(ofBytes(type, file(1, 4_096)))).toBeUndefined();
    const refused = { code: 'pictureSides', params: { max: 4_096 } };
    expect(pictureProblem(ofBytes(type, file(4_097, 1)))).toEqual(refused);
    expect(pictureProblem(ofBytes(type, file(1, 4_097)))).toEqual(refused);
  });

  it.each([
    ['image/png', png(0, 5)],
    ['image/png', png(5, 5).subarray(0, 20)],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff])],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 1, 2, 3])],
    ['image/webp', webp('NONE', 1, 1)],
    ['image/gif', Buffer.from('GIF89a')],
  ])('are said by it, or it is none: %s', (type, file) => {
    expect(pictureProblem(ofBytes(type, file))).toEqual({ code: 'isPicture' });
  });

  it('of an icon are never large', () => {
    expect(pictureProblem(ofBytes('image/x-icon', Buffer.from([0, 0, 1, 0, 1, 0, 0, 0])))).toBeUndefined();
  });
});

describe('a drawing', () => {
  it.each([
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    '<?xml version="1.0" encoding="UTF-8"?><svg><style>.a{fill:red}</style><title>Açaí on air</title></svg>',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd"><svg/>',
  ])('is taken: %s', (source) => expect(pictureProblem(ofSvg(source))).toBeUndefined());

  it.each([
    '<svg><script>alert(1)</script></svg>',
    '<svg><x:script xmlns:x="http://www.w3.org/2000/svg"/></svg>',
    '<svg onload="alert(1)"/>',
    '<svg\nONLOAD =alert(1)>',
    '<svg><foreignObject/></svg>',
    '<svg><a href="JavaScript:alert(1)"/></svg>',
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
    '<?xml version="1.0" encoding="UTF-7"?><svg/>',
    '<s\0vg><svg>',
  ])('is refused with anything that could run: %j', (source) =>
    expect(pictureProblem(ofSvg(source))).toEqual({ code: 'isHarmlessSvg' }),
  );
});

it.each(['<svg ', 'on', 'on  ', '<a:', '< encoding = '])(
  'no text costs more than in proportion to its length: %j',
  async (part) => {
    const make = (length: number) => ofSvg(part.repeat(length / part.length));
    expect(await costRatio(pictureProblem, make(40_000), make(160_000))).toBeLessThanOrEqual(6);
  },
);
