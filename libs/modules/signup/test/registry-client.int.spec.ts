import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { Outbound } from '@balcao/platform-outbound';
import { testConfig, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { RegistryClient } from '../src/registry/registry-client.js';

const CNPJ = '90001000000107';
const COMPANY = { cnpj: CNPJ, razao_social: 'PAPELARIA HORIZONTE LTDA', situacao_cadastral: 2 };
/** Companies one after another for which it fails that open the circuit, and how long it stays open. */
const [FAILURES, OPEN_MS] = [5, 15_000];
const OTHERS = ['91100000000119', '91200000000190', '91300000000162', '91400000000134', '91500000000106'];

let test: TestDatabase;
let server: Server;
let outbound: Outbound;
const FAILURE_KEPT_MS = 7_000;
let client: RegistryClient;
/** How the register answers now, and how often it was asked. */
let answer: RequestListener;
let asked = 0;

beforeAll(async () => {
  test = await testDatabase();
  server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  outbound = new Outbound();
});
beforeEach(async () => {
  await test.owner.query('delete from registry_answers');
  asked = 0;
  const cnpjApiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Its circuit is closed.
  const config = testConfig({ databaseUrl: test.config.databaseUrl!, cnpjApiUrl });
  client = new RegistryClient(config, outbound, test.database);
});
afterEach(() => void jest.restoreAllMocks());
afterAll(async () => {
  await outbound.onApplicationShutdown();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await test.close();
});

const says =
  (status: number, body: object, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const knows = says(200, COMPANY);
const knowsNothing = says(404, {});
const fails = says(500, {});
const kept = async () => {
  const { rows } = await test.owner.query<{ minutes: number }>(
    'select round(extract(epoch from expires_at - answered_at) / 60)::integer as minutes from registry_answers',
  );
  return rows.map(({ minutes }) => minutes);
};
const failUntilOpen = async (how = fails) => {
  answer = how;
  for (const cnpj of OTHERS) await client.lookUp(cnpj);
  expect(asked).toBe(FAILURES);
};

it.each([
  ['answer', knows, 'answered'],
  ['failure', fails, 'unavailable'],
])(
  'S0.34 who look a company up while it is asked for come again for its %s, and keep no place',
  async (_what, how, kind) => {
    let tell = () => {};
    answer = (request, response) => {
      tell = () => how(request, response);
    };
    let later = 0;
    const lookUps = Array.from({ length: 10 }, async (_, place) => {
      const found = await client.lookUp(CNPJ, place % 2 === 0);
      later += Number(found === 'later');
      return found;
    });
    while (asked === 0 || later < 9) await new Promise(setImmediate);
    tell();
    const found = await Promise.all(lookUps);
    expect(found.find((one) => one !== 'later')).toMatchObject({ kind });
    expect(asked).toBe(1);
    // Who came meanwhile have the same; a while after a failure it is asked for again.
    for (let count = 0; count < 9; count += 1) expect(await client.lookUp(CNPJ)).toMatchObject({ kind });
    expect(asked).toBe(1);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + FAILURE_KEPT_MS);
    answer = knows;
    expect(await client.lookUp(CNPJ)).toMatchObject({ kind: 'answered' });
  },
);

it('S0.34 a company is asked for once, and kept for a day', async () => {
  answer = knows;
  const first = await client.lookUp(CNPJ);
  expect(first).toMatchObject({ kind: 'answered', company: { legalName: 'PAPELARIA HORIZONTE LTDA' } });
  expect(await client.lookUp(CNPJ)).toEqual(first);
  expect(await client.lookUp(CNPJ, true)).toEqual(first);
  expect([asked, await kept()]).toEqual([1, [24 * 60]]);
  await test.owner.query('update registry_answers set expires_at = now()');
  await client.lookUp(CNPJ);
  expect(asked).toBe(2);
});

it('S0.34 that nobody knows a company is kept for ten minutes, unless somebody wants it asked for again', async () => {
  answer = knowsNothing;
  expect(await client.lookUp(CNPJ)).toMatchObject({ kind: 'answered', company: null });
  await client.lookUp(CNPJ);
  expect([asked, await kept()]).toEqual([1, [10]]);
  answer = knows;
  expect(await client.lookUp(CNPJ, true)).toMatchObject({ company: { situation: 2 } });
  expect([asked, await kept()]).toEqual([2, [24 * 60]]);
});

it('S0.34 nothing is kept of a register that fails', async () => {
  answer = fails;
  expect(await client.lookUp(CNPJ)).toEqual({ kind: 'unavailable', retryAfterSeconds: undefined });
  expect(await kept()).toEqual([]);
});

it('S0.34 a register that fails for five companies is left alone for a while, and then asked once', async () => {
  await failUntilOpen();
  expect(await client.lookUp(CNPJ)).toEqual({ kind: 'unavailable' });
  expect(asked).toBe(FAILURES);
  const later = Date.now() + OPEN_MS;
  jest.spyOn(Date, 'now').mockReturnValue(later);
  // One attempt tells that it fails still, and the others come again after that.
  await Promise.all([client.lookUp(CNPJ), client.lookUp(CNPJ)]);
  await client.lookUp(CNPJ);
  expect(asked).toBe(FAILURES + 1);
  jest.spyOn(Date, 'now').mockReturnValue(later + OPEN_MS);
  answer = knows;
  expect(await client.lookUp(CNPJ)).toMatchObject({ kind: 'answered' });
  // The circuit is closed: it takes five of them again.
  await test.owner.query('delete from registry_answers');
  asked = 0;
  await failUntilOpen();
});

it.each<[string, RequestListener]>([
  ['of another company', says(200, { ...COMPANY, cnpj: '90012000000102' })],
  ['a page', (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Ops</h1>')],
  ['of another type', says(200, { ...COMPANY, razao_social: {}, situacao_cadastral: '2' })],
  ['elsewhere', says(302, {}, { location: 'https://registro.example/' })],
  ['500', fails],
  ['429', says(429, {})],
  ['none', (request) => request.socket.destroy()],
])(
  'S0.34 an answer that is %s for two companies, however often, keeps nobody from the register; for five it does',
  async (_what, how) => {
    answer = how;
    for (let count = 0; count < 8; count += 1) await client.lookUp(OTHERS[count % 2]!);
    expect(asked).toBe(8);
    answer = knows;
    expect(await client.lookUp(CNPJ)).toMatchObject({ kind: 'answered' });
    asked = 0;
    await failUntilOpen(how);
    await client.lookUp(OTHERS[0]!);
    expect(asked).toBe(FAILURES);
  },
);

it('S0.34 that it knows nothing of a company is no failure of the register', async () => {
  answer = knowsNothing;
  for (let count = 0; count <= FAILURES; count += 1) await client.lookUp(CNPJ, true);
  expect(asked).toBe(FAILURES + 1);
});

it.each([
  ['120', 120],
  [' 7 ', 7],
  ['Fri, 27 Nov 2026 12:01:30 GMT', 90],
  ['Fri, 27 Nov 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
])('S0.34 a register that asks to wait by %j is waited for: %s seconds', async (retryAfter, seconds) => {
  jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-27T12:00:00Z'));
  answer = says(429, {}, { 'retry-after': retryAfter });
  expect(await client.lookUp(CNPJ)).toEqual({ kind: 'unavailable', retryAfterSeconds: seconds });
});

it('S0.34 waits ten seconds for an answer, and no longer', async () => {
  answer = knows;
  const request = jest.spyOn(outbound, 'request');
  await client.lookUp(CNPJ);
  expect(request).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ timeoutMs: 10_000 }));
});
