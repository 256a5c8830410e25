import { crc32 } from 'node:zlib';
import type { DataPicture, FieldErrorCode, FieldErrorParams } from '@balcao/contracts';

export interface PictureProblem {
  code: FieldErrorCode;
  params?: FieldErrorParams;
}

type Sides = readonly [width: number, height: number];
/** What a picture says of itself, and where it ends: behind the end of its file where its own is missing. */
interface Head {
  sides: Sides;
  end: number;
}

/** Longest side in pixels: more than any page shows, and what every browser draws without effort. */
const LONGEST_SIDE = 4_096;
/** Deflate makes at most that many bytes of one. */
const MOST_DEFLATED = 1_032;
/** A progressive JPEG has some ten; each of them makes whoever shows it go over all of the picture once more. */
const MOST_SCANS = 64;
/** Bits of a sample, and samples of a pixel, by the colour type of a PNG. */
const PNG_COLOURS: Readonly<Record<number, { depths: number[]; samples: number }>> = {
  0: { depths: [1, 2, 4, 8, 16], samples: 1 },
  2: { depths: [8, 16], samples: 3 },
  3: { depths: [1, 2, 4, 8], samples: 1 },
  4: { depths: [8, 16], samples: 2 },
  6: { depths: [8, 16], samples: 4 },
};

/** As reading behind the end is: the file is not what its kind is made of. */
class Malformed extends RangeError {}

function demand(holds: unknown): asserts holds {
  if (!holds) throw new Malformed();
}

/**
 * What stands against showing a raster picture: parts that are not what its kind is made of, from the first byte to the
 * last, pictures and frames in it with other sides than its head promises, or long ones. Nothing is unpacked, each byte is
 * passed once.
 */
export function rasterProblem({
  mediaType,
  bytes,
}: Pick<DataPicture, 'mediaType' | 'bytes'>): PictureProblem | undefined {
  const file = Buffer.from(bytes, 'latin1');
  const head = headOf(mediaType, file);
  return head?.end === file.length ? tooLarge(head) : { code: 'isPicture' };
}

/** A raster picture by itself. */
export interface WholeRaster {
  file: Buffer;
  /** Its end was missing: perhaps more than that is. */
  isOpen?: boolean;
  problem?: undefined;
}

/**
 * The picture that a file begins with, for what is drawn anew from it: cameras and editors put notes, other pictures and new
 * lines behind it, or leave out its end.
 */
export function wholeRaster(mediaType: string, file: Buffer): WholeRaster | { problem: PictureProblem } {
  const head = headOf(mediaType, file);
  if (!head) return { problem: { code: 'pictureBroken' } };
  const problem = tooLarge(head);
  if (problem) return { problem };
  if (head.end <= file.length) return { file: file.subarray(0, head.end) };
  return { file: Buffer.concat([file.subarray(0, head.end - JPEG_END.length), JPEG_END]), isOpen: true };
}

function tooLarge({ sides }: Head): PictureProblem | undefined {
  return sides.some((side) => side > LONGEST_SIDE)
    ? { code: 'pictureSides', params: { max: LONGEST_SIDE } }
    : undefined;
}

/** Undefined for what is no picture of its kind. */
function headOf(mediaType: string, file: Buffer): Head | undefined {
  try {
    const head = READERS[mediaType]?.(file);
    return head?.sides.every((side) => side > 0) ? head : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const READERS: Readonly<Record<string, (file: Buffer) => Head>> = {
  'image/png': headOfPng,
  'image/jpeg': headOfJpeg,
  'image/webp': headOfWebp,
  'image/gif': headOfGif,
  'image/x-icon': headOfIcon,
};

function demandSame(one: Sides, [width, height]: Sides): void {
  demand(one[0] === width && one[1] === height);
}

function demandWithin([width, height]: Sides, left: number, top: number, [frameWidth, frameHeight]: Sides): void {
  demand(frameWidth > 0 && frameHeight > 0 && left + frameWidth <= width && top + frameHeight <= height);
}

/** Chunks with their check sums, of which nothing may be missing that a reader needs; frames of an animation as well. */
function headOfPng(file: Buffer): Head {
  demand(file.toString('latin1', 0, 8) === '\u0089PNG\r\n\u001a\n');
  const sides = [file.readUInt32BE(16), file.readUInt32BE(20)] as const;
  const depth = file.readUInt8(24);
  const colours = PNG_COLOURS[file.readUInt8(25)];
  // Neither another way of packing nor of filtering was ever made; its lines stand in one order or the other.
  demand(colours);
  demand(colours.depths.includes(depth) && file.readUInt16BE(26) === 0 && file.readUInt8(28) <= 1);
  let last = '';
  let packed = 0;
  let index = 8;
  while (last !== 'IEND') {
    const size = file.readUInt32BE(index);
    const [start, end] = [index + 8, index + 8 + size];
    const kind = file.toString('latin1', index + 4, start);
    demand(file.readUInt32BE(end) === crc32(file.subarray(index + 4, end)));
    demand((kind === 'IHDR') === (last === ''));
    if (kind === 'IHDR') demand(size === 13);
    else if (kind === 'IEND') demand(size === 0);
    else if (kind === 'IDAT') {
      demand(last === 'IDAT' || packed === 0);
      packed += size;
    } else if (kind === 'fcTL') {
      const [width, height, left, top] = [4, 8, 12, 16].map((at) => file.readUInt32BE(start + at)) as Quad;
      demandWithin(sides, left, top, [width, height]);
    } else demand(kind === 'PLTE' || /^[a-z][A-Za-z]{3}$/.test(kind));
    last = kind;
    index = end + 4;
  }
  // Some eight bytes are those of an empty stream.
  demand(packed > 8 && packed * MOST_DEFLATED >= (sides[0] * sides[1] * depth * colours.samples) / 8);
  return { sides, end: index };
}

/** How a PNG that was read before is meant to be held: the number that EXIF has for it, 1 for as it is. */
export function pngOrientation(file: Buffer): number {
  for (let index = 8; index < file.length; index += 12 + file.readUInt32BE(index))
    if (file.toString('latin1', index + 4, index + 8) === 'eXIf')
      return orientationOf(file.subarray(index + 8, index + 8 + file.readUInt32BE(index)));
  return 1;
}

const ORIENTATION = 0x0112;

/** What is no EXIF says nothing. */
function orientationOf(exif: Buffer): number {
  const isLittle = exif.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
  try {
    const start = isLittle ? exif.readUInt32LE(4) : exif.readUInt32BE(4);
    for (let entry = start + 2; entry < start + 2 + 12 * short(start); entry += 12)
      if (short(entry) === ORIENTATION && short(entry + 8) >= 1 && short(entry + 8) <= 8) return short(entry + 8);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

type Quad = [number, number, number, number];

const JPEG_END = Buffer.from('ffd9', 'hex');

/** Segments that each say their length, and behind each that begins a scan what it is drawn from. */
function headOfJpeg(file: Buffer): Head {
  demand(file.readUInt16BE(0) === 0xffd8);
  let sides: Sides | undefined;
  let scans = 0;
  let index = 2;
  while (scans === 0 || index + 1 < file.length) {
    const marker = file.readUInt16BE(index) - 0xff00;
    if (marker === 0xd9) break;
    // Any number of ff may stand before a marker.
    index += 1;
    if (marker === 0xff) continue;
    const size = file.readUInt16BE(index + 1);
    demand(marker >= 0xc0 && (marker < 0xd0 || marker > 0xd9) && size >= 2);
    if (marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      demand(!sides);
      sides = [file.readUInt16BE(index + 6), file.readUInt16BE(index + 4)];
    }
    index += 1 + size;
    if (marker !== 0xda) continue;
    scans += 1;
    demand(sides && scans <= MOST_SCANS);
    index = endOfScan(file, index);
  }
  demand(sides && scans > 0);
  return { sides, end: index + JPEG_END.length };
}

/** Where ff stands neither before 0, as it does where it is meant, nor before the number of a place to restart at. */
function endOfScan(file: Buffer, start: number): number {
  for (let index = start; ; index += 2) {
    index = file.indexOf(0xff, index);
    if (index < 0) return file.length;
    const next = file[index + 1];
    if (next !== 0 && !(next! >= 0xd0 && next! <= 0xd7)) return index;
  }
}

interface RiffChunk {
  kind: string;
  data: Buffer;
}

/** Either one picture, or a head with the pictures and frames that it is made of. */
function headOfWebp(file: Buffer): Head {
  const end = file.readUInt32LE(4) + 8;
  demand(end <= file.length);
  const [head, ...chunks] = riffChunks(file.subarray(12, end));
  demand(head);
  if (head.kind !== 'VP8X') {
    demand(chunks.length === 0);
    return { sides: sidesOfBitstream(head), end };
  }
  const sides = [head.data.readUIntLE(4, 3) + 1, head.data.readUIntLE(7, 3) + 1] as const;
  const pictures = chunks.map(({ kind, data }) => {
    if (kind !== 'ANMF') return picturesOf([{ kind, data }], sides);
    const [left, top, width, height] = [0, 3, 6, 9].map((at) => data.readUIntLE(at, 3)) as Quad;
    const frame = [width + 1, height + 1] as const;
    demandWithin(sides, 2 * left, 2 * top, frame);
    demand(picturesOf(riffChunks(data.subarray(16)), frame) === 1);
    return 1;
  });
  demand(pictures.some((count) => count > 0));
  return { sides, end };
}

/** How many there are; all have these sides. */
function picturesOf(chunks: RiffChunk[], sides: Sides): number {
  demand(!chunks.some(({ kind }) => kind === 'VP8X' || kind === 'ANMF'));
  const pictures = chunks.filter(({ kind }) => kind.startsWith('VP8'));
  for (const picture of pictures) demandSame(sidesOfBitstream(picture), sides);
  return pictures.length;
}

function riffChunks(file: Buffer): RiffChunk[] {
  const chunks: RiffChunk[] = [];
  for (let index = 0; index < file.length;) {
    const start = index + 8;
    const end = start + file.readUInt32LE(index + 4);
    const kind = file.toString('latin1', index, index + 4);
    // Filled up to an even length.
    index = end + (end % 2);
    demand(index <= file.length);
    chunks.push({ kind, data: file.subarray(start, end) });
  }
  return chunks;
}

function sidesOfBitstream({ kind, data }: RiffChunk): Sides {
  if (kind === 'VP8 ') {
    demand(data.readUInt8(0) % 2 === 0 && data.readUIntBE(3, 3) === 0x9d012a && data.length > 10);
    return [data.readUInt16LE(6) & 0x3fff, data.readUInt16LE(8) & 0x3fff];
  }
  demand(kind === 'VP8L' && data.readUInt8(0) === 0x2f && data.length > 5);
  const bits = data.readUInt32LE(1);
  demand(bits >>> 29 === 0);
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}

/** Blocks of a known kind, made of parts that each say their length: frames are all within the canvas. */
function headOfGif(file: Buffer): Head {
  const sides = [file.readUInt16LE(6), file.readUInt16LE(8)] as const;
  const palette = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let frames = 0;
  let index = 13 + palette(file.readUInt8(10));
  for (let kind; (kind = file.readUInt8(index)) !== 0x3b;) {
    demand(kind === 0x21 || kind === 0x2c);
    if (kind === 0x2c) {
      const [left, top, width, height] = [1, 3, 5, 7].map((at) => file.readUInt16LE(index + at)) as Quad;
      demandWithin(sides, left, top, [width, height]);
      index += 9 + palette(file.readUInt8(index + 9));
      // Nothing would be drawn.
      demand(file.readUInt8(index + 2) > 0);
      frames += 1;
    }
    let size = 1;
    for (index += 2; size > 0; index += 1 + size) size = file.readUInt8(index);
  }
  demand(frames > 0);
  return { sides, end: index + 1 };
}

/** Pictures one behind the other, in whatever order they are listed: none hides between them, and none is passed twice. */
function headOfIcon(file: Buffer): Head {
  const entries = Array.from({ length: file.readUInt16LE(4) }, (_, number) => {
    const index = 6 + 16 * number;
    // 0 says 256, or more, which only a PNG can have.
    const sides = [file.readUInt8(index), file.readUInt8(index + 1)] as const;
    return { sides, size: file.readUInt32LE(index + 8), start: file.readUInt32LE(index + 12) };
  });
  let end = 6 + 16 * entries.length;
  let largest: Sides = [0, 0];
  for (const { sides, size, start } of entries.sort((one, other) => one.start - other.start)) {
    demand(start === end);
    end += size;
    demand(end <= file.length);
    const picture = file.subarray(start, end);
    const head = picture.readUInt8(0) === 0x89 ? headOfPng(picture) : undefined;
    demand(!head || head.end === size);
    const found = head?.sides ?? sidesOfBitmap(picture);
    demandSame(found.map((side) => (side < 256 ? side : 0)) as unknown as Sides, sides);
    largest = [Math.max(largest[0], found[0]), Math.max(largest[1], found[1])];
  }
  return { sides: largest, end };
}

/** A bitmap of an icon: the head, its colours, its lines; behind them the mask, which counts in its height. */
function sidesOfBitmap(picture: Buffer): Sides {
  const [head, width, height] = [0, 4, 8].map((at) => picture.readInt32LE(at)) as Quad;
  const depth = picture.readUInt16LE(14);
  demand(head === 40 && width > 0 && height > 0 && height % 2 === 0);
  demand([1, 4, 8, 16, 24, 32].includes(depth) && picture.readUInt32LE(16) === 0);
  const colours = depth > 8 ? 0 : picture.readUInt32LE(32) || 1 << depth;
  const line = 4 * Math.ceil((width * depth) / 32);
  demand(colours <= 256 && head + 4 * colours + (line * height) / 2 <= picture.length);
  return [width, height / 2];
}
