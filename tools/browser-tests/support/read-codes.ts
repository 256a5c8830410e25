import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes, type ReadInputBarcodeFormat } from 'zxing-wasm/reader';

let ready: Promise<unknown> | undefined;

/** What another program reads in a picture of codes (PNG), as a payer's bank would with a camera. */
export async function codesIn(picture: Buffer, format: ReadInputBarcodeFormat): Promise<string[]> {
  ready ??= readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')).then((wasm) =>
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true }),
  );
  await ready;
  const found = await readBarcodes(new Uint8Array(picture), { formats: [format], tryHarder: true });
  return found.map(({ text }) => text);
}
