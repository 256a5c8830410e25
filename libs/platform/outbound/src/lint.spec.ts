import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const LINT = `
  import { ESLint } from 'eslint';
  const eslint = new ESLint();
  const rules = [];
  for (const [source, filePath] of JSON.parse(process.argv[1])) {
    const [{ messages }] = await eslint.lintText(source, { filePath });
    rules.push([...new Set(messages.map(({ ruleId }) => ruleId))]);
  }
  console.log(JSON.stringify(rules));`;

/** Rules that each source breaks at its place. */
const broken = (...sources: [source: string, path: string][]): string[][] =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', LINT, JSON.stringify(sources)], {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '' },
      encoding: 'utf8',
    }),
  ) as string[][];

it('other ways to the outside are refused where addresses of other people come in', () => {
  const ask = "await fetch('http://a.example');\nawait globalThis.fetch('http://a.example');";
  const [globals, imports] = [['no-restricted-globals', 'no-restricted-properties'], ['no-restricted-imports']];
  const place = 'libs/modules/kb/src/x.ts';
  expect(
    broken(
      [ask, place],
      [ask, 'apps/api/src/x.ts'],
      [ask, 'apps/worker/src/x.ts'],
      ["import { request } from 'node:https'; request('');", place],
      ["import * as http from 'http'; http.get('');", place],
      ["import { Agent } from 'undici'; new Agent();", place],
      ["import { createServer } from 'node:http'; createServer();", 'apps/worker/src/x.ts'],
    ),
  ).toEqual([globals, globals, globals, imports, imports, imports, []]);
}, 60_000);
