import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { LARGEST_UPLOAD, pictureKind } from '@balcao/contracts';
import { refusedField } from '@balcao/platform-errors';
import { writeNewFile } from '@balcao/platform-storage';

/** So many bytes tell what a file is. */
const BEGINNING = 4_096;

/**
 * Lets `work` have a picture that arrives as a file of this machine, which is gone afterwards, whatever happens. It is
 * looked at while it passes, so that what is no picture, or too large, is refused before it has arrived.
 * @throws DomainError validation_failed about the `file`
 */
export async function spooled<Result>(
  content: Readable,
  work: (path: string, size: number) => Promise<Result>,
): Promise<Result> {
  const path = join(tmpdir(), `balcao-picture-${randomUUID()}`);
  const watched = new Watched();
  await writeNewFile(path, content, watched);
  try {
    return await work(path, watched.size);
  } finally {
    await rm(path, { force: true });
  }
}

class Watched extends Transform {
  size = 0;
  private beginning = '';
  private known = false;

  override _transform(part: Buffer, _encoding: string, done: (error: Error | null, part?: Buffer) => void): void {
    this.size += part.length;
    if (this.size > LARGEST_UPLOAD)
      return done(refusedField('file', 'pictureBytes', { max: LARGEST_UPLOAD / 1_024 / 1_024 }));
    if (!this.known) {
      this.beginning += part.toString('latin1', 0, BEGINNING);
      if (this.beginning.length >= BEGINNING && !this.recognizes()) return done(refusedField('file', 'isPicture'));
    }
    done(null, part);
  }

  override _flush(done: (error?: Error | null) => void): void {
    if (this.size === 0) done(refusedField('file', 'pictureEmpty'));
    else done(this.known || this.recognizes() ? null : refusedField('file', 'isPicture'));
  }

  private recognizes(): boolean {
    this.known = pictureKind(this.beginning) !== undefined;
    this.beginning = '';
    return this.known;
  }
}
