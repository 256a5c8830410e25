// @ts-check
import { createWriteStream, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_LOG_BYTES = 5 * 1024 * 1024;

/**
 * Opens a log file, made with its folder when there is none. A stream would say only later, and to nobody, that it
 * cannot be written; here that is thrown.
 * @param {string} file
 * @param {'a' | 'w'} flags
 */
export function openLog(file, flags) {
  mkdirSync(dirname(file), { recursive: true });
  return createWriteStream(file, { fd: openSync(file, flags) });
}

/** How long a log that is continued is so far; one that has grown too long is put aside first. @param {string} file */
export function sizeOfLog(file) {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= MAX_LOG_BYTES) return size;
  renameSync(file, `${file}.1`);
  return 0;
}
