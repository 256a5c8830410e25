import { describe, expect, it } from '@jest/globals';
import { checkPicture } from './check-picture.js';

const ofBytes = (mediaType: string, file: Buffer) => ({ mediaType, extension: '', bytes: file.toString('latin1') });
const pictureProblem = (...picture: Parameters<typeof ofBytes>) => checkPicture(ofBytes(...picture)).problem;

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
    expect(pictureProblem(type, file(4_096, 1))).toBeUndefined();
    expect(pictureProblem(type, file(1, 4_096))).toBeUndefined();
    const refused = { code: 'pictureSides', params: { max: 4_096 } };
    expect(pictureProblem(type, file(4_097, 1))).toEqual(refused);
    expect(pictureProblem(type, file(1, 4_097))).toEqual(refused);
  });

  it.each([
    ['image/png', png(0, 5)],
    ['image/png', png(5, 5).subarray(0, 20)],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff])],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 1, 2, 3])],
    ['image/webp', webp('NONE', 1, 1)],
    ['image/gif', Buffer.from('GIF89a')],
  ])('are said by it, or it is none: %s', (type, file) => {
    expect(pictureProblem(type, file)).toEqual({ code: 'isPicture' });
  });

  it('of an icon are never large', () => {
    expect(pictureProblem('image/x-icon', Buffer.from([0, 0, 1, 0, 1, 0, 0, 0]))).toBeUndefined();
  });
});
