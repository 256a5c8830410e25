import { afterAll, describe, expect, it } from '@jest/globals';
import { actorOf, signInActors } from './actors.js';
import { battlefieldOf, breachesOf } from './attacks.js';
import { openApiOf } from './open-api.js';
import { bodyOf, isUnsafe, operationsOf, pathOf } from './operations.js';
import { startTestApp, type TestAppOptions } from './test-app.js';

/** Declares the tests that attack every guarded route across both walls, and that its rightful caller gets through. */
export async function attackEveryRoute(options: TestAppOptions = {}): Promise<void> {
  const api = await startTestApp(options);
  afterAll(() => api.close());
  const document = await openApiOf(api.visitor());
  const guarded = operationsOf(api.routes, document)
    .filter(({ access, method }) => access.kind !== 'public' && method !== 'head')
    .map((operation) => [operation.name, operation] as const);
  const field = await battlefieldOf(api, document, await signInActors(api));

  describe('keeps the other organization and the other account apart', () => {
    it.each(guarded)('B.1 S3.3 %s', async (_name, operation) => {
      expect(await breachesOf(field, operation)).toEqual([]);
    });
  });

  // A refusal proves something only where the same request about one's own rows is accepted.
  describe('serves its rightful caller', () => {
    it.each(guarded)('%s', async (_name, operation) => {
      await api.reset();
      const actor = actorOf(await signInActors(api), operation);
      const response = await actor.request(operation.method, pathOf(operation), bodyOf(document, operation));
      expect(isUnsafe(operation) ? [200, 201, 204, 409] : [200]).toContain(response.status);
    });
  });
}
