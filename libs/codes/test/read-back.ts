import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

export interface Drawing {
  path: string;
  width: number;
  height: number;
  quietZone: number;
}

/** Pixels for each unit of a drawing. */
export interface Scale {
  across: number;
  down: number;
}

const RECTANGLE = /M([\d.]+) (\d+)h([\d.]+)v1h-([\d.]+)z/g;

/** Draws a path of rectangles with its quiet zone, dark on light. */
function pixelsOf({ path, width, height, quietZone }: Drawing, { across, down }: Scale) {
  const margin = quietZone * across;
  const columns = Math.round(width * across + 2 * margin);
  const rows = height * down + 2 * margin;
  const dark = new Uint8ClampedArray(columns * rows);
  const rest = path.replace(RECTANGLE, (_, x: string, y: string, right: string, left: string) => {
    if (left !== right) throw new Error(`A rectangle ends ${left} before its right, ${right} behind its left`);
    const column = (place: number) => Math.round(margin + place * across);
    const [from, to] = [column(Number(x)), column(Number(x) + Number(right))];
    const top = margin + Number(y) * down;
    for (let row = top; row < top + down; row += 1) dark.fill(1, row * columns + from, row * columns + to);
    return '';
  });
  if (rest !== '') throw new Error(`No rectangle: ${rest}`);
  const data = new Uint8ClampedArray(dark.length * 4).fill(255);
  for (const [index, is] of dark.entries()) if (is) data.fill(0, index * 4, index * 4 + 3);
  return { data, width: columns, height: rows, colorSpace: 'srgb' as const };
}

let ready: Promise<unknown> | undefined;

/** By itself the decoder fetches its other half from the network. */
async function prepare(): Promise<void> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
}

/** What ZXing reads in a drawing: each code that it finds. */
export async function readBack(format: 'QRCode' | 'ITF', drawing: Drawing, scale: Scale) {
  await (ready ??= prepare());
  const found = await readBarcodes(pixelsOf(drawing, scale), { formats: [format], tryHarder: true });
  return found.map(({ text, ecLevel }) => ({ text, correction: ecLevel }));
}
