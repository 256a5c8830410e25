import { expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { addSecurityHeaders, answerHeaders } from './security-headers.js';

const POLICY =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data: https:;font-src 'self';" +
  "connect-src 'self';manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'";

/** Headers of an answer's kind that stand for a browser's rules. */
async function headersOf(config: object, secure: boolean): Promise<Record<string, unknown>> {
  const server = fastify({ genReqId: () => 'its number' });
  addSecurityHeaders(server, { secure });
  server.get('/', { config: config as never }, async () => 'x');
  const { headers } = await server.inject('/');
  await server.close();
  return headers;
}

it('every answer says what a browser may do with it, and which request it is of', async () => {
  const headers = await headersOf({}, true);
  expect(headers).toMatchObject({
    'content-security-policy': POLICY,
    'strict-transport-security': 'max-age=31536000',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex',
    vary: 'accept-encoding',
    'x-request-id': 'its number',
  });
  // Pictures come from wherever a portal has them.
  expect(headers).not.toHaveProperty('cross-origin-embedder-policy');
  expect(headers).toMatchObject(answerHeaders({ secure: true }));
});

it('who is reached without encryption is not said to have it', async () => {
  expect(await headersOf({}, false)).not.toHaveProperty('strict-transport-security');
});

it('tools whose pages are others’ work may style them inline, and nothing besides', async () => {
  expect(await headersOf({ inlineStyles: true }, true)).toMatchObject({
    'content-security-policy': POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
      "base-uri 'none'",
      "base-uri 'self'",
    ),
  });
});
