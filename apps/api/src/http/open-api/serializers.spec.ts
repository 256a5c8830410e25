import { describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import type { Document } from './complete.js';
import { serializeAsDocumented } from './serializers.js';

const DOCUMENT = {
  paths: {
    '/things': {
      get: {
        responses: { '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } } },
      },
    },
  },
  components: { schemas: { Thing: { type: 'object', properties: { name: { type: 'string' } } } } },
} as unknown as Document;

async function answering(answer: object): Promise<FastifyInstance> {
  const server = fastify();
  serializeAsDocumented(server, DOCUMENT);
  server.get('/things', () => answer);
  await server.ready();
  return server;
}

const textOf = async (server: FastifyInstance) => (await server.inject('/things')).body;

describe('answers', () => {
  it('leave out what is not documented', async () => {
    expect(await textOf(await answering({ name: 'a', secret: 'b' }))).toBe('{"name":"a"}');
  });

  it('are written each time, since they may have changed', async () => {
    const answer = { name: 'a' };
    const server = await answering(answer);
    await textOf(server);
    answer.name = 'b';
    expect(await textOf(server)).toBe('{"name":"b"}');
  });

  it('are written once where they are frozen', async () => {
    let read = 0;
    const answer = Object.freeze({
      get name() {
        read += 1;
        return 'a';
      },
    });
    const server = await answering(answer);
    const texts = [await textOf(server), await textOf(server)];
    expect(texts).toEqual(['{"name":"a"}', '{"name":"a"}']);
    expect(read).toBe(1);
  });
});
