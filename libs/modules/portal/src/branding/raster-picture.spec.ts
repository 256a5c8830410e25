import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { costRatio, IN_PROPORTION } from '@balcao/contracts/testing';
import { rasterProblem, wholeRaster } from './raster-picture.js';

const ofBytes = (mediaType: string, file: Buffer) => ({ mediaType, extension: '', bytes: file.toString('latin1') });
const problemOf = (...picture: Parameters<typeof ofBytes>) => rasterProblem(ofBytes(...picture));
const be = (...numbers: number[]) =>
  Buffer.concat(numbers.map((number) => filled(4, (part) => part.writeUInt32BE(number))));
const le = (bytes: number, ...numbers: number[]) =>
  Buffer.concat(numbers.map((number) => filled(bytes, (part) => part.writeUIntLE(number, 0, bytes))));
const zeros = (size: number) => Buffer.alloc(size);

function filled(size: number, fill: (part: Buffer) => unknown): Buffer {
  const part = zeros(size);
  fill(part);
  return part;
}

function chunk(kind: string, data: Buffer = zeros(0)): Buffer {
  const content = Buffer.concat([Buffer.from(kind), data]);
  return Buffer.concat([be(data.length), content, be(crc32(content))]);
}

const SIGNATURE = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
const IEND = chunk('IEND');
/** A head that says eight bits of grey. */
const ihdr = (width: number, height: number, more = [8, 0, 0, 0, 0]) =>
  chunk('IHDR', Buffer.concat([be(width, height), Buffer.from(more)]));
const idat = (width: number, height: number) => chunk('IDAT', deflateSync(zeros((width + 1) * height)));
const pngOf = (...parts: Buffer[]) => Buffer.concat([SIGNATURE, ...parts]);
const png = (width: number, height: number) => pngOf(ihdr(width, height), idat(width, height), IEND);
const frame = (width: number, height: number, left: number, top: number) =>
  chunk('fcTL', Buffer.concat([be(0, width, height, left, top), zeros(6)]));

const segment = (marker: number, ...data: number[]) => Buffer.from([0xff, marker, 0, data.length + 2, ...data]);
const sof = (width: number, height: number, marker = 0xc0) =>
  segment(marker, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0);
const SCAN = Buffer.concat([segment(0xda, 1, 1, 0, 0, 63, 0), Buffer.from([1, 0xff, 0, 2, 0xff, 0xd0, 3])]);
const jpegOf = (...parts: Buffer[]) =>
  Buffer.concat([Buffer.from('ffd8', 'hex'), ...parts, Buffer.from('ffd9', 'hex')]);

const riff = (kind: string, data: Buffer) =>
  Buffer.concat([Buffer.from(kind), le(4, data.length), data, zeros(data.length % 2)]);
const webpOf = (...chunks: Buffer[]) => riff('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks]));
const lossy = (width: number, height: number) =>
  riff('VP8 ', Buffer.concat([Buffer.from([0, 0, 0, 0x9d, 1, 0x2a]), le(2, width, height), zeros(5)]));
const lossless = (width: number, height: number) =>
  riff('VP8L', Buffer.concat([Buffer.from([0x2f]), le(4, (height - 1) * 16_384 + width - 1), zeros(3)]));
const vp8x = (width: number, height: number) => riff('VP8X', Buffer.concat([zeros(4), le(3, width - 1, height - 1)]));
const anmf = (left: number, top: number, width: number, height: number, ...inner: Buffer[]) =>
  riff('ANMF', Buffer.concat([le(3, left / 2, top / 2, width - 1, height - 1), zeros(4), ...inner]));

const gifHead = (width: number, height: number) =>
  Buffer.concat([Buffer.from('GIF89a'), le(2, width, height), zeros(3)]);
const gifFrame = (left: number, top: number, width: number, height: number) =>
  Buffer.concat([Buffer.from([0x2c]), le(2, left, top, width, height), Buffer.from([0, 2, 2, 0x44, 1, 0])]);
const TRAILER = Buffer.from([0x3b]);
const COMMENT = Buffer.from([0x21, 0xfe, 2, 0x3b, 0x3b, 0]);
const gifOf = (width: number, height: number, ...blocks: Buffer[]) =>
  Buffer.concat([gifHead(width, height), ...blocks, TRAILER]);

/** Each picture with the sides that its entry says, and where it begins if not behind the one before. */
function ico(...entries: [width: number, height: number, picture: Buffer, start?: number][]): Buffer {
  let end = 6 + 16 * entries.length;
  const list = entries.map(([width, height, picture, start]) => {
    const entry = [Buffer.from([width & 255, height & 255]), zeros(6), le(4, picture.length, start ?? end)];
    end += picture.length;
    return Buffer.concat(entry);
  });
  return Buffer.concat([le(2, 0, 1, entries.length), ...list, ...entries.map(([, , picture]) => picture)]);
}
const bitmap = (width: number, height: number, size = width * height * 4, depth = 32) =>
  Buffer.concat([le(4, 40, width, height * 2), le(2, 1, depth), zeros(24 + size)]);

const base64 = (text: string) => Buffer.from(text, 'base64');
/** As programs wrote them, and as they are made here. */
const GOOD: [string, string, Buffer][] = [
  [
    'PNG',
    'image/png',
    base64('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
  ],
  ['PNG with notes', 'image/png', pngOf(ihdr(3, 3), chunk('tEXt', zeros(9)), idat(3, 3), IEND)],
  [
    'animated PNG',
    'image/png',
    pngOf(ihdr(3, 3), chunk('acTL', zeros(8)), frame(2, 1, 1, 2), idat(3, 3), chunk('fdAT', zeros(9)), IEND),
  ],
  [
    'JPEG',
    'image/jpeg',
    base64(
      '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAACAAIBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/ACv/2Q==',
    ),
  ],
  [
    'progressive JPEG with filling',
    'image/jpeg',
    jpegOf(segment(0xe0, 1, 2, 0xff), Buffer.from([0xff]), sof(4, 4, 0xc2), SCAN, segment(0xc4, 0), SCAN),
  ],
  ['GIF', 'image/gif', base64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7')],
  ['GIF of two', 'image/gif', gifOf(4, 4, gifFrame(0, 0, 4, 4), COMMENT, gifFrame(1, 2, 3, 2))],
  ['WebP', 'image/webp', base64('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA')],
  ['lossless WebP', 'image/webp', base64('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==')],
  [
    'animated WebP',
    'image/webp',
    base64(
      'UklGRlIAAABXRUJQVlA4WAoAAAASAAAAAAAAAAAAQU5JTQYAAAD/////AABBTk1GJgAAAAAAAAAAAAAAAAAAAGQAAABWUDhMDQAAAC8AAAAQBxAREYiI/gcA',
    ),
  ],
  ['icon', 'image/x-icon', ico([16, 16, bitmap(16, 16)], [256, 256, png(256, 256)], [8, 8, bitmap(8, 8, 1_088, 8)])],
];

describe('a picture that is what it says', () => {
  it.each(GOOD)('is kept as it is: %s', (_kind, type, file) => {
    expect(problemOf(type, file)).toBeUndefined();
  });

  it.each(GOOD)('ends where it ends: %s cut anywhere, or with a tail', (_kind, type, file) => {
    for (let length = 0; length < file.length; length += 1)
      expect([length, problemOf(type, file.subarray(0, length))]).toEqual([length, { code: 'isPicture' }]);
    for (const tail of ['\0', '<script>', file.toString('latin1')])
      expect(problemOf(type, Buffer.concat([file, Buffer.from(tail, 'latin1')]))).toEqual({ code: 'isPicture' });
  });

  it.each(GOOD)('is cut where it ends to be drawn anew: %s', (_kind, type, file) => {
    expect(wholeRaster(type, file)).toEqual({ file });
    for (const tail of ['\0', '<script>', file.toString('latin1')])
      expect(wholeRaster(type, Buffer.concat([file, Buffer.from(tail, 'latin1')]))).toEqual({ file });
    const isJpeg = type === 'image/jpeg';
    for (let length = 0; length < file.length - (isJpeg ? 2 : 0); length += 1) {
      const found = wholeRaster(type, file.subarray(0, length));
      if (!isJpeg || found.problem) expect([length, found]).toEqual([length, { problem: { code: 'pictureBroken' } }]);
    }
  });

  it('gets the end that a JPEG has not', () => {
    const file = jpegOf(sof(4, 4), SCAN);
    for (const missing of [1, 2])
      expect(wholeRaster('image/jpeg', file.subarray(0, -missing))).toEqual({ file, isOpen: true });
  });

  it.each([
    ['PNG', 'image/png', png],
    ['JPEG', 'image/jpeg', (w, h) => jpegOf(sof(w, h), SCAN)],
    ['GIF', 'image/gif', (w, h) => gifOf(w, h, gifFrame(0, 0, 1, 1))],
    ['WebP', 'image/webp', (w, h) => webpOf(lossy(w, h))],
    ['lossless WebP', 'image/webp', (w, h) => webpOf(lossless(w, h))],
    ['extended WebP', 'image/webp', (w, h) => webpOf(vp8x(w, h), lossy(w, h))],
    ['icon of a PNG', 'image/x-icon', (w, h) => ico([w < 256 ? w : 0, h < 256 ? h : 0, png(w, h)])],
  ] as [string, string, (width: number, height: number) => Buffer][])(
    'has at most 4,096 pixels a side: %s',
    (_kind, type, file) => {
      expect(problemOf(type, file(4_096, 1))).toBeUndefined();
      expect(problemOf(type, file(1, 4_096))).toBeUndefined();
      const refused = { code: 'pictureSides', params: { max: 4_096 } };
      expect(problemOf(type, file(4_097, 1))).toEqual(refused);
      expect(problemOf(type, file(1, 4_097))).toEqual(refused);
    },
  );
});

describe('a picture that lies is none', () => {
  const [head, data] = [ihdr(3, 3), idat(3, 3)];
  const broken = Buffer.from(data);
  broken[9]! ^= 1;
  it.each([
    ['zeros behind its head', Buffer.concat([png(3, 3).subarray(0, 33), zeros(27)])],
    ['no side', pngOf(ihdr(0, 3), data, IEND)],
    ['no signature', Buffer.concat([zeros(8), head, data, IEND])],
    ['something before its head', pngOf(chunk('tEXt'), head, data, IEND)],
    ['a second head', pngOf(head, ihdr(9, 9), data, IEND)],
    ['a head with more in it', pngOf(ihdr(3, 3, [8, 0, 0, 0, 0, 0]), data, IEND)],
    ['a depth that there is not', pngOf(ihdr(3, 3, [4, 2, 0, 0, 0]), data, IEND)],
    ['a colour type that there is not', pngOf(ihdr(3, 3, [8, 5, 0, 0, 0]), data, IEND)],
    ['a wrong check sum', pngOf(head, broken, IEND)],
    ['no pixels', pngOf(head, IEND)],
    ['empty pixels', pngOf(head, chunk('IDAT'), IEND)],
    ['fewer pixels than any packing makes of them', pngOf(ihdr(4_000, 4_000), data, IEND)],
    ['pixels in two places', pngOf(head, data, chunk('tEXt'), data, IEND)],
    ['a part that nobody knows and all must', pngOf(head, chunk('EVIL'), data, IEND)],
    ['an end with more in it', pngOf(head, data, chunk('IEND', zeros(3)))],
    ['a frame beside it', pngOf(head, frame(2, 2, 2, 0), data, IEND)],
    ['a huge frame', pngOf(head, frame(60_000, 60_000, 0, 0), data, IEND)],
  ])('PNG: %s', (_lie, file) => expect(problemOf('image/png', file)).toEqual({ code: 'isPicture' }));

  it.each([
    ['no sides', jpegOf(SCAN)],
    ['no scan', jpegOf(sof(3, 3))],
    ['other sides behind the first', jpegOf(sof(3, 3), SCAN, sof(60_000, 60_000, 0xc1), SCAN)],
    ['sides behind its scan', jpegOf(SCAN, sof(3, 3))],
    ['more scans than anybody needs', jpegOf(sof(3, 3, 0xc2), ...Array<Buffer>(65).fill(SCAN))],
    ['another picture in it', jpegOf(jpegOf(sof(3, 3), SCAN), sof(3, 3), SCAN)],
    ['something between its parts', jpegOf(sof(3, 3), Buffer.from([1]), SCAN)],
    ['a part without a length', jpegOf(Buffer.from([0xff, 0xe0, 0, 0]), sof(3, 3), SCAN)],
  ])('JPEG: %s', (_lie, file) => expect(problemOf('image/jpeg', file)).toEqual({ code: 'isPicture' }));

  it.each([
    ['a frame larger than it', gifOf(1, 1, gifFrame(0, 0, 65_535, 65_535))],
    ['a frame beside it', gifOf(4, 4, gifFrame(0, 0, 4, 4), gifFrame(1, 0, 4, 4))],
    ['a frame without sides', gifOf(4, 4, gifFrame(0, 0, 0, 4))],
    ['no frame', gifOf(4, 4, COMMENT)],
    ['a frame without pixels', gifOf(1, 1, gifFrame(0, 0, 1, 1).subarray(0, 11), zeros(1))],
    ['a block that nobody knows', gifOf(4, 4, gifFrame(0, 0, 4, 4), Buffer.from([0x22, 1, 0]))],
  ])('GIF: %s', (_lie, file) => expect(problemOf('image/gif', file)).toEqual({ code: 'isPicture' }));

  it.each([
    ['no picture', webpOf(vp8x(3, 3))],
    ['nothing', webpOf()],
    ['another length', Buffer.concat([webpOf(lossy(3, 3)).fill(9, 4, 5)])],
    ['another kind', webpOf(riff('NONE', zeros(10)))],
    ['two pictures without a head', webpOf(lossy(3, 3), lossy(3, 3))],
    ['a picture of other sides', webpOf(vp8x(3, 3), lossy(16_000, 16_000))],
    ['a lossless picture of other sides', webpOf(vp8x(3, 3), lossless(16_000, 16_000))],
    ['a second head', webpOf(vp8x(3, 3), lossy(3, 3), vp8x(9, 9))],
    ['a frame beside it', webpOf(vp8x(3, 3), anmf(2, 0, 3, 3, lossy(3, 3)))],
    ['a frame of other sides', webpOf(vp8x(3, 3), anmf(0, 0, 3, 3, lossy(9_000, 9_000)))],
    ['a frame without a picture', webpOf(vp8x(3, 3), anmf(0, 0, 3, 3))],
    ['a frame in a frame', webpOf(vp8x(3, 3), anmf(0, 0, 3, 3, anmf(0, 0, 3, 3, lossy(3, 3))))],
    ['a picture without its mark', webpOf(riff('VP8 ', zeros(20)))],
  ])('WebP: %s', (_lie, file) => expect(problemOf('image/webp', file)).toEqual({ code: 'isPicture' }));

  it.each([
    ['none in it', ico()],
    ['only its list', Buffer.from([0, 0, 1, 0, 1, 0, 0, 0])],
    ['a PNG of other sides', ico([16, 16, png(16, 17)])],
    ['the head of a huge PNG', ico([16, 16, pngOf(ihdr(60_000, 60_000))])],
    ['a huge PNG behind an honest one', ico([16, 16, png(16, 16)], [16, 16, png(400, 400)])],
    ['a bitmap of other sides', ico([16, 16, bitmap(60_000, 60_000, 999)])],
    ['a bitmap without its lines', ico([16, 16, bitmap(16, 16, 1_023)])],
    ['a bitmap without its colours', ico([16, 16, bitmap(16, 16, 256, 8)])],
    ['a bitmap with a head of another kind', ico([16, 16, zeros(2_000)])],
    ['two entries of one picture', ico([16, 16, png(16, 16)], [16, 16, zeros(0), 38])],
    ['a picture before its place', ico([16, 16, png(16, 16), 6])],
    ['a picture behind its end', ico([16, 16, png(16, 16), 9_999])],
  ])('icon: %s', (_lie, file) => expect(problemOf('image/x-icon', file)).toEqual({ code: 'isPicture' }));
});

it('is checked in time that grows with its file', async () => {
  const many = (count: number): [string, Buffer][] => [
    ['image/png', pngOf(ihdr(1, 1), ...Array<Buffer>(count).fill(chunk('tEXt')), idat(1, 1), IEND)],
    ['image/jpeg', jpegOf(sof(1, 1), SCAN, Buffer.from('ff00'.repeat(4 * count), 'hex'))],
    ['image/gif', gifOf(1, 1, ...Array<Buffer>(count).fill(gifFrame(0, 0, 1, 1)))],
    ['image/webp', webpOf(vp8x(1, 1), ...Array<Buffer>(count).fill(lossy(1, 1)))],
    ['image/x-icon', ico(...Array<[number, number, Buffer]>(count).fill([1, 1, png(1, 1)]))],
  ];
  const files = new Map([500, 2_000].map((count) => [count, many(count)]));
  const checking = (count: number) => {
    for (const [type, file] of files.get(count)!) expect(problemOf(type, file)).toBeUndefined();
    return Promise.resolve();
  };
  expect(await costRatio(checking, 500, 2_000)).toBeLessThan(IN_PROPORTION);
});
