import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { signInActors } from '../../support/actors.js';
import { callerOf, leastBodyOf } from '../../support/callers.js';
import { openApiOf, resolve, typesOf, type Schema } from '../../support/open-api.js';
import { operationsOf, pathOf, type Operation } from '../../support/operations.js';
import { startTestApp } from '../../support/test-app.js';

const api = await startTestApp();
afterAll(() => api.close());
beforeEach(() => api.reset());
const document = await openApiOf(api.visitor());
/**
 * A signup begins with a number and a proof alone, and whoever fills in more is no person; a list of people is no text. An invoice
 * is credited only up to its total, a deposit answers no words, and the number of a fiscal note has few characters. Why an invoice is
 * disputed stands in the words of its ticket. What the world's payments pay has not come yet, so none is given back; what has ended
 * is taken up again at the price that was shown.
 */
const ELSEWHERE = /\/(:signupSlug|invitation-imports|credit-notes|deposits|fiscal-notes|disputes|refunds|restart)$/;
/** Texts of which a rule of their own says more than their length. */
const JUDGED = new Set(['taxId', 'phone']);
const creating = operationsOf(api.routes, document).filter(
  ({ body, url, method }) => body && method === 'post' && '201' in responsesOf(url) && !ELSEWHERE.test(url),
);
const writing = creating.map((operation) => ({ operation, ...textsOf(operation) })).filter(({ names }) => names.length);

const TEXTS = [
  "'; drop table tickets; --",
  "' or '1'='1",
  '"><script>alert(1)</script>',
  '{{7*7}} ${7*7} <%= 7 %>',
  '&lt;b&gt; %00 \\u0000 \\',
  '=cmd|/c calc!A1',
  '../../etc/passwd',
  'João ça “aspas” 👩‍🔧 العربية',
];

describe.each(writing)('$operation.name', ({ operation, list, fields, names }) => {
  it.each(names)('stores and answers %s as it was written', async (name) => {
    const caller = callerOf(api, await signInActors(api), operation);
    for (const [index, text] of TEXTS.entries()) {
      const value = text.slice(0, fields[name]!.maxLength);
      const body = leastBodyOf(document, operation);
      // Lines of a subscription are those of its plans.
      if ('outcome' in body) body['outcome'] = { kind: 'invoice' };
      const least = list ? (body[list] as Record<string, unknown>[])[0]! : body;
      // What is unique must differ from one text to the next; two names of one field exclude each other.
      if ('email' in least) least['email'] = `person${index}@padaria.example`;
      if (operation.url.endsWith('/plans')) least['name'] = `Plano ${index}`;
      if ('slug' in least) least['slug'] = `endereco-${index}`;
      if ('namePt' in least) least['namePt'] = `Nome ${index}`;
      const other = { title: 'subject', content: 'body' }[name];
      if (other) delete least[other];
      least[name] = value;
      const response = await caller.post(pathOf(operation), body);
      expect([response.status, JSON.stringify(response.body)]).toEqual([
        201,
        expect.stringContaining(JSON.stringify(value)),
      ]);
    }
  });
});

/** The free texts of a request, else of the things that it lists. */
function textsOf({ body }: Operation) {
  const { properties = {} } = body!.schema;
  const [list, listed] = Object.entries(properties).find(([, { items }]) => items?.$ref) ?? [];
  const fields = listed ? resolve(document, listed.items!).properties! : properties;
  return { list, fields, names: Object.keys(fields).filter((name) => !JUDGED.has(name) && isFreeText(fields[name]!)) };
}

function responsesOf(url: string): Record<string, unknown> {
  return document.paths[url.replace(/:(\w+)/g, '{$1}')]?.['post']?.responses ?? {};
}

/** Text in the words of a person: no choice, id, address, slug or password. */
function isFreeText(schema: Schema): boolean {
  return typesOf(schema).includes('string') && !schema.enum && !schema.format && !schema.pattern;
}
