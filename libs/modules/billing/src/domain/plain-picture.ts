import type { ProofMediaType } from './payment-proof.js';

/** How a picture lies, from 1 for upright to 8 (Exif 2.32, tag 0x0112). */
type Orientation = number;
const UPRIGHT: Orientation = 1;

/**
 * A picture without what it says besides itself: where and when it was taken, by which device, who and what is on it. How it lies is
 * kept, since it is shown by that. What is no picture stays as it is.
 * @returns undefined where the file is not built as its kind is
 */
export function plainPicture(file: Buffer, mediaType: ProofMediaType): Buffer | undefined {
  try {
    switch (mediaType) {
      case 'image/jpeg':
        return plainJpeg(file);
      case 'image/png':
        return plainPng(file);
      case 'image/webp':
        return plainWebp(file);
      case 'application/pdf':
        return file;
    }
  } catch (error) {
    // What a file says of its lengths leads beyond its end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const EXIF = Buffer.from('Exif\0\0', 'latin1');
/** Segments that a picture is shown by: JFIF, colour profile, and Adobe's word of how colours are meant. */
const SHOWN_BY: Readonly<Record<number, RegExp>> = { 0xe0: /^JF/, 0xe2: /^ICC_PROFILE\0/, 0xee: /^Adobe/ };

/**
 * The syntax of ITU-T T.81: segments of a marker, a length and what they say; behind that of a scan its data, up to the next marker. What stands
 * behind the end, as the films and depth maps of telephones do, is no part of the picture.
 */
function plainJpeg(file: Buffer): Buffer | undefined {
  const kept: Buffer[] = [];
  let orientation = UPRIGHT;
  for (let at = 2; ;) {
    if (file.readUInt8(at) !== 0xff) return undefined;
    const marker = file.readUInt8(at + 1);
    // Bytes that fill up.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9)
      return Buffer.concat([file.subarray(0, 2), exifOf(orientation), ...kept, file.subarray(at, at + 2)]);
    const said = at + 4;
    const segment = at + 2 + file.readUInt16BE(at + 2);
    if (segment > file.length || segment < said) return undefined;
    const end = marker === 0xda ? endOfScan(file, segment) : segment;
    const words = file.subarray(said, end);
    if (marker === 0xe1 && words.subarray(0, EXIF.length).equals(EXIF))
      orientation = orientationIn(words.subarray(EXIF.length)) ?? orientation;
    const isApplication = marker >= 0xe0 && marker <= 0xef;
    const shows = SHOWN_BY[marker]?.test(words.toString('latin1', 0, 12));
    if (marker !== 0xfe && (!isApplication || shows)) kept.push(file.subarray(at, end));
    at = end;
  }
}

/** Where the next marker stands: within a scan 0xff is followed by 0, or by that of a restart. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file.readUInt8(at + 1);
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new RangeError('The scan does not end');
}

/** Exif of how a picture lies, and of nothing else; none of one that is upright. */
function exifOf(orientation: Orientation): Buffer {
  if (orientation === UPRIGHT) return Buffer.alloc(0);
  const said = Buffer.concat([EXIF, tiffOf(orientation)]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(said.length + 2, 2);
  return Buffer.concat([head, said]);
}

/** TIFF 6.0: a header, and one directory of one entry. */
function tiffOf(orientation: Orientation): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(0x0112, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}

/** How a picture lies by its Exif; undefined where that does not say. */
function orientationIn(tiff: Buffer): Orientation | undefined {
  const order = tiff.toString('latin1', 0, 2);
  if (order !== 'MM' && order !== 'II') return undefined;
  const isLarge = order === 'MM';
  const short = (at: number) => (isLarge ? tiff.readUInt16BE(at) : tiff.readUInt16LE(at));
  const long = (at: number) => (isLarge ? tiff.readUInt32BE(at) : tiff.readUInt32LE(at));
  try {
    const directory = long(4);
    for (let place = 0; place < short(directory); place += 1) {
      const entry = directory + 2 + 12 * place;
      if (short(entry) !== 0x0112) continue;
      const orientation = short(entry + 8);
      return orientation >= 1 && orientation <= 8 ? orientation : undefined;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

const PNG_HEAD = 8;
/** Chunks that say something besides the picture (PNG, third edition, 11.3): texts, times, Exif. */
const PNG_TRACES = /^(?:tEXt|zTXt|iTXt|tIME|eXIf)$/;

function plainPng(file: Buffer): Buffer | undefined {
  const kept: Buffer[] = [file.subarray(0, PNG_HEAD)];
  for (let at = PNG_HEAD; ;) {
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) return undefined;
    const kind = file.toString('latin1', at + 4, at + 8);
    if (!PNG_TRACES.test(kind)) kept.push(file.subarray(at, end));
    if (kind === 'IEND') return Buffer.concat(kept);
    at = end;
  }
}

const WEBP_HEAD = 12;
/** Of the chunk VP8X, by which others are announced. */
const WEBP_FLAGS = { exif: 0x08, xmp: 0x04 } as const;

/** RIFF of a WebP (RFC 9649, 2.7): whatever lies otherwise than upright by its Exif alone is upright afterwards. */
function plainWebp(file: Buffer): Buffer | undefined {
  const kept: Buffer[] = [];
  const whole = 8 + file.readUInt32LE(4);
  if (whole > file.length + 1) return undefined;
  for (let at = WEBP_HEAD; at + 8 <= Math.min(whole, file.length);) {
    const kind = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (at + 8 + length > file.length) return undefined;
    const chunk = Buffer.from(file.subarray(at, end));
    if (kind === 'VP8X') chunk[8] = chunk.readUInt8(8) & ~(WEBP_FLAGS.exif | WEBP_FLAGS.xmp);
    if (kind !== 'EXIF' && kind !== 'XMP ') kept.push(chunk);
    at = end;
  }
  const head = Buffer.from(file.subarray(0, WEBP_HEAD));
  const content = Buffer.concat(kept);
  head.writeUInt32LE(content.length + 4, 4);
  return Buffer.concat([head, content]);
}
