import { BOLETO_BARCODE, itf25, qrCode } from '@balcao/codes';
import type { Paper } from './page.js';

/** Points of a millimetre. */
export const MM = 72 / 25.4;
/** The side of a module that a telephone's camera tells from the next, in points. */
const MODULE = 1.8;
const SMALLEST_QR = 96;
const INK = '#000000';

/** Draws a text as a QR code. Its surroundings stay white for four modules. */
export function drawQr(paper: Paper, text: string, alt: string, x: number, y: number): void {
  const { size, path } = qrCode(text);
  paper.figure(alt, () => {
    paper.pdf.save().translate(x, y);
    paper.pdf
      .scale(sideOf(size) / size)
      .path(path)
      .fill(INK);
    paper.pdf.restore();
  });
}

/** How wide and high a text's QR code is, in points. */
export const qrSide = (text: string): number => sideOf(qrCode(text).size);

const sideOf = (size: number): number => Math.max(SMALLEST_QR, size * MODULE);

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
