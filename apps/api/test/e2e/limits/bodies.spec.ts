import { afterAll, describe, expect, it } from '@jest/globals';
import { signInActors } from '../../support/actors.js';
import { callerOf, leastBodyOf } from '../../support/callers.js';
import { openApiOf } from '../../support/open-api.js';
import { operationsOf, pathOf } from '../../support/operations.js';
import { startTestApp } from '../../support/test-app.js';

const api = await startTestApp();
afterAll(() => api.close());
const document = await openApiOf(api.visitor());
const actors = await signInActors(api);
const withBody = operationsOf(api.routes, document).filter(({ body }) => body);

const MALFORMED = [
  '{"email":',
  '{"email" "x"}',
  "{'email': 1}",
  'nonsense',
  '{"a":1}}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  `${'['.repeat(100_000)}`,
  `${'{"a":'.repeat(4_000)}1${'}'.repeat(4_000)}`,
  `{"email":${'['.repeat(20)}${']'.repeat(20)}}`,
  JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_each, index) => [index, 1]))),
  JSON.stringify({ email: Array.from({ length: 60_000 }, () => 1) }),
  '\u0000',
];

describe.each(withBody.map((operation) => [operation.name, operation] as const))('%s', (_name, operation) => {
  const caller = callerOf(api, actors, operation);
  const send = (contentType: string, body: string | Buffer) =>
    caller.request(operation.method, pathOf(operation)).set('Content-Type', contentType).send(body);

  it('answers 400 malformed_body to what is no JSON', async () => {
    for (const body of MALFORMED) {
      const response = await send('application/json', body);
      expect([body.slice(0, 40), response.status, response.body.code]).toEqual([
        body.slice(0, 40),
        400,
        'malformed_body',
      ]);
      expect(response.text.length).toBeLessThan(1_000);
    }
  });

  it('answers 400 to JSON that is no object', async () => {
    for (const body of ['[]', '[{}]', '"text"', '5', 'true', 'null']) {
      const response = await send('application/json', body);
      expect([body, response.status]).toEqual([body, 400]);
    }
  });

  if (operation.body!.schema.required?.length) {
    it('answers 400 to no body at all', async () => {
      expect((await caller.request(operation.method, pathOf(operation))).status).toBe(400);
      expect((await send('application/json', '')).status).toBe(400);
    });
  }

  it('answers 413 to more than 256 kB, or than it says itself', async () => {
    for (const size of [operation.longestBody + 1_000, 4 * operation.longestBody]) {
      const body = JSON.stringify({ ...leastBodyOf(document, operation), padding: 'x'.repeat(size) });
      const response = await send('application/json', body);
      expect([response.status, response.body.code]).toEqual([413, 'body_too_large']);
    }
  });

  it('answers 415 to what is not JSON', async () => {
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
    ];
    for (const type of types) {
      const response = await send(type, 'email=ana@padaria.example');
      expect([type, response.status, response.body.code]).toEqual([type, 415, 'unsupported_media_type']);
    }
  });
});
