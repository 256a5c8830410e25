import { Readable } from 'node:stream';
import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError, refusedField } from '@balcao/platform-errors';
import type { BalcaoRouteConfig } from './access/access-rule.js';

/** What stands around a file in a body of parts. */
const AROUND_BYTES = 4_096;

/** A body of parts is taken by routes that say so, behind everything that is decided without it. */
export async function acceptUploads(fastify: FastifyInstance): Promise<void> {
  await fastify.register(fastifyMultipart as never, { throwFileSizeLimit: false } as never);
  fastify.addHook('preParsing', async (request) => {
    const { takesFile } = request.routeOptions.config as BalcaoRouteConfig;
    if (!isOfParts(request)) return;
    if (takesFile === undefined) throw new DomainError('unsupported_media_type');
    if (Number(request.headers['content-length'] ?? 0) > takesFile + AROUND_BYTES)
      throw new DomainError('body_too_large');
  });
}

/**
 * The one file of a body of parts, as it arrives.
 * @throws DomainError while it is read: validation_failed where there is no file or more than one, malformed_body
 */
export const uploadedFile = (request: FastifyRequest): Readable =>
  Readable.from(onlyFile(request), { objectMode: false });

/**
 * The same, whole, of routes whose files fit into memory.
 * @throws DomainError as `uploadedFile`, and body_too_large for more than the route takes
 */
export async function uploadedBytes(request: FastifyRequest): Promise<Buffer> {
  const { takesFile = 0 } = request.routeOptions.config as BalcaoRouteConfig;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of onlyFile(request)) {
    size += part.length;
    if (size > takesFile) throw new DomainError('body_too_large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function* onlyFile(request: FastifyRequest): AsyncGenerator<Buffer> {
  if (!isOfParts(request)) throw refusedField('file', 'required');
  const { takesFile = 0 } = request.routeOptions.config as BalcaoRouteConfig;
  // One byte more than may be, so that whoever counts sees that it is more.
  const limits = { files: 1, fields: 0, parts: 1, fileSize: takesFile + 1, headerPairs: 20 };
  let found = false;
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type !== 'file') continue;
      found = true;
      yield* part.file as AsyncIterable<Buffer>;
    }
  } catch (error) {
    throw refusalOf(error);
  }
  if (!found) throw refusedField('file', 'required');
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DomainError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (/^FST_(?:FILES|FIELDS|PARTS)_LIMIT$/.test(code ?? '')) return refusedField('file', 'arrayMaxSize', { max: 1 });
  return new DomainError('malformed_body', { cause: error });
}

const isOfParts = ({ headers }: FastifyRequest): boolean =>
  /^multipart\/form-data\b/i.test(headers['content-type'] ?? '');
