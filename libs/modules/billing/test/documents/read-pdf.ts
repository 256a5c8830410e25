import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** A page as somebody has it who opens the file in Chrome. */
export interface ReadPage {
  /** What is copied from it, in lines. */
  text: string;
  /** What a scanner finds in its picture. */
  codes: { format: string; text: string }[];
  /** Whether anything is drawn in a band of it, in points from the left upper corner. */
  inkIn: (x: number, y: number, width: number, height: number) => boolean;
}

/** Of a page of print at 200 dots an inch. */
const SCALE = 200 / 72;
const A4 = { width: 595.28, height: 841.89 };

/** Opens a PDF, reads its texts, draws its pages, and looks for codes in the pictures. */
export async function readPdf(file: Uint8Array): Promise<ReadPage[]> {
  const pdfium = await library();
  const document = await pdfium.loadDocument(file);
  try {
    const pages: ReadPage[] = [];
    for (const page of document.pages()) {
      // Before it is drawn: PDFium's reader of texts cannot read a page that was.
      const text = page.getText().replace(/\r\n/g, '\n');
      const { data, width, height } = await page.render({ scale: SCALE, render: 'bitmap' });
      const pixels = { data: new Uint8ClampedArray(data), width, height, colorSpace: 'srgb' as const };
      const found = await readBarcodes(pixels, { formats: ['QRCode', 'ITF'], tryHarder: true });
      // A picture has whole pixels; its page need not.
      const [across, down] = [width / A4.width, height / A4.height];
      const inkIn: ReadPage['inkIn'] = (x, y, wide, high) => {
        for (let row = Math.round(y * down); row < Math.round((y + high) * down); row += 1)
          for (let column = Math.round(x * across); column < Math.round((x + wide) * across); column += 1) {
            const at = (row * width + column) * 4;
            if (pixels.data.subarray(at, at + 3).some((channel) => channel < 250)) return true;
          }
        return false;
      };
      pages.push({ text, codes: found.map(({ format, text: said }) => ({ format, text: said })), inkIn });
    }
    return pages;
  } finally {
    document.destroy();
  }
}

let opened: Promise<PDFiumLibrary> | undefined;

const library = (): Promise<PDFiumLibrary> =>
  (opened ??= prepareScanner().then(() => PDFiumLibrary.init() as Promise<PDFiumLibrary>));

/** By itself the decoder fetches its other half from the network. */
async function prepareScanner(): Promise<void> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
}
