import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { DomainError } from '@balcao/platform-errors';
import { BODY_LIMIT_BYTES, acceptJsonBodies, allowLongBody } from './request-bodies.js';

const STATUSES: Record<string, number> = {
  not_found: 404,
  body_too_large: 413,
  unsupported_media_type: 415,
  malformed_body: 400,
};

async function serve(): Promise<FastifyInstance> {
  const server = fastify({ bodyLimit: BODY_LIMIT_BYTES });
  server.addHook('onRoute', allowLongBody);
  acceptJsonBodies(server);
  server.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const { code = error.message, fields } = error as Partial<DomainError>;
    return reply.status(STATUSES[code] ?? error.statusCode ?? 500).send({ code, fields });
  });
  server.post('/echo', async ({ body }) => ({ body: body === undefined ? 'none' : body }));
  const longBody = { bytes: 2 * BODY_LIMIT_BYTES, values: 5_000 };
  server.post('/long', { config: { longBody } as never }, async ({ body }) => ({ body: (body as unknown[]).length }));
  server.post('/closed', { onRequest: async (_request, reply) => reply.status(400).send() }, async () => 'never');
  server.post('/early', { onRequest: async (_request, reply) => reply.status(200).send('early') }, async () => 'never');
  server.post('/refused', async (_request, reply) => reply.status(400).send());
  await server.listen({ port: 0, host: '127.0.0.1' });
  return server;
}

let server: FastifyInstance;
beforeAll(async () => void (server = await serve()));
afterAll(() => server.close());

const send = async (payload: string | Buffer, type = 'application/json', url = '/echo') => {
  const { statusCode, body } = await server.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': type },
  });
  return [statusCode, JSON.parse(body)] as const;
};

describe('a body of a route that takes longer ones', () => {
  const long = (items: unknown[]) => send(JSON.stringify(items), 'application/json', '/long');

  it('is as long as that route says, and no longer', async () => {
    const [half, whole] = ['x'.repeat(BODY_LIMIT_BYTES), 'x'.repeat(2 * BODY_LIMIT_BYTES)];
    expect(await long([half])).toEqual([200, { body: 1 }]);
    expect((await long([whole]))[0]).toBe(413);
    expect((await send(JSON.stringify([half])))[0]).toBe(413);
  });

  it('has as many values as that route says, and no more', async () => {
    const [few, many] = [Array<number>(4_999).fill(1), Array<number>(5_001).fill(1)];
    expect(await long(few)).toEqual([200, { body: 4_999 }]);
    expect(await long(many)).toMatchObject([400, { code: 'malformed_body', fields: [{ params: { max: 5_000 } }] }]);
    expect((await send(JSON.stringify(few)))[0]).toBe(400);
  });
});

describe('a body', () => {
  it.each([
    ['application/json', '{"a":"ção"}', { a: 'ção' }],
    ['application/json; charset=utf-8', '{}', {}],
    ['application/json; charset="UTF8"', '{}', {}],
    ['application/json', '\ufeff[]', []],
    ['application/json', '', 'none'],
    ['application/json; charset=utf-16', '', 'none'],
  ])('of %s is read: %j', async (type, payload, body) => {
    expect(await send(payload, type)).toEqual([200, { body }]);
  });

  it.each([
    'application/json; charset=utf-16',
    'application/json; charset=utf-88',
    'application/json; charset=x-utf-8',
    'application/json; charset="iso-8859-1"',
    'text/plain',
  ])('of %s is 415', async (type) => expect((await send('{}', type))[0]).toBe(415));

  it('that is no UTF-8 says so', async () => {
    const refused = { code: 'malformed_body', fields: [{ path: '', code: 'isUtf8' }] };
    expect(await send(Buffer.from('{"a":"ção"}', 'latin1'))).toEqual([400, refused]);
  });
});

/** What is answered to bytes, until the connection ends or has been silent for a while. */
function conversation(head: string, body = ''): Promise<{ text: string; closed: boolean }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const { port } = server.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head.replaceAll('\n', '\r\n')}\r\n\r\n${body}`));
    socket.setTimeout(150, () => {
      resolve({ text, closed: false });
      socket.destroy();
    });
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('end', () => resolve({ text, closed: true }));
    socket.on('error', reject);
  });
}

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const KIB = 1_024;

describe('who asks before they send a body', () => {
  const asking = (path: string, length: number) =>
    conversation(
      `POST ${path} HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: ${length}\nExpect: 100-continue`,
    );

  it.each([
    ['/echo', 2, CONTINUE, false],
    ['/echo', 256 * KIB, CONTINUE, false],
    ['/echo', 256 * KIB + 1, 'HTTP/1.1 413', true],
    ['/nothing', 2, 'HTTP/1.1 404', true],
    ['/closed', 2, 'HTTP/1.1 400', true],
  ])('to %s, of %i bytes, hears %j', async (path, length, answer, ends) => {
    const { text, closed } = await asking(path, length);
    expect([text.slice(0, answer.length), closed]).toEqual([answer, ends]);
  });
});

describe('the connection of who is refused', () => {
  it.each<[string, string, string, boolean]>([
    ['goes on where all has come', 'Content-Length: 2', '{}', false],
    ['goes on where little is to come', `Content-Length: ${64 * KIB}`, '', false],
    ['ends where much is to come', `Content-Length: ${64 * KIB + 1}`, '', true],
    ['ends where nobody knows how much is to come', 'Transfer-Encoding: chunked', '', true],
  ])('%s', async (_what, header, body, ends) => {
    const head = `POST /closed HTTP/1.1\nHost: x\nContent-Type: application/json\n${header}`;
    const { text, closed } = await conversation(head, body);
    expect([text.slice(0, 12), closed]).toEqual(['HTTP/1.1 400', ends]);
  });

  it('goes on where much has come, and nobody who did not ask is told to send it', async () => {
    const body = JSON.stringify('x'.repeat(65 * KIB));
    const head = `POST /refused HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: ${body.length}`;
    const { text, closed } = await conversation(head, body);
    expect([text.slice(0, 12), closed]).toEqual(['HTTP/1.1 400', false]);
  });

  it('goes on where it is answered early, without being refused', async () => {
    const head = `POST /early HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: ${65 * KIB}`;
    expect(await conversation(head)).toMatchObject({ closed: false });
  });
});
