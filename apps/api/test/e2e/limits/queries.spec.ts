import { afterAll, describe, expect, it } from '@jest/globals';
import { signInActors } from '../../support/actors.js';
import { callerOf } from '../../support/callers.js';
import { openApiOf, typesOf } from '../../support/open-api.js';
import { operationsOf, pathOf, type Operation } from '../../support/operations.js';
import { startTestApp } from '../../support/test-app.js';

const api = await startTestApp();
afterAll(() => api.close());
const document = await openApiOf(api.visitor());
const actors = await signInActors(api);
const withQuery = operationsOf(api.routes, document).filter(
  ({ method, query }) => method === 'get' && query.length > 0,
);
// A file has every page.
const lists = withQuery.filter(
  ({ query, url }) => query.some(({ name }) => name === 'page') && !url.endsWith('/export'),
);
const each = (list: Operation[]) => list.map((operation) => [operation.name, operation] as const);
const ask = (operation: Operation, query: string) => {
  const [path, demanded = ''] = pathOf(operation).split('?');
  // What it cannot do without, unless that is what is asked about.
  const rest = demanded.split('&').filter((one) => one && !query.split(/[[=]/).includes(one.split('=')[0]!));
  // An empty end counts as a parameter, as what is demanded does.
  const asked = rest.length > 0 ? [...rest, query.replace(/&$/, '')].join('&') : query;
  return callerOf(api, actors, operation).get(`${path}?${asked}`);
};

const CLAMPED: [query: string, page: number, limit: number][] = [
  ['', 1, 50],
  ['limit=1', 1, 1],
  ['limit=100', 1, 100],
  ['limit=101', 1, 100],
  ['limit=9999999999', 1, 100],
  ['limit=0', 1, 1],
  ['limit=-5', 1, 1],
  ['limit=abc', 1, 50],
  ['limit=', 1, 50],
  ['limit=1e3', 1, 50],
  ['limit=1.5', 1, 50],
  ['limit=5&limit=7', 1, 50],
  ['limit[]=5', 1, 5],
  ['limit[0]=5&page[]=2', 2, 5],
  ['limit[]=5&limit[]=7', 1, 50],
  ['__proto__[]=5', 1, 50],
  ['limit=1;drop table tickets', 1, 50],
  ['page=0', 1, 50],
  ['page=-1', 1, 50],
  ['page=junk', 1, 50],
  ['page=2&limit=10', 2, 10],
  ['page=99999999999999999999', 10_000, 50],
  ['page=2147483648', 10_000, 50],
  [`page=-${'9'.repeat(400)}`, 1, 50],
];

describe('page and limit', () => {
  it.each(each(lists))('%s brings them into range', async (_name, operation) => {
    for (const [query, page, limit] of CLAMPED) {
      const response = await ask(operation, query);
      expect([query, response.status, response.body.pagination]).toEqual([
        query,
        200,
        expect.objectContaining({ page, limit, total: expect.any(Number) }),
      ]);
    }
  });

  it.each(each(lists))('%s answers an empty page behind the last one', async (_name, operation) => {
    const { body } = await ask(operation, 'page=10000&limit=100').expect(200);
    const { body: first } = await ask(operation, 'limit=100').expect(200);
    expect(body.data).toEqual([]);
    expect(body.pagination.total).toBe(first.pagination.total);
  });
});

describe('filters', () => {
  it.each(each(withQuery))('%s takes no notice of a parameter that nobody knows', async (_name, operation) => {
    const { body } = await ask(operation, '').expect(200);
    const query =
      'surprise=1&offset=1&_=1764000000&utm_source=mail&hasOwnProperty=1&__proto__=1&constructor=1&surprise=2';
    expect((await ask(operation, query).expect(200)).body).toEqual(body);
  });

  it.each(each(withQuery))('%s takes an empty parameter for none', async (_name, operation) => {
    const { body } = await ask(operation, '').expect(200);
    const query = operation.query
      .filter(({ required }) => !required)
      .map(({ name }) => `${name}=`)
      .join('&');
    expect((await ask(operation, query).expect(200)).body).toEqual(body);
  });

  it.each(each(withQuery))('%s takes a hundred parameters at most', async (_name, operation) => {
    const demanded = operation.query.filter(({ required }) => required).length;
    expect((await ask(operation, 'x=1&'.repeat(100 - Math.max(1, demanded)))).status).toBe(200);
    const response = await ask(operation, 'x=1&'.repeat(101));
    expect([response.status, response.body.errors]).toEqual([
      400,
      [expect.objectContaining({ code: 'maxParameters' })],
    ]);
  });

  it.each(each(withQuery))('%s refuses a bad value and names the parameter', async (_name, operation) => {
    for (const { name, schema } of operation.query.filter((parameter) => !['page', 'limit'].includes(parameter.name))) {
      const choice = schema.enum ?? schema.items?.enum;
      const bad = [
        ...(choice ? ['nonsense', `${String(choice[0])}x`] : []),
        ...(schema.format === 'uuid' ? ['nonsense', '%27'] : []),
        ...(schema.maxLength ? ['x'.repeat(schema.maxLength + 1)] : []),
        ...(typesOf(schema).includes('string') && !choice ? ['a%00b'] : []),
      ];
      for (const value of bad) {
        for (const written of [name, `${name}[]`, `${name}[0]`]) {
          const { status, body } = await ask(operation, `${written}=${value}`);
          const asked = [written, value.slice(0, 20)];
          expect([...asked, status, body.errors?.[0]?.path]).toEqual([...asked, 400, name]);
        }
      }
    }
  });

  it.each(
    each(withQuery.filter(({ query, url }) => query.some(({ name }) => name === 'q') && !url.endsWith('/export'))),
  )('%s takes every character of a search literally', async (_name, operation) => {
    for (const text of ['%', '_', '\\', "'", '"', '%%%%', "' or 1=1 --", '*:*', '( & |', '<->', '!', '👩‍🔧', '   ']) {
      const response = await ask(operation, `q=${encodeURIComponent(text)}`);
      expect([text, response.status]).toEqual([text, 200]);
      if (text === '%' || text === '_') expect(response.body.data).toEqual([]);
    }
  });
});
