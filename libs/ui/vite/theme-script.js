// @ts-check
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const source = resolve(import.meta.dirname, 'theme.js');
const DEV_NAME = 'theme.js';

/**
 * Puts the script that chooses light or dark into the page's head. It blocks rendering on purpose: a page that
 * flashes white at night is worse than one small file. It is a file because the policy allows no inline script.
 * @returns {import('vite').Plugin}
 */
export function themeScript() {
  let base = '/';
  let building = false;
  /** @type {string | undefined} */
  let reference;
  return {
    name: 'balcao:theme-script',
    configResolved(config) {
      base = config.base;
      building = config.command === 'build';
    },
    buildStart() {
      if (building) reference = this.emitFile({ type: 'asset', name: DEV_NAME, source: readFileSync(source) });
    },
    configureServer(server) {
      server.middlewares.use(`${base}${DEV_NAME}`, (_request, response) => {
        response.setHeader('content-type', 'text/javascript');
        response.end(readFileSync(source));
      });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const emitted = Object.values(context.bundle ?? {}).find(
          (file) => reference && file.type === 'asset' && file.names.includes(DEV_NAME),
        );
        return [{ tag: 'script', attrs: { src: `${base}${emitted?.fileName ?? DEV_NAME}` }, injectTo: 'head' }];
      },
    },
  };
}
