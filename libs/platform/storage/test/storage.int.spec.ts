import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { LocalStorage, S3Storage } from '../src/index.js';
import { promisesOfStorage } from './storage.suite.js';

const folder = await mkdtemp(join(tmpdir(), 'balcao-files-'));
afterAll(() => rm(folder, { recursive: true }));

describe('a folder', () => {
  promisesOfStorage(async () => new LocalStorage(folder));

  it('keeps nothing unfinished', async () => {
    expect(await readdir(join(folder, '.unfinished'))).toEqual([]);
  });
});

/** A bucket that may be written to, as STORAGE_URL names one. */
const bucket = process.env['TEST_S3_URL'] ?? '';

(bucket ? describe : describe.skip)('a bucket (skipped where TEST_S3_URL names none)', () => {
  promisesOfStorage(async () => new S3Storage(bucket));

  it('is not opened by a wrong secret', async () => {
    const wrong = new S3Storage(bucket.replace(/:[^:@]+@/, ':wrong@'));
    await expect(wrong.size('a/b')).rejects.toThrow(/403/);
  });
});
