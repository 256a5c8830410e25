import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { DEFAULT_LOCALE, ERROR_CATALOGUE, type ErrorCode } from '@balcao/contracts';
import { DomainError } from '@balcao/platform-errors';
import { problemDocument } from './problem-document.js';

const CODES: Record<string, ErrorCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
};

/**
 * Answers what Node's parser refuses before there is a request: the same problem documents, with the same headers, and
 * the end of the connection, whose next byte could mean anything.
 */
export function clientErrorHandler(headers: Readonly<Record<string, string>>) {
  return (error: Error & { code?: string; rawPacket?: unknown }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const isHead = Buffer.isBuffer(error.rawPacket) && error.rawPacket.toString('latin1', 0, 5) === 'HEAD ';
    const { head, body } = answerTo(CODES[error.code ?? ''] ?? 'malformed_request', headers);
    if (socket.writable) socket.write(isHead ? head : head + body);
    socket.destroySoon();
  };
}

function answerTo(code: ErrorCode, headers: Readonly<Record<string, string>>) {
  const { status } = ERROR_CATALOGUE[code];
  const requestId = crypto.randomUUID();
  // In which language to answer stood in the headers that could not be read.
  const document = problemDocument(new DomainError(code), { locale: DEFAULT_LOCALE, requestId });
  const fields = {
    ...headers,
    'x-request-id': requestId,
    'content-type': document.type,
    'content-language': DEFAULT_LOCALE,
    'content-length': Buffer.byteLength(document.body),
    'cache-control': 'no-store',
    date: new Date().toUTCString(),
    connection: 'close',
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return { head: `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`, body: document.body };
}
