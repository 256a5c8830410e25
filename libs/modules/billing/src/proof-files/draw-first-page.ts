import { crc32, deflateSync } from 'node:zlib';
import { PDFiumLibrary } from '@hyzyla/pdfium';

/** What a page is drawn to fit into, in pixels; a small one is drawn no larger than so many times its points. */
const WIDTH = 1_000;
const HEIGHT = 1_600;
const MOST_SCALE = 3;

/**
 * A picture (PNG) of a PDF's first page; null where there is none to be drawn. For a thread, as `readBillText` is: a file from anywhere
 * is read by PDFium within WebAssembly, each time by a new one.
 */
export async function drawFirstPage(file: Uint8Array): Promise<Uint8Array | null> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(file);
    const page = document.getPage(0);
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const scale = Math.min(WIDTH / originalWidth, HEIGHT / originalHeight, MOST_SCALE);
    const { data } = await page.render({
      scale,
      render: (drawn) => Promise.resolve(pngOf(drawn)),
    });
    return data;
  } catch {
    return null;
  }
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** ISO/IEC 15948, of 8 bits for each of red, green and blue: a page has white behind it, so that nothing shines through. */
function pngOf({ data, width, height }: { data: Uint8Array; width: number; height: number }): Uint8Array {
  const line = 3 * width + 1;
  const lines = Buffer.alloc(line * height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const to = line * Math.floor(pixel / width) + 1 + 3 * (pixel % width);
    lines[to] = data[4 * pixel]!;
    lines[to + 1] = data[4 * pixel + 1]!;
    lines[to + 2] = data[4 * pixel + 2]!;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, said: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(kind, 'latin1'), said]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(said.length, 0);
  around.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([around.subarray(0, 4), typed, around.subarray(4)]);
}
