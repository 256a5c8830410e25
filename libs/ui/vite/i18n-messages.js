// @ts-check
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { baseCompile } from '@intlify/message-compiler';

const PREFIX = '\0i18n:';
const MESSAGE_FILE = /\/i18n\/[\w-]+\.json$/;

/**
 * Compiles `…/i18n/{locale}.json` while building, so that the browser gets vue-i18n's runtime only: its message
 * compiler is large.
 * @returns {import('vite').Plugin}
 */
export function i18nMessages() {
  return {
    name: 'balcao:i18n-messages',
    enforce: 'pre',
    resolveId(id, importer) {
      if (!importer || !id.startsWith('.') || !id.endsWith('.json')) return;
      const file = resolve(dirname(importer), id);
      if (MESSAGE_FILE.test(file)) return `${PREFIX}${file}.js`;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return;
      const file = id.slice(PREFIX.length, -'.js'.length);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(compileAll(JSON.parse(readFileSync(file, 'utf8'))))}`;
    },
  };
}

/**
 * @typedef {{ [key: string]: string | Messages }} Messages
 * @param {Messages} messages
 * @returns {object}
 */
function compileAll(messages) {
  return Object.fromEntries(
    Object.entries(messages).map(([key, message]) => [
      key,
      typeof message === 'string' ? compile(message) : compileAll(message),
    ]),
  );
}

/** @param {string} message */
function compile(message) {
  return baseCompile(message, {
    jit: true,
    minify: true,
    location: false,
    onError(error) {
      throw new SyntaxError(`${error.message} in "${message}"`);
    },
  }).ast;
}
