// @ts-check
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The figures of a house with one small module, and with what was built of one that is gone. @param {import('node:test').TestContext} test */
function house(test) {
  const root = mkdtempSync(join(tmpdir(), 'balcao-figures-'));
  test.after(() => rmSync(root, { recursive: true, force: true }));
  const write = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const path of ['tools/figures/figures.mjs', 'tools/launcher/src/stamp.mjs', 'tools/launcher/src/errors.mjs'])
    cpSync(join(ROOT, path), join(root, path));
  for (const path of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'tsconfig.json'])
    cpSync(join(ROOT, path), join(root, path));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  write('apps/api/src/modules.ts', 'export {};\n');
  write('libs/modules/loans/package.json', '{}');
  write(
    'libs/modules/loans/src/http.ts',
    'export class Loans {\n  @Get()\n  list() {}\n  @PostAction()\n  give() {}\n}\n',
  );
  write('libs/modules/gone/dist/index.js', 'export {};\n');
  write('libs/platform/gone/dist/index.js', 'export {};\n');
  const figures = () =>
    spawnSync(process.execPath, ['tools/figures/figures.mjs', '--json'], { cwd: root, encoding: 'utf8' });
  return { write, figures };
}

describe('the figures', () => {
  it('are numbers for a module of one file, and know nothing of one that is gone', (test) => {
    const { stdout, stderr } = house(test).figures();
    assert.equal(stderr, '');
    /** @type {Array<{ what: string, value: number }>} */
    const figures = JSON.parse(stdout);
    const ofModules = figures.filter(({ what }) => what.includes(', '));
    assert.deepEqual(Object.fromEntries(ofModules.map(({ what, value }) => [what, value])), {
      'lines of HTTP for each endpoint, loans': 3,
      'places that register a module, loans': 0,
    });
    assert.deepEqual(
      figures.filter(({ value }) => !Number.isFinite(value)),
      [],
    );
  });

  it('say why the imports could not be looked at', (test) => {
    const { write, figures } = house(test);
    write('.dependency-cruiser.cjs', "throw new Error('no rules today');\n");
    const { status, stdout, stderr } = figures();
    assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
    assert.match(stderr, /no rules today/);
  });
});
