// @ts-check
import { sep } from 'node:path';

const FILE = 'first-pages.json';
const TEXTS = /i18n[/\\]([\w-]+)\.json/;

/** @typedef {import('vite').Rolldown.OutputChunk} Chunk */

/**
 * What visitors come to first arrives in few files, since on a slow line each costs more than what is in it: all that the
 * entry needs is one, and what pages need is one for each combination of them that occurs. Who needs what is learned from a
 * first build without such files, in which nothing is where it is not used.
 *
 * Writes `first-pages.json`: for each page, and each language, the files that it needs beside those of the entry. Whoever
 * serves the page names them in its head, or browsers learn of them one round trip later.
 * @param {Record<string, string[]>} pages sources of each page, below the application's folder; `{locale}` is a language
 * @param {() => Promise<Chunk[]>} buildOnce what the application is built into without `groups`
 * @returns {{ plugin: import('vite').Plugin, groups: import('vite').Rolldown.CodeSplittingGroup[] }}
 */
export function firstPages(pages, buildOnce) {
  /** The file of each module that has one here. @type {Map<string, string>} */
  let files = new Map();
  return {
    groups: [
      {
        debugName: 'what first pages need',
        name: (/** @type {string} */ id) => files.get(id) ?? null,
        // It would take along all that a file with many exports could need.
        includeDependenciesRecursively: false,
      },
    ],
    plugin: {
      name: 'balcao:first-pages',
      apply: 'build',
      async buildStart() {
        files = sharedFiles(await buildOnce(), pages);
      },
      generateBundle(_options, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        this.emitFile({ type: 'asset', fileName: FILE, source: JSON.stringify(filesOf(chunks, pages)) });
      },
    },
  };
}

/**
 * @param {Chunk[]} chunks
 * @param {Record<string, string[]>} pages
 * @returns {Map<string, string>} names of files, by module
 */
function sharedFiles(chunks, pages) {
  const closure = closureIn(chunks);
  const entry = closure(chunks.filter(({ isEntry }) => isEntry));
  /** @type {Map<string, string[]>} */
  const users = new Map();
  for (const [page, sources] of Object.entries(pages)) {
    const views = chunks.filter(({ facadeModuleId }) => sources.some((source) => isSource(facadeModuleId, source)));
    for (const chunk of closure(views)) {
      if (entry.has(chunk) || chunk.facadeModuleId !== null) continue;
      for (const id of chunk.moduleIds) users.set(id, [...(users.get(id) ?? []), page]);
    }
  }
  const files = new Map();
  for (const [id, of] of users) files.set(id, of.join('-'));
  for (const { isEntry, moduleIds } of entry) if (!isEntry) for (const id of moduleIds) files.set(id, 'always');
  return files;
}

/**
 * @param {Chunk[]} chunks
 * @returns {(roots: Chunk[]) => Set<Chunk>} those chunks, and all that they import
 */
function closureIn(chunks) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  return (roots) => {
    const found = new Set(roots);
    for (const { imports } of found)
      for (const name of imports) {
        const chunk = byName.get(name);
        if (chunk) found.add(chunk);
      }
    return found;
  };
}

/**
 * @param {Chunk[]} chunks
 * @param {Record<string, string[]>} pages
 * @returns {Record<string, Record<string, string[]>>} by page and language
 */
function filesOf(chunks, pages) {
  const locales = new Set(chunks.flatMap(({ facadeModuleId }) => TEXTS.exec(facadeModuleId ?? '')?.[1] ?? []));
  const closure = closureIn(chunks);
  const entry = closure(chunks.filter(({ isEntry }) => isEntry));
  const filesFrom = (/** @type {string[]} */ sources) => {
    const views = sources.map((source) => {
      const chunk = chunks.find(({ facadeModuleId }) => isSource(facadeModuleId, source));
      if (!chunk) throw new Error(`${source} is no file of its own: ${FILE} cannot name it`);
      return chunk;
    });
    return [...closure(views)].filter((chunk) => !entry.has(chunk)).map(({ fileName }) => fileName);
  };
  return Object.fromEntries(
    Object.entries(pages).map(([page, sources]) => [
      page,
      Object.fromEntries(
        Array.from(locales, (locale) => [locale, filesFrom(sources.map((each) => each.replace('{locale}', locale)))]),
      ),
    ]),
  );
}

/** @param {string | null} id @param {string} source */
const isSource = (id, source) => id?.replaceAll(sep, '/').includes(`/${source}`) ?? false;
