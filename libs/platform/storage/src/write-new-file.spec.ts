import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writeNewFile } from './write-new-file.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balcao-write-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('writes what arrives', async () => {
  await writeNewFile(join(folder, 'whole'), Readable.from([Buffer.from('palavras')]), new PassThrough());
  expect(await readFile(join(folder, 'whole'), 'utf8')).toBe('palavras');
});

it('leaves no file behind, however early its content breaks off', async () => {
  const before = await readdir(folder);
  const broken = () => {
    const content = new Readable({ read() {} });
    content.destroy(new Error('the sender went away'));
    return content;
  };
  const tries = Array.from({ length: 50 }, (_, index) =>
    writeNewFile(join(folder, `broken-${index}`), broken(), new PassThrough()).catch(() => 'refused'),
  );
  expect(new Set(await Promise.all(tries))).toEqual(new Set(['refused']));
  expect(await readdir(folder)).toEqual(before);
});

it('takes the place of no other file', async () => {
  await writeNewFile(join(folder, 'first'), Readable.from(['um']), new PassThrough());
  await expect(writeNewFile(join(folder, 'first'), Readable.from(['dois']), new PassThrough())).rejects.toThrow(
    'EEXIST',
  );
  expect(await readFile(join(folder, 'first'), 'utf8')).toBe('um');
});
