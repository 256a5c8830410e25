import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Fault } from './service.js';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Answered {
  status: number;
  body: unknown;
}

/** A service on a port of this machine, of whose answers the next one may be lost. Only calls that change something meet faults. */
export class FaultServer {
  private readonly server: Server;
  private fault: Fault | null = null;
  /** What was asked by a call whose answer was lost: its client may ask again at once, and hears nothing either. */
  private lost: string | null = null;

  /** @param retries whether clients repeat a call by themselves where the connection was closed */
  constructor(
    private readonly answer: (asked: Asked, fault: Fault | null) => Answered,
    private readonly retries: boolean,
  ) {
    this.server = createServer((request, response) => {
      void (async () => {
        const url = new URL(request.url!, 'http://localhost');
        const body = (await buffer(request)).toString('utf8');
        const { method = 'GET', headers } = request;
        const fault = method === 'GET' ? null : this.fault;
        if (fault) this.fault = null;
        const again = this.lost !== null && this.lost === body;
        this.lost = null;
        if (again) return request.socket.destroy();
        if (this.retries && fault?.startsWith('lost')) this.lost = body;
        if (fault === 'lost_before') return request.socket.destroy();
        const answered = this.answer({ method, path: url.pathname, query: url.searchParams, headers, body }, fault);
        if (fault === 'lost_after') return request.socket.destroy();
        response.writeHead(answered.status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answered.body));
        return undefined;
      })();
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Makes the next call that changes something end so. */
  meet(fault: Fault): void {
    this.fault = fault;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
