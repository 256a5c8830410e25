// @ts-check
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const COMPRESSIBLE = /\.(?:js|css|svg|json)$/;

/**
 * Writes `name.br` beside each file of the build, at the best quality: it takes seconds here, and with each request
 * it would take the server's time for a worse result. The page itself is left out, since the server writes into it.
 * @returns {import('vite').Plugin}
 */
export function precompress() {
  /** @type {string | undefined} */
  let folder;
  return {
    name: 'balcao:precompress',
    apply: 'build',
    configResolved({ root, build }) {
      folder = join(root, build.outDir);
    },
    closeBundle() {
      if (folder) compressFolder(folder);
    },
  };
}

/** @param {string} folder */
function compressFolder(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => COMPRESSIBLE.test(name));
  for (const name of names) {
    const content = readFileSync(join(folder, name));
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content, { params }));
  }
}
