import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** A file of an archive. */
export interface ZippedFile {
  /** As its reader's system names it; without folders. */
  name: string;
  /** Whether it becomes smaller: what is packed already does not. */
  isText: boolean;
  content: Readable;
  changedAt: Date;
}

/**
 * An archive that every system opens. Its files come one after the other, the next one when the reader has taken the one before, so
 * that it holds no more in memory than one. `name` is without its ending.
 */
export function zipFile(request: FastifyRequest, name: string, files: AsyncIterable<ZippedFile>): StreamableFile {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    // Who asks for the headers only gets no files.
    if (request.method === 'HEAD') return;
    yield* zipped(files);
  }
  return new StreamableFile(Readable.from(bytes(), { objectMode: false }), {
    type: 'application/zip',
    disposition: `attachment; filename="${name}.zip"`,
  });
}

/** The bytes of an archive, as they come. */
export async function* zipped(files: AsyncIterable<ZippedFile>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const taken = () => {
    const chunks = ready;
    ready = [];
    return chunks;
  };
  for await (const { name, isText, content, changedAt } of files) {
    const file = isText ? new ZipDeflate(name, { level: 6 }) : new ZipPassThrough(name);
    file.mtime = changedAt;
    zip.add(file);
    file.push(await buffer(content), true);
    yield* taken();
  }
  zip.end();
  yield* taken();
}
