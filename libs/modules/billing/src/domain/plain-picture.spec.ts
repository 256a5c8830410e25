import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainPicture } from './plain-picture.js';

const bytes = (...parts: (Buffer | string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const segment = (marker: number, said: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(said.length + 2, 2);
  return bytes(head, said);
};
/** Exif with a place, and how the picture lies; in either order of bytes. */
const exif = (orientation: number, order: 'MM' | 'II' = 'MM') => {
  const tiff = Buffer.alloc(38);
  const short = order === 'MM' ? tiff.writeUInt16BE.bind(tiff) : tiff.writeUInt16LE.bind(tiff);
  const long = order === 'MM' ? tiff.writeUInt32BE.bind(tiff) : tiff.writeUInt32LE.bind(tiff);
  tiff.write(order, 0, 'latin1');
  short(42, 2);
  long(8, 4);
  short(2, 8);
  // A place (GPS), then how it lies.
  [
    [0x8825, 4, 999],
    [0x0112, 3, 0],
  ].forEach(([tag, kind, value], place) => {
    short(tag!, 10 + 12 * place);
    short(kind!, 12 + 12 * place);
    long(1, 14 + 12 * place);
    long(value!, 18 + 12 * place);
  });
  short(orientation, 30);
  return bytes('Exif\0\0', tiff, 'GPS Rua das Flores 100');
};
const SOI = [0xff, 0xd8];
const EOI = [0xff, 0xd9];
const JFIF = segment(0xe0, bytes('JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0]));
const PROFILE = segment(0xe2, bytes('ICC_PROFILE\0', [1, 1], 'sRGB'));
const TABLE = segment(0xdb, bytes([0], Buffer.alloc(64, 7)));
/** With a stuffed byte and a restart in its data, and a second scan. */
const SCANS = bytes(
  segment(0xda, bytes([1, 1, 0, 0, 63, 0])),
  [1, 2, 0xff, 0, 3, 0xff, 0xd0, 4],
  segment(0xc4, bytes([9, 9])),
  segment(0xda, bytes([1, 1, 0, 0, 63, 0])),
  [5, 6],
);
const jpeg = (...segments: Buffer[]) => bytes(SOI, ...segments, SCANS, EOI);
const plain = (file: Buffer) => plainPicture(file, 'image/jpeg')?.toString('latin1');

describe('a photo', () => {
  it.each(['MM', 'II'] as const)('says no more than how it lies, told in the order %s', (order) => {
    const traces = [
      segment(0xe1, bytes('http://ns.adobe.com/xap/1.0/\0', '<x:xmpmeta/>')),
      segment(0xed, bytes('IPTC')),
    ];
    const photo = jpeg(JFIF, segment(0xe1, exif(6, order)), PROFILE, ...traces, TABLE, segment(0xfe, bytes('Ana')));
    const kept = plain(photo)!;
    for (const trace of ['GPS', 'xmpmeta', 'IPTC', 'Ana']) expect(kept).not.toContain(trace);
    const lies = bytes('Exif\0\0MM\0*', [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);
    expect(kept).toBe(jpeg(segment(0xe1, lies), JFIF, PROFILE, TABLE).toString('latin1'));
    // And once more changes nothing.
    expect(plain(Buffer.from(kept, 'latin1'))).toBe(kept);
  });

  it('that is upright says nothing', () => {
    expect(plain(jpeg(segment(0xe1, exif(1)), TABLE))).toBe(jpeg(TABLE).toString('latin1'));
    expect(plain(jpeg(segment(0xe1, exif(77)), TABLE))).toBe(jpeg(TABLE).toString('latin1'));
  });

  it('ends where it ends: a film behind it goes', () => {
    expect(plain(bytes(jpeg(TABLE), jpeg(segment(0xe1, exif(1)))))).toBe(jpeg(TABLE).toString('latin1'));
  });

  it.each([
    ['that breaks off within a segment', bytes(SOI, TABLE.subarray(0, 20))],
    ['that breaks off within a scan', jpeg(TABLE).subarray(0, -4)],
    ['of no segments', bytes(SOI, 'nothing')],
    ['of a segment without a length', bytes(SOI, [0xff, 0xe1, 0, 0], EOI)],
  ])('%s is none', (_what, file) => expect(plain(file)).toBeUndefined());

  it('of any bytes is none, or shorter than it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const file = bytes(SOI, Buffer.from(noise));
        const kept = plainPicture(file, 'image/jpeg');
        expect(kept === undefined || kept.length <= file.length).toBe(true);
      }),
    );
  });
});

const chunk = (kind: string, said: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(said.length);
  return bytes(length, kind, said, [0, 0, 0, 0]);
};
const png = (...chunks: Buffer[]) => bytes([0x89], 'PNG\r\n\x1a\n', ...chunks);

describe('a picture of another kind', () => {
  it('says nothing besides itself: PNG', () => {
    const [head, data, end] = [chunk('IHDR', Buffer.alloc(13)), chunk('IDAT', bytes('x')), chunk('IEND', bytes())];
    const traces = ['tEXt', 'zTXt', 'iTXt', 'tIME', 'eXIf'].map((kind) => chunk(kind, bytes('Ana')));
    expect(plainPicture(bytes(png(head, ...traces, data, end), 'behind'), 'image/png')).toEqual(png(head, data, end));
    expect(plainPicture(png(head, data), 'image/png')).toBeUndefined();
  });

  it('says nothing besides itself: WebP', () => {
    const part = (kind: string, said: Buffer) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(said.length);
      return bytes(kind, length, said, Buffer.alloc(said.length % 2));
    };
    const webp = (...parts: Buffer[]) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes(...parts).length + 4);
      return bytes('RIFF', length, 'WEBP', ...parts);
    };
    const flags = (of: number) => part('VP8X', bytes([of], Buffer.alloc(9)));
    const picture = part('VP8 ', bytes('odd'));
    const whole = webp(flags(0x1c), picture, part('EXIF', exif(6)), part('XMP ', bytes('Ana')));
    expect(plainPicture(whole, 'image/webp')).toEqual(webp(flags(0x10), picture));
    expect(plainPicture(whole.subarray(0, 40), 'image/webp')).toBeUndefined();
  });

  it('is left as it is: PDF', () => {
    const pdf = bytes('%PDF-1.7');
    expect(plainPicture(pdf, 'application/pdf')).toBe(pdf);
  });
});
