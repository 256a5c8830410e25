import { describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const source = resolve(import.meta.dirname, '../src');
const folders = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('pt-BR.json'))
  .map((path) => path.slice(0, -'pt-BR.json'.length));

type Messages = { [key: string]: string | Messages };
const read = (folder: string, locale: string) =>
  flatten(JSON.parse(readFileSync(join(source, folder, `${locale}.json`), 'utf8')) as Messages);

function flatten(messages: Messages, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : Object.entries(flatten(value, `${prefix}${key}.`)),
    ),
  );
}
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

describe.each(folders)('texts in %s', (folder) => {
  const portuguese = read(folder, 'pt-BR');
  const english = read(folder, 'en-US');

  it('exist in both languages', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(portuguese).sort());
  });

  it('have the same gaps in both languages', () => {
    for (const [key, text] of Object.entries(portuguese))
      expect([key, placeholders(english[key] ?? '')]).toEqual([key, placeholders(text)]);
  });

  it('never shout', () => {
    for (const text of [...Object.values(portuguese), ...Object.values(english)]) expect(text).not.toContain('!');
  });
});

const LITERAL_KEY = /(?:\bt|\btranslate)\(\s*'([\w.]+)'/g;

describe('texts that the sources name', () => {
  const library = resolve(source, '../../../libs/ui/src/i18n/pt-BR.json');
  const known = new Set([
    ...folders.flatMap((folder) => Object.keys(read(folder, 'pt-BR'))),
    ...Object.keys(flatten(JSON.parse(readFileSync(library, 'utf8')) as Messages)),
  ]);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(vue|ts)$/.test(path));

  it.each(files)('exist: %s', (file) => {
    const named = [...readFileSync(join(source, file), 'utf8').matchAll(LITERAL_KEY)].map(([, key]) => key!);
    expect(named.filter((key) => !known.has(key))).toEqual([]);
  });
});
