import { Readable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { keptPicture } from '@balcao/contracts';
import { DomainError, found } from '@balcao/platform-errors';
import { DOWNLOADS, Downloads, Storage, type ByteRange } from '@balcao/platform-storage';

/** Whatever a file says it is, a browser neither shows nor runs it here. */
const HARMLESS = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
  'accept-ranges': 'bytes',
};
/** A picture may be shown by any page and in any mail. Its name is made of its content, so it never changes. */
const PICTURE = {
  // What a drawing needs of itself; opened alone, it is nobody's page.
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'public, max-age=31536000, immutable',
};
const TYPE = /^[a-z]+\/[\w.+-]{1,100}$/;

/** Files by signed addresses, and the pictures of portals by their own. */
export function serveFiles(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const storage = app.get(Storage);
  const downloads = app.get(Downloads);
  // Compressed copies would have other ranges.
  const options = { config: { guardedBy: 'nobody' as const }, compress: false };
  fastify.get<{ Params: { '*': string }; Querystring: Record<string, unknown> }>(
    `${DOWNLOADS}/*`,
    options as never,
    async (request, reply) => {
      const download = downloads.read(request.params['*'], request.query);
      if (!download) throw new DomainError('permission_denied');
      const size = await storage.size(download.key);
      if (size === undefined) throw new DomainError('not_found');
      const range = rangeOf(request.headers.range, size);
      if (range === 'none') return reply.code(416).header('content-range', `bytes */${size}`).send();
      reply.headers({
        ...HARMLESS,
        'content-type': TYPE.test(download.type) ? download.type : 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeName(download.name)}`,
        'content-length': String(range ? range.end - range.start + 1 : size),
      });
      if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
      // A stream, since of anything else the length is counted.
      if (request.method === 'HEAD') return reply.send(Readable.from([]));
      const file = found(await storage.get(download.key, range));
      return reply.send(file.content);
    },
  );
  fastify.get<{ Params: { '*': string } }>('/pictures/*', options as never, async (request, reply) => {
    const picture = keptPicture(`/pictures/${request.params['*']}`);
    const file = picture && (await storage.get(picture.key));
    if (!file) throw new DomainError('not_found');
    reply.headers({ ...PICTURE, 'content-type': picture.mediaType, 'content-length': String(file.size) });
    return reply.send(file.content);
  });
}

/** The one part that is asked for; undefined for the whole, as for several parts, 'none' where there is no such part. */
function rangeOf(header: string | undefined, size: number): ByteRange | 'none' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start <= end ? { start, end } : 'none';
}

/** RFC 8187: what `encodeURIComponent` leaves, but may not stand there, is encoded too. */
const encodeName = (name: string): string =>
  encodeURIComponent(name.toWellFormed().slice(0, 200)).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
