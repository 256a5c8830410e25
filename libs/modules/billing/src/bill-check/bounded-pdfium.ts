import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PDFiumLibrary } from '@hyzyla/pdfium';

/** As far as it is used here: Node has it, and its types leave it to those of browsers. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: never };
};

/** Many times what a bill needs. Without a bound, forty kilobytes of one take two gigabytes. */
const MOST_BYTES = 128 * 1024 * 1024;

let compiled: object | undefined;

/** A new PDFium, within WebAssembly, whose memory does not grow beyond a bound: what it is denied ends the reading. */
export function boundedPdfium(): Promise<PDFiumLibrary> {
  return PDFiumLibrary.init({
    instantiateWasm: (imports: { env: Record<string, unknown> }, done: (instance: object) => void) => {
      const grow = imports.env['emscripten_resize_heap'] as (bytes: number) => boolean;
      // Unsigned, as addresses are.
      imports.env['emscripten_resize_heap'] = (bytes: number) => bytes >>> 0 <= MOST_BYTES && grow(bytes);
      compiled ??= new WebAssembly.Module(
        readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm')),
      );
      const instance = new WebAssembly.Instance(compiled, imports);
      done(instance);
      return instance.exports;
    },
  });
}
