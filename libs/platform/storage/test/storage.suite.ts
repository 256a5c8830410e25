import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeAll, expect, it } from '@jest/globals';
import type { ByteRange, Storage } from '../src/index.js';

/** What every store of files promises. */
export function promisesOfStorage(open: () => Promise<Storage>): void {
  let storage: Storage;
  beforeAll(async () => {
    storage = await open();
  });

  const newKey = () => `${randomUUID()}/2026-11/${randomUUID()}`;
  const put = (key: string, content: Buffer, size = content.length) => storage.put(key, Readable.from([content]), size);
  const read = async (key: string, range?: ByteRange) => {
    const file = await storage.get(key, range);
    return file && { size: file.size, content: await buffer(file.content) };
  };

  it.each([0, 1, 100_000, 6_000_000])('keeps a file of %d bytes as it is', async (size) => {
    const [key, content] = [newKey(), randomBytes(size)];
    await put(key, content);
    expect(await storage.size(key)).toBe(size);
    const file = await read(key);
    expect(file!.size).toBe(size);
    expect(file!.content.equals(content)).toBe(true);
  });

  it('gives a part of it, and says how much there is', async () => {
    const key = newKey();
    await put(key, Buffer.from('0123456789'));
    for (const [range, text] of [
      [{ start: 0, end: 0 }, '0'],
      [{ start: 3, end: 5 }, '345'],
      [{ start: 8, end: 9 }, '89'],
    ] as const) {
      const part = await read(key, range);
      expect([part!.size, part!.content.toString()]).toEqual([10, text]);
    }
  });

  it('replaces and removes, also what is not there', async () => {
    const key = newKey();
    await put(key, Buffer.from('one'));
    await put(key, Buffer.from('another'));
    expect((await read(key))!.content.toString()).toBe('another');
    await storage.delete(key);
    await storage.delete(key);
    expect([await storage.size(key), await storage.get(key)]).toEqual([undefined, undefined]);
  });

  it.each([
    ['more', 5],
    ['fewer', 20],
  ])('keeps nothing of a file with %s bytes than were promised, and what was there', async (_what, size) => {
    const [key, other] = [newKey(), newKey()];
    await put(other, Buffer.from('before'));
    for (const each of [key, other]) await expect(put(each, Buffer.from('0123456789'), size)).rejects.toThrow();
    expect(await storage.size(key)).toBeUndefined();
    expect((await read(other))!.content.toString()).toBe('before');
  });

  it('keeps nothing of a file whose content breaks off', async () => {
    const key = newKey();
    const breaking = Readable.from(
      (async function* () {
        yield Buffer.alloc(100_000);
        throw new Error('the reader hung up');
      })(),
    );
    await expect(storage.put(key, breaking, 200_000)).rejects.toThrow();
    expect(await storage.size(key)).toBeUndefined();
  });

  it.each([
    '',
    '/a',
    'a/',
    'a//b',
    '../a',
    'a/../b',
    'a/..',
    'a..b',
    './a',
    'a/./b',
    '.unfinished/a',
    'a\0b',
    'a\\b',
    'a b',
    'A',
    'a%2fb',
    'a?b',
    'a#b',
    'ä',
    'a\nb',
    'a/'.repeat(101) + 'b',
  ])('refuses the key %j for everything', async (key) => {
    const message = 'That is no key of a file';
    await expect(put(key, Buffer.from('x'))).rejects.toThrow(message);
    for (const ask of [storage.get(key), storage.size(key), storage.delete(key)])
      await expect(ask).rejects.toThrow(message);
  });
}
