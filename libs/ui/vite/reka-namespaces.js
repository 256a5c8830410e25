// @ts-check
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

const IMPORT = /import \{([^}]+)\} from "reka-ui\/namespaced";?/g;
const PREFIX = 'reka-ns:';

/**
 * `reka-ui/namespaced` is one module that every menu needs, so one shared chunk would carry Calendar, Combobox and
 * all the others to every page. Each imported name gets a copy of that module, of which tree-shaking keeps only
 * what the name needs.
 * @returns {import('vite').Plugin}
 */
export function rekaNamespaces() {
  const requireOfKit = createRequire(import.meta.resolve('@nuxt/ui/vite'));
  const file = resolve(dirname(requireOfKit.resolve('reka-ui/namespaced')), 'index.mjs');
  return {
    name: 'balcao:reka-namespaces',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('@nuxt/ui/dist/runtime') || !code.includes('reka-ui/namespaced')) return;
      return { code: code.replace(IMPORT, (_, names) => splitImport(names)), map: null };
    },
    resolveId(id) {
      if (id.startsWith(PREFIX)) return `${file}?ns=${id.slice(PREFIX.length)}`;
    },
    load(id) {
      if (id.startsWith(`${file}?ns=`)) return readFileSync(file, 'utf8');
    },
  };
}

/** @param {string} names */
function splitImport(names) {
  return names
    .split(',')
    .map((name) => `import {${name}} from "${PREFIX}${name.trim().split(' ')[0]}";`)
    .join('\n');
}
