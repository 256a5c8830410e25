import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes what comes out of `through` to a file that only this user reads, and that must not be there yet. What does not
 * arrive whole leaves no file behind.
 */
export async function writeNewFile(path: string, content: Readable, through: Transform): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  let isOurs = false;
  file.once('open', () => (isOurs = true));
  const closed = new Promise<void>((resolve) => file.once('close', () => resolve()));
  try {
    await pipeline(content, through, file);
  } catch (error) {
    // Content may break off before the file is open, which then comes into being behind its removal.
    await closed;
    if (isOurs) await rm(path, { force: true });
    throw error;
  }
}
