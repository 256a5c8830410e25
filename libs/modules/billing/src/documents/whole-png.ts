import { crc32, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Of a picture of four million pixels. */
const MOST_BYTES = 16 * 1_024 * 1_024;
/** Length, type and checksum of a chunk. */
const AROUND = 12;

/**
 * Whether a file is a PNG (ISO/IEC 15948) from its first to its last byte, of a size that a page has use for. What draws it
 * trusts it: of half a picture it would hear when nobody listens any more.
 */
export function isWholePng(file: Buffer): boolean {
  if (!file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return false;
  const pixels: Buffer[] = [];
  for (let at = SIGNATURE.length; at + AROUND <= file.length;) {
    const end = at + AROUND + file.readUInt32BE(at);
    if (end > file.length) return false;
    const typed = file.subarray(at + 4, end - 4);
    if (crc32(typed) !== file.readUInt32BE(end - 4)) return false;
    const type = typed.toString('latin1', 0, 4);
    if (type === 'IDAT') pixels.push(typed.subarray(4));
    if (type === 'IEND') return canBeInflated(Buffer.concat(pixels));
    at = end;
  }
  return false;
}

function canBeInflated(pixels: Buffer): boolean {
  try {
    return inflateSync(pixels, { maxOutputLength: MOST_BYTES }).length > 0;
  } catch {
    return false;
  }
}
