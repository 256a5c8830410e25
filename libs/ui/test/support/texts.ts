import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const OWN = join(import.meta.dirname, '../../src/i18n');
const LITERAL_KEY = /(?:\bt|\btranslate)\(\s*'([\w.]+)'/g;
/** The beginning of a key whose end is known only when it is shown. */
const BEGINNING = /(?:\bt|\btranslate)\(\s*`([\w.]+\.)\$\{/g;

type Messages = { [key: string]: string | Messages };

/**
 * Checks the texts below a folder of sources: both languages say the same, and every text that is named exists.
 * @param more `brought`: beginnings of texts that the applications bring; `ends`: with what a beginning is completed
 */
export function describeTexts(
  source: string,
  { brought = [], ends = {} }: { brought?: string[]; ends?: Record<string, readonly string[]> } = {},
): void {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  const folders = files.filter((path) => path.endsWith('pt-BR.json')).map((path) => join(source, path, '..'));
  const texts = (locale: string): Record<string, string> =>
    Object.assign({}, ...[OWN, ...folders].map((folder) => messagesIn(folder, locale)));

  describe.each(['pt-BR', 'en-US'])('texts in %s', (locale) => {
    it('are there wherever the sources name them, and in every language', () => {
      const there = texts(locale);
      const keys = [...Object.keys(there), ...brought];
      const sources = files.filter((path) => /\.(vue|ts)$/.test(path)).map((path) => read(join(source, path)));
      const named = (how: RegExp) => sources.flatMap((text) => [...text.matchAll(how)].map(([, key]) => key!));
      const completed = Object.entries(ends).flatMap(([beginning, values]) => values.map((end) => beginning + end));
      const wanted = [
        ...named(LITERAL_KEY),
        ...completed,
        ...Object.keys(texts('pt-BR')),
        ...Object.keys(texts('en-US')),
      ];
      const beginnings = named(BEGINNING);
      const missing = [
        ...Object.keys(ends).filter((beginning) => !beginnings.includes(beginning)),
        ...wanted.filter((key) => !(key in there)),
        ...beginnings.filter((beginning) => !keys.some((key) => key.startsWith(beginning))),
      ];
      expect([...new Set(missing)]).toEqual([]);
    });

    it('have the same gaps as in Portuguese, and never shout', () => {
      const portuguese = texts('pt-BR');
      const odd = Object.entries(texts(locale)).filter(
        ([key, text]) => text.includes('!') || String(gaps(text)) !== String(gaps(portuguese[key] ?? '')),
      );
      expect(odd).toEqual([]);
    });
  });
}

const read = (path: string) => readFileSync(path, 'utf8');

const messagesIn = (folder: string, locale: string) =>
  flatten(JSON.parse(read(join(folder, `${locale}.json`))) as Messages);

function flatten(messages: Messages, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : Object.entries(flatten(value, `${prefix}${key}.`)),
    ),
  );
}

const gaps = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
