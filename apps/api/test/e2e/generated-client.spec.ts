import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openApiOf } from '../support/open-api.js';
import { startTestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';

/** A way of showing who one is, as a generated function hands it to whoever knows the secrets. */
interface Scheme {
  scheme?: string;
  name?: string;
  in?: string;
}

interface Outcome {
  response: { status: number };
  data?: { accessToken: string };
}

type Call = (options?: object) => Promise<Outcome>;

interface GeneratedClient {
  client: { setConfig(config: object): void };
  portalLogin: Call;
  portalListTickets: Call;
  portalUpdateProfile: Call;
  adminListTickets: Call;
  portalGetBrandingByDomain: Call;
}

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const api = await startTestApp();
let folder: string;
let generated: GeneratedClient;
const asked: { url: string; authorization: string | null }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(`${ROOT}apps/api/test/.client-`);
  await writeFile(`${folder}/openapi.json`, JSON.stringify(await openApiOf(api.visitor())));
  await promisify(execFile)(process.execPath, [
    `${ROOT}libs/api-client/node_modules/@hey-api/openapi-ts/bin/run.js`,
    ...['-i', `${folder}/openapi.json`, '-o', `${folder}/client`, '-c', '@hey-api/client-fetch'],
  ]);
  generated = {
    ...((await import(`${folder}/client/sdk.gen.ts`)) as GeneratedClient),
    ...((await import(`${folder}/client/client.gen.ts`)) as Pick<GeneratedClient, 'client'>),
  };
}, 120_000);
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

it('a client that others generate from the document shows who one is by what the document says alone', async () => {
  const { port } = (api.app.getHttpServer() as Server).address() as AddressInfo;
  let secrets: (scheme: Scheme) => string | undefined = () => undefined;
  generated.client.setConfig({
    baseUrl: `http://127.0.0.1:${port}`,
    auth: (scheme: Scheme) => secrets(scheme),
    fetch: (request: Request) => {
      asked.push({ url: new URL(request.url).pathname, authorization: request.headers.get('authorization') });
      return fetch(request);
    },
  });
  const body = { email: 'ana@padaria.example', password: PASSWORD };
  const { data } = await generated.portalLogin({ body });
  expect((await generated.portalListTickets()).response.status).toBe(401);
  secrets = ({ scheme }) => (scheme === 'bearer' ? data!.accessToken : undefined);
  expect((await generated.portalListTickets()).response.status).toBe(200);
  expect((await generated.portalUpdateProfile({ body: { receiveNotifications: true } })).response.status).toBe(200);
  expect((await generated.adminListTickets()).response.status).toBe(401);
  const domain = 'portal.aurora.example';
  expect((await generated.portalGetBrandingByDomain({ path: { domain } })).response.status).toBe(200);
  const bearer = `Bearer ${data!.accessToken}`;
  expect(asked).toEqual([
    { url: '/api/v1/portal/auth/login', authorization: null },
    { url: '/api/v1/portal/tickets', authorization: null },
    { url: '/api/v1/portal/tickets', authorization: bearer },
    { url: '/api/v1/portal/profile', authorization: bearer },
    { url: '/api/v1/admin/tickets', authorization: bearer },
    { url: `/api/v1/portal/branding/${domain}`, authorization: null },
  ]);
});
