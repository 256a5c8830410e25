import { BOLETO_BARCODE, itf25, qrCode } from '@balcao/codes';
import type { Paper } from './page.js';

/** Points of a millimetre. */
export const MM = 72 / 25.4;
/** The side of a module that a telephone's camera tells from the next, in points. */
const MODULE = 1.8;
const SMALLEST_QR = 96;
const INK = '#000000';

/** A QR code that is to be drawn. */
export interface DrawnQr {
  /** How wide and high it is, in points; around it stay four modules of white. */
  side: number;
  draw(x: number, y: number): void;
}

/**
 * A text as a QR code.
 * @param alt what it is, for who cannot see it
 */
export function drawnQr(paper: Paper, text: string, alt: string): DrawnQr {
  const { size, path } = qrCode(text);
  const side = Math.max(SMALLEST_QR, size * MODULE);
  const draw = (x: number, y: number) =>
    paper.figure(alt, () => {
      paper.pdf.save().translate(x, y);
      paper.pdf
        .scale(side / size)
        .path(path)
        .fill(INK);
      paper.pdf.restore();
    });
  return { side, draw };
}

/** How high a slip's bar code is, in points. */
export const BARCODE_HEIGHT = BOLETO_BARCODE.height * MM;

/** Draws the bar code of a bank slip, as large as banks want it. */
export function drawBarcode(paper: Paper, digits: string, alt: string, x: number, y: number): void {
  const { width, bars } = itf25(digits);
  const narrow = (BOLETO_BARCODE.width * MM) / width;
  paper.figure(alt, () => {
    for (const bar of bars) paper.pdf.rect(x + bar.x * narrow, y, bar.width * narrow, BARCODE_HEIGHT);
    paper.pdf.fill(INK);
  });
}
