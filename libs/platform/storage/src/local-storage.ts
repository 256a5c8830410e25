import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { demandSize } from './demand-size.js';
import { writeNewFile } from './write-new-file.js';
import { Storage, demandKey, type ByteRange, type StoredFile } from './storage.js';

/** Files in a folder of this machine. Keys are plain names, so nothing outside of it can be meant. */
export class LocalStorage extends Storage {
  private readonly folder: string;

  constructor(folder: string) {
    super();
    this.folder = resolve(folder);
  }

  override async put(key: string, content: Readable, size: number): Promise<void> {
    const path = this.pathOf(key);
    // Beside the files and not among them: a key cannot begin with a dot.
    const unfinished = join(this.folder, '.unfinished', randomUUID());
    await mkdir(dirname(unfinished), { recursive: true });
    await writeNewFile(unfinished, content, demandSize(size));
    try {
      await mkdir(dirname(path), { recursive: true });
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  override async get(key: string, range?: ByteRange): Promise<StoredFile | undefined> {
    const size = await this.size(key);
    return size === undefined ? undefined : { size, content: createReadStream(this.pathOf(key), range) };
  }

  override async size(key: string): Promise<number | undefined> {
    const found = await stat(this.pathOf(key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    return found?.isFile() ? found.size : undefined;
  }

  override async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  private pathOf(key: string): string {
    return join(this.folder, demandKey(key));
  }
}
