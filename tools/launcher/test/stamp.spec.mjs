// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { installHash, isStamped, sourceHash, stamp } from '../src/stamp.mjs';

/** @param {import('node:test').TestContext} test */
function workspace(test) {
  const root = mkdtempSync(join(tmpdir(), 'balcao-stamp-'));
  test.after(() => rmSync(root, { recursive: true, force: true }));
  const write = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('pnpm-lock.yaml', 'lockfileVersion: 9');
  write('package.json', '{}');
  write('libs/platform/errors/package.json', '{"name":"errors"}');
  write('libs/platform/errors/src/index.ts', 'export {};');
  return { root, write };
}

describe('stamps', () => {
  it('hold until the hash differs', (test) => {
    const { root } = workspace(test);
    const file = join(root, 'node_modules', '.stamp');
    assert.equal(isStamped(file, 'a'), false);
    stamp(file, 'a');
    assert.equal(isStamped(file, 'a'), true);
    assert.equal(isStamped(file, 'b'), false);
  });

  it('of the installation change with the lock file and with a package.json, not with sources', (test) => {
    const { root, write } = workspace(test);
    const before = installHash(root);
    write('libs/platform/errors/src/index.ts', 'export const changed = true;');
    assert.equal(installHash(root), before);
    write('libs/platform/errors/package.json', '{"name":"errors","version":"2.0.0"}');
    const afterPackage = installHash(root);
    assert.notEqual(afterPackage, before);
    write('pnpm-lock.yaml', 'lockfileVersion: 10');
    assert.notEqual(installHash(root), afterPackage);
  });

  it('of the build change with a source that is edited, added or removed, not with what is made or tests it', (test) => {
    const { root, write } = workspace(test);
    const seen = new Set([sourceHash(root)]);
    write('libs/platform/errors/dist/index.js', 'made');
    write('libs/platform/errors/node_modules/x/index.js', 'installed');
    write('libs/platform/errors/src/index.spec.ts', 'it');
    write('libs/platform/errors/test/support.ts', 'helps');
    seen.add(sourceHash(root));
    assert.equal(seen.size, 1);
    write('libs/platform/errors/src/index.ts', 'export const edited = true;');
    seen.add(sourceHash(root));
    write('libs/platform/errors/src/added.ts', '');
    seen.add(sourceHash(root));
    rmSync(join(root, 'libs/platform/errors/src/index.ts'));
    seen.add(sourceHash(root));
    assert.equal(seen.size, 4);
  });
});
