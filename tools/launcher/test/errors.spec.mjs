// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { describeError, LauncherError } from '../src/errors.mjs';
import { installFailure } from '../src/prepare.mjs';
import { openLog } from '../src/processes/log-file.mjs';
import { temporaryFolder } from './support/stand-in.mjs';

describe('an error', () => {
  it('says what happened, what the tool printed before it, and what to do', () => {
    const error = new LauncherError('It failed.', ['Do this.', 'Or that.'], { output: 'boom\n' });
    assert.equal(describeError(error), 'boom\n\nIt failed.\n  → Do this.\n  → Or that.');
  });

  it('about a file names it and the remedy, wherever it came up', (test) => {
    const inTheWay = join(temporaryFolder(test), 'logs');
    writeFileSync(inTheWay, '');
    for (const act of [() => mkdirSync(join(inTheWay, 'x')), () => openLog(join(inTheWay, 'x.log'), 'a')]) {
      assert.throws(act, (error) => {
        const text = describeError(error);
        assert.match(
          text,
          /logs.* cannot be used \((ENOTDIR|EEXIST)\)\.\n {2}→ A file stands where a folder is wanted/,
        );
        assert.doesNotMatch(text, /at .*\.mjs/);
        return true;
      });
    }
  });

  for (const [code, remedy] of /** @type {const} */ ([
    ['EACCES', /belongs to another user/],
    ['EROFS', /can only be read/],
    ['ENOSPC', /disk is full/],
  ])) {
    it(`${code} of a file has a remedy`, () => {
      const error = Object.assign(new Error('x'), { code, path: '/data/x' });
      assert.match(describeError(error), remedy);
    });
  }

  for (const [reason, message] of /** @type {const} */ ([
    [
      'Error: ERR_PNPM_META_FETCH_FAIL',
      /the package registry is out of reach\.\n {2}→ The first start needs the network/,
    ],
    ['ENOSPC: no space left on device', /the disk is full/],
    ['EACCES: permission denied, mkdir', /this user may not write here/],
    ['ERR_PNPM_OUTDATED_LOCKFILE', /A package\.json was changed without pnpm-lock\.yaml/],
  ])) {
    it(`of an installation (${reason}) shows its end, and says where the rest is`, () => {
      const said = [...Array.from({ length: 3_000 }, (_, line) => `[WARN] line ${line}`), reason].join('\n');
      const text = describeError(installFailure(said, '/x/install.log'));
      assert.match(text, message);
      assert.match(text, /\[WARN\] line 2999\n[\s\S]*All of it is in \/x\/install\.log\./);
      assert.ok(text.split('\n').length < 25);
    });
  }

  it('that nobody foresaw keeps its stack', () => {
    assert.match(describeError(new TypeError('x is not a function')), /TypeError: x is not a function\n +at /);
  });
});

describe('a log file', () => {
  it('is made with its folder, and continued or begun anew', async (test) => {
    const file = join(temporaryFolder(test), 'a', 'b.log');
    const write = (/** @type {'a' | 'w'} */ flags, /** @type {string} */ text) =>
      new Promise((resolve) => openLog(file, flags).end(text, () => resolve(undefined)));
    await write('w', 'one ');
    await write('a', 'two');
    assert.equal(readFileSync(file, 'utf8'), 'one two');
    await write('w', 'three');
    assert.equal(readFileSync(file, 'utf8'), 'three');
  });
});
