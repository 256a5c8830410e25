import { createServer, type Server } from 'node:http';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationShutdown } from '@nestjs/common';
import { JobProcessor } from '@balcao/platform-outbox/worker';
import { Queues } from '@balcao/platform-queue';
import { Database } from '@balcao/platform-tenancy';

/** Longer than this the database has not answered. */
const PATIENCE_MS = 3_000;

/** `/health/live` and `/health/ready` for whoever watches the worker. */
@Injectable()
export class WorkerHealth implements BeforeApplicationShutdown, OnApplicationShutdown {
  private server: Server | undefined;
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly processor: JobProcessor,
  ) {}

  /** Answers from now on. @returns the port, which matters where 0 was asked for */
  async listen(port: number, host: string): Promise<number> {
    const server = createServer((request, response) => {
      void this.answer(request.method, request.url).then(({ status, body }) => {
        const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
        response.writeHead(status, headers).end(JSON.stringify(body));
      });
    });
    server.requestTimeout = 5_000;
    this.server = server;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : port;
  }

  /** From now on not ready, so that nobody counts on this process any more. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  async onApplicationShutdown(): Promise<void> {
    const server = this.server;
    if (!server?.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private async answer(method = '', url = ''): Promise<{ status: number; body: object }> {
    const path = url.split('?', 1)[0];
    if (path !== '/health/live' && path !== '/health/ready') return { status: 404, body: { status: 'not found' } };
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, body: { status: 'method not allowed' } };
    if (path === '/health/live') return { status: 200, body: { status: 'ok' } };
    return (await this.ready())
      ? { status: 200, body: { status: 'ok' } }
      : { status: 503, body: { status: 'unavailable' } };
  }

  private async ready(): Promise<boolean> {
    if (this.stopping || !this.processor.works) return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), PATIENCE_MS);
    });
    const look = Promise.all([
      this.database.ping(),
      ...this.queues.all().map((queue) => queue.getJobCounts('active')),
    ]).then(
      () => true,
      () => false,
    );
    const ready = await Promise.race([look, late]);
    clearTimeout(timer);
    return ready;
  }
}
