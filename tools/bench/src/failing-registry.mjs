// @ts-check
import { createServer } from 'node:http';
import { factsOf } from '../../launcher/src/registry/companies.mjs';

/** Calls of ten that fail, each in a way of its own; never so many in a row that the register is left alone. */
const FAILS = new Map([
  [0, (/** @type {import('node:http').ServerResponse} */ response) => response.writeHead(500).end()],
  [3, (response) => response.writeHead(429, { 'retry-after': '1' }).end()],
  [7, (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"cnpj":')],
]);

/** A register that knows every company, and fails 30 % of calls. */
export function createFailingRegistry() {
  const counts = { calls: 0, failed: 0 };
  const server = createServer((request, response) => {
    const fail = FAILS.get(counts.calls % 10);
    counts.calls += 1;
    if (fail) {
      counts.failed += 1;
      return fail(response);
    }
    const cnpj = (request.url ?? '').slice(1);
    const facts = JSON.stringify(factsOf(cnpj, { name: `EMPRESA ${cnpj} LTDA` }));
    return response.writeHead(200, { 'content-type': 'application/json' }).end(facts);
  });
  return { server, counts };
}
