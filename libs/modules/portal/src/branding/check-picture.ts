import type { DataPicture, FieldErrorCode, FieldErrorParams } from '@balcao/contracts';
import { harmlessSvg } from './harmless-svg.js';

/** Longest side in pixels: more than any page shows, and what every browser draws without effort. */
const LONGEST_SIDE = 4_096;

/** The file that may be kept of a picture whose kind is known, or what stands against showing it. */
export type CheckedPicture =
  | { content: Buffer; problem?: undefined }
  | { content?: undefined; problem: { code: FieldErrorCode; params?: FieldErrorParams } };

/** Checks a picture without drawing it: a raster one by its first bytes, a drawing as what it is written anew from. */
export function checkPicture({ mediaType, bytes }: DataPicture): CheckedPicture {
  const content = Buffer.from(bytes, 'latin1');
  if (mediaType === 'image/svg+xml') {
    const drawing = harmlessSvg(content);
    return drawing.problem ? drawing : { content: Buffer.from(drawing.svg) };
  }
  const sides = sidesOf(mediaType, content);
  if (!sides || sides.some((side) => side < 1)) return { problem: { code: 'isPicture' } };
  return sides.some((side) => side > LONGEST_SIDE)
    ? { problem: { code: 'pictureSides', params: { max: LONGEST_SIDE } } }
    : { content };
}

/** Width and height of a raster picture, where its head says them. */
function sidesOf(mediaType: string, file: Buffer): [width: number, height: number] | undefined {
  try {
    switch (mediaType) {
      case 'image/png':
        return [file.readUInt32BE(16), file.readUInt32BE(20)];
      case 'image/gif':
        return [file.readUInt16LE(6), file.readUInt16LE(8)];
      case 'image/x-icon':
        // 0 says 256, the most that it can have.
        return [file.readUInt8(6) || 256, file.readUInt8(7) || 256];
      case 'image/webp':
        return sidesOfWebp(file);
      default:
        return sidesOfJpeg(file);
    }
  } catch (error) {
    // It ends before it says so.
    if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_')) return undefined;
    throw error;
  }
}

function sidesOfWebp(file: Buffer): [number, number] | undefined {
  switch (file.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return [file.readUInt16LE(26) & 0x3fff, file.readUInt16LE(28) & 0x3fff];
    case 'VP8L': {
      const bits = file.readUInt32LE(21);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 'VP8X':
      return [file.readUIntLE(24, 3) + 1, file.readUIntLE(27, 3) + 1];
    default:
      return undefined;
  }
}

/** What the first frame says, behind segments that each say their length. */
function sidesOfJpeg(file: Buffer): [number, number] | undefined {
  let index = 2;
  while (file.readUInt8(index) === 0xff) {
    const marker = file.readUInt8(index + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return [file.readUInt16BE(index + 7), file.readUInt16BE(index + 5)];
    // Any number of ff may stand before a marker.
    index += marker === 0xff ? 1 : 2 + Math.max(2, file.readUInt16BE(index + 2));
  }
  return undefined;
}
