import { encode } from 'uqr';

/** How much of a code may be lost: about 7, 15, 25 or 30 %. */
export type ErrorCorrection = 'L' | 'M' | 'Q' | 'H';

export interface QrCode {
  /** Modules in a row, and rows; all lengths are in modules. */
  size: number;
  /** Modules that stay light on all four sides, which readers want; `size` and `path` are without. */
  quietZone: number;
  /** The dark modules as the data of one SVG path, from 0 to `size`: a closed rectangle for every run of a row. */
  path: string;
}

/** Digits of the largest code; of other characters fewer fit. */
const LONGEST = 7089;
const QUIET_ZONE = 4;

/**
 * The QR code of a text (ISO/IEC 18004), no larger than it must be. Letters beyond ASCII are written in UTF-8.
 *
 * ```html
 * <svg :viewBox="`${-quietZone} ${-quietZone} ${size + 2 * quietZone} ${size + 2 * quietZone}`" shape-rendering="crispEdges">
 * ```
 *
 * @throws RangeError where a text is empty, ill-formed, or does not fit the largest code
 */
export function qrCode(text: string, { correction = 'M' }: { correction?: ErrorCorrection } = {}): QrCode {
  if (text === '' || text.length > LONGEST || !text.isWellFormed()) throw new RangeError('No text for a QR code');
  const { size, data } = encode(text, { ecc: correction, border: 0 });
  let path = '';
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x += 1) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x += 1;
      const length = x + 1 - start;
      path += `M${start} ${y}h${length}v1h${-length}z`;
    }
  }
  return { size, quietZone: QUIET_ZONE, path };
}
