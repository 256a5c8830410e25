// @ts-check
import { createWriteStream, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Opens a log file, made with its folder when there is none. A stream would say only later, and to nobody, that it
 * cannot be written; here that is thrown.
 *
 * @param {string} file
 * @param {'a' | 'w'} flags
 */
export function openLog(file, flags) {
  mkdirSync(dirname(file), { recursive: true });
  return createWriteStream(file, { fd: openSync(file, flags) });
}
