import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands before a server, and can lose what is sent over connections that stay open, as a firewall does that forgot them. */
export class SilentProxy {
  private readonly pairs = new Set<{ silent: boolean; sockets: Socket[] }>();
  /** Whether connections that are made from now on are silent from the beginning. */
  swallows = false;

  private constructor(private readonly target: URL) {}

  private readonly server = createServer((client) => {
    const server = connect(Number(this.target.port), this.target.hostname);
    const pair = { silent: this.swallows, sockets: [client, server] };
    this.pairs.add(pair);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('data', (data) => pair.silent || to.write(data));
      from.on('error', () => {});
      // Whoever hangs up on a silent connection is not heard either.
      from.on('close', () => pair.silent || to.destroy());
    }
  });

  static async before(url: string): Promise<SilentProxy> {
    const proxy = new SilentProxy(new URL(url));
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  /** What leads to the server over this proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.toString();
  }

  /** Nothing is carried any more over the connections there are. @returns how many */
  fallSilent(): number {
    for (const pair of this.pairs) pair.silent = true;
    return this.pairs.size;
  }

  close(): void {
    for (const { sockets } of this.pairs) for (const socket of sockets) socket.destroy();
    this.server.close();
  }
}
