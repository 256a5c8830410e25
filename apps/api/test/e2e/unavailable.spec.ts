import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@balcao/platform-testing';
import { signInActors, type Actors } from '../support/actors.js';
import { callerOf, leastBodyOf } from '../support/callers.js';
import { openApiOf } from '../support/open-api.js';
import { operationsOf, pathOf } from '../support/operations.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** A way to the database that can be cut and mended. */
class Wire {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  port = 0;

  constructor(private readonly target: { host: string; port: number }) {}

  async mend(): Promise<void> {
    this.server = createServer((socket) => {
      const onward = connect(this.target);
      for (const end of [socket, onward]) {
        this.sockets.add(end);
        end.on('error', () => {}).on('close', () => this.sockets.delete(end));
      }
      socket.pipe(onward).pipe(socket);
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server!.close(() => resolve()));
  }
}

let api: TestApp;
let wire: Wire;
let actors: Actors;
beforeAll(async () => {
  const { hostname, port } = new URL(process.env['TEST_DATABASE_URL']!);
  wire = new Wire({ host: hostname, port: Number(port || 5432) });
  await wire.mend();
  api = await startTestApp({ through: wire.port });
  actors = await signInActors(api);
});
afterAll(async () => {
  await wire.cut();
  await api.close();
});

describe('S3.101 while the state backend is out of reach', () => {
  it('S3.101 every route that needs it answers 503, and all work again by themselves', async () => {
    const document = await openApiOf(api.visitor());
    // What answers without asking anybody.
    const needless = ['/health/live', '/.well-known/jwks.json', '/internal/served-hosts'];
    const operations = operationsOf(api.routes, document).filter(
      ({ method, url }) => method !== 'head' && !needless.includes(url),
    );
    await wire.cut();
    for (const operation of operations) {
      const body = operation.body && leastBodyOf(document, operation);
      const caller = callerOf(api, actors, operation);
      const response = await caller.request(operation.method, pathOf(operation), body);
      expect([operation.name, response.status, response.body.code]).toEqual([
        operation.name,
        503,
        expect.stringMatching('service_unavailable'),
      ]);
      expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
      expect(response.headers['set-cookie']).toBeUndefined();
    }
    await wire.mend();
    await eventually('health', async () => (await api.visitor().get('/health/ready')).status === 200);
    await actors.portal.get('/api/v1/portal/tickets').expect(200);
    await actors.staff.get('/api/v1/admin/tickets').expect(200);
    await api.signIn('portal', 'ana@padaria.example');
  });

  it('S3.101 says so in both languages, and nothing about why', async () => {
    await wire.cut();
    const ask = (language: string) =>
      refusal(actors.portal.get('/api/v1/portal/auth/me').set('Accept-Language', language), 503, 'service_unavailable');
    expect((await ask('en-US')).body.detail).toBe('Service temporarily unavailable');
    const { text } = await ask('pt-BR');
    expect(text).toContain('Serviço temporariamente indisponível');
    expect(text).not.toMatch(/ECONN|postgres|127\.0\.0\.1/);
    await wire.mend();
    await eventually('health', async () => (await api.visitor().get('/health/ready')).status === 200);
  });

  it('S3.101 the process itself is alive, and the queue dashboard does not open', async () => {
    await wire.cut();
    await api.visitor().get('/health/live').expect(200);
    expect((await api.visitor().get('/ops/queues')).status).toBe(401);
    expect((await actors.operator.get('/ops/queues')).status).toBe(503);
    await wire.mend();
    await eventually('health', async () => (await api.visitor().get('/health/ready')).status === 200);
  });
});
