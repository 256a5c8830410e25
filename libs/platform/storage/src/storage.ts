import type { Readable } from 'node:stream';

/** Part of a file, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface StoredFile {
  /** Of the whole file. */
  size: number;
  content: Readable;
}

/**
 * Keeps files under keys: bytes and nothing else. What a file is called, what type it has and who may have it is the
 * business of whoever keeps its key.
 */
export abstract class Storage {
  /**
   * Keeps a file, whole or not at all; one that has the key already is replaced.
   * @param size of the content, which is refused where it has another
   * @throws Error for a key that cannot be one
   */
  abstract put(key: string, content: Readable, size: number): Promise<void>;

  /** A file's size and content, or part of it; undefined where there is none. The content must be read or destroyed. */
  abstract get(key: string, range?: ByteRange): Promise<StoredFile | undefined>;

  /** The size of a file; undefined where there is none. */
  abstract size(key: string): Promise<number | undefined>;

  /** Removes a file, if it is there. */
  abstract delete(key: string): Promise<void>;
}

const KEY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

/** @throws Error for a key that could mean another place */
export function demandKey(key: string): string {
  if (key.length > 200 || !KEY.test(key) || key.includes('..')) throw new Error('That is no key of a file');
  return key;
}
