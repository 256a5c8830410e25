import { afterAll, describe, expect, it } from '@jest/globals';
import { signInActors } from './actors.js';
import { battlefieldOf, breachesOf, isAttacked } from './attacks.js';
import { callerOf } from './callers.js';
import { openApiOf } from './open-api.js';
import { bodyOf, isUnsafe, operationsOf, pathOf, type Operation } from './operations.js';
import { FISCAL_XML } from './fiscal-xml.js';
import { startTestApp, type TestApp, type TestAppOptions } from './test-app.js';

/** What routes that take a file take: a picture, a PDF, a table that names the columns of every import, or a fiscal note. */
const PICTURE = Buffer.from('R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=', 'base64');
const FILES: Record<string, string> = {
  files: '%PDF-1.7\n',
  'account-imports': 'name,tax id\nNova,',
  'invoice-imports': 'number,customer,issued on,due on,description,price\n1,padaria,2026-01-01,2026-01-02,x,1',
  xml: FISCAL_XML,
};

/**
 * Declares the tests that attack every route that answers of a tenant across both walls, and that its rightful caller gets
 * through.
 * @param weaken what to change in the database before
 */
export async function attackEveryRoute(
  options: TestAppOptions = {},
  weaken: (api: TestApp) => Promise<void> = async () => {},
): Promise<void> {
  const api = await startTestApp(options);
  await weaken(api);
  afterAll(() => api.close());
  const document = await openApiOf(api.visitor());
  const guarded = operationsOf(api.routes, document)
    .filter(isAttacked)
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
      const actor = callerOf(api, await signInActors(api), operation);
      const request = actor.request(operation.method, pathOf(operation), bodyOf(document, operation));
      const response = await (operation.takesFile ? request.attach('file', fileFor(operation), 'file') : request);
      expect(isUnsafe(operation) ? [200, 201, 204, 409] : [200]).toContain(response.status);
    });
  });
}

function fileFor({ url }: Operation): Buffer {
  const file = FILES[url.split('/').at(-1)!];
  return file === undefined ? PICTURE : Buffer.from(file);
}
