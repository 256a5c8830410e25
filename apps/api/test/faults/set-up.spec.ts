import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Product } from './support/product.js';

const TMPDIR = process.env['TMPDIR'];

describe('A set-up that fails', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'balcao-set-up-'));
    // As root, PostgreSQL runs as another user, who must be able to enter it.
    await chmod(folder, 0o755);
    process.env['TMPDIR'] = folder;
  });
  afterEach(async () => {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
    await rm(folder, { recursive: true, force: true });
  });

  test.each([
    ['before anything is migrated', { DATABASE_POOL_SIZE: 'many' }, 'migrate.js failed'],
    ['because the API cannot listen, beside a worker that can', { HOST: '203.0.113.1' }, 'main.js ended'],
  ])('%s ends what it began', async (_when, settings, message) => {
    await expect(Product.start(settings)).rejects.toThrow(message);
    // The server removes its folder when it has ended, and ends when its programs have.
    expect(await readdir(folder)).toEqual([]);
  });
});
