// @ts-check
import { sep } from 'node:path';

const FILE = 'first-pages.json';
const TEXTS = /i18n[/\\]([\w-]+)\.json/;

/**
 * Writes `first-pages.json`: for each page that visitors come to first, and each language, the files that it needs beside
 * those of the entry. Whoever serves the page names them in its head, or browsers learn of them one round trip later.
 * @param {Record<string, string[]>} pages sources of each page, below the application's folder; `{locale}` is a language
 * @returns {import('vite').Plugin}
 */
export function firstPages(pages) {
  return {
    name: 'balcao:first-pages',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const locales = new Set(chunks.flatMap(({ facadeModuleId }) => TEXTS.exec(facadeModuleId ?? '')?.[1] ?? []));
      const withImports = (/** @type {string} */ name, /** @type {Set<string>} */ found = new Set()) => {
        const chunk = bundle[name];
        if (chunk?.type !== 'chunk' || found.has(name)) return found;
        found.add(name);
        for (const imported of chunk.imports) withImports(imported, found);
        return found;
      };
      const entry = withImports(chunks.find(({ isEntry }) => isEntry)?.fileName ?? '');
      const filesOf = (/** @type {string[]} */ sources) => {
        const files = new Set();
        for (const source of sources) {
          const chunk = chunks.find(({ facadeModuleId }) =>
            facadeModuleId?.replaceAll(sep, '/').includes(`/${source}`),
          );
          if (!chunk) throw new Error(`${source} is no file of its own: ${FILE} cannot name it`);
          for (const file of withImports(chunk.fileName)) if (!entry.has(file)) files.add(file);
        }
        return [...files];
      };
      const listed = Object.entries(pages).map(([page, sources]) => [
        page,
        Object.fromEntries(
          Array.from(locales, (locale) => [locale, filesOf(sources.map((each) => each.replace('{locale}', locale)))]),
        ),
      ]);
      this.emitFile({ type: 'asset', fileName: FILE, source: JSON.stringify(Object.fromEntries(listed)) });
    },
  };
}
