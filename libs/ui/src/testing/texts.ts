import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const OWN = join(import.meta.dirname, '../i18n');
const LITERAL_KEY = /(?:\bt|\btranslate)\(\s*'([\w.]+)'/g;

type Messages = { [key: string]: string | Messages };

/** Checks the texts below a folder of sources: both languages say the same, and every text that is named exists. */
export function describeTexts(source: string): void {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  const folders = files.filter((path) => path.endsWith('pt-BR.json')).map((path) => join(source, path, '..'));

  describe.each(folders)('texts in %s', (folder) => {
    const portuguese = read(folder, 'pt-BR');
    const english = read(folder, 'en-US');

    it('exist in both languages', () => {
      expect(Object.keys(english).sort()).toEqual(Object.keys(portuguese).sort());
    });

    it('have the same gaps in both languages', () => {
      for (const [key, text] of Object.entries(portuguese))
        expect([key, gaps(english[key] ?? '')]).toEqual([key, gaps(text)]);
    });

    it('never shout', () => {
      for (const text of [...Object.values(portuguese), ...Object.values(english)]) expect(text).not.toContain('!');
    });
  });

  describe('texts that the sources name', () => {
    const known = new Set([OWN, ...folders].flatMap((folder) => Object.keys(read(folder, 'pt-BR'))));

    it.each(files.filter((path) => /\.(vue|ts)$/.test(path)))('exist: %s', (file) => {
      const named = [...readFileSync(join(source, file), 'utf8').matchAll(LITERAL_KEY)].map(([, key]) => key!);
      expect(named.filter((key) => !known.has(key))).toEqual([]);
    });
  });
}

const read = (folder: string, locale: string) =>
  flatten(JSON.parse(readFileSync(join(folder, `${locale}.json`), 'utf8')) as Messages);

function flatten(messages: Messages, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : Object.entries(flatten(value, `${prefix}${key}.`)),
    ),
  );
}

const gaps = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
