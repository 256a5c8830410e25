import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Outbound, OutboundWorld, type OutboundRequest } from './outbound.js';
import { isPublicAddress } from './public-address.js';

const LOOPBACK = { address: '127.0.0.1', family: 4 };

/** Counts who gets through to it. */
let server: Server;
let port: number;
let requests: number;
let connections: number;
let open: number;
let answer: RequestListener;
let outbound: Outbound;

/** A world in which every name is known to the test alone, so that no packet leaves this machine. */
function world(
  names: Record<string, { address: string; family: number }[][]>,
  loopbackIsPublic: boolean,
): OutboundWorld {
  return {
    resolve: async (hostname) => {
      const answers = names[hostname];
      if (!answers) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return answers.length > 1 ? answers.shift()! : answers[0]!;
    },
    isPublic: (address) => (loopbackIsPublic && address === '127.0.0.1') || isPublicAddress(address),
  };
}

beforeEach(async () => {
  [requests, connections, open] = [0, 0, 0];
  answer = (_request, response) => response.end('hello');
  server = createServer((request, response) => {
    requests += 1;
    answer(request, response);
  });
  server.on('connection', (socket) => {
    connections += 1;
    open += 1;
    socket.on('close', () => (open -= 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  outbound = new Outbound(world({ 'hooks.example': [[LOOPBACK]] }, true));
});
afterEach(async () => {
  await outbound.onApplicationShutdown();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const get = (request?: OutboundRequest, path = '/') => outbound.request(`http://hooks.example:${port}${path}`, request);
const problem = (name: string) => expect.objectContaining({ name: 'OutboundError', problem: name });

describe('an address of the inside', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '017700000001',
    '0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '169.254.169.254',
    '10.0.0.1',
    '１２７.0.0.1',
  ])('%s is refused before anything is sent', async (host) => {
    outbound = new Outbound(world({}, false));
    await expect(outbound.request(`http://${host}:${port}/`)).rejects.toEqual(problem('private_address'));
    expect({ requests, connections }).toEqual({ requests: 0, connections: 0 });
  });

  it.each([
    ['a name of it', [LOOPBACK]],
    ['a name of a public address and of it', [{ address: '8.8.8.8', family: 4 }, LOOPBACK]],
    ['a name of its IPv6 form', [{ address: '::ffff:127.0.0.1', family: 6 }]],
  ])('is refused as %s', async (_what, addresses) => {
    outbound = new Outbound(world({ 'evil.example': [addresses] }, false));
    await expect(outbound.request(`http://evil.example:${port}/`)).rejects.toEqual(problem('private_address'));
    expect(connections).toBe(0);
  });

  it('is refused as the one of a name that is to be asked, and asked alone where it is none of the inside', async () => {
    const inside = [[{ address: '10.0.0.7', family: 4 }]];
    outbound = new Outbound(world({ '10.0.0.7': inside, '203.0.113.9': [[LOOPBACK]] }, true));
    await expect(get({ at: '10.0.0.7' })).rejects.toEqual(problem('private_address'));
    expect(requests).toBe(0);
    expect((await get({ at: '203.0.113.9' })).body.toString()).toBe('hello');
    await expect(get()).rejects.toEqual(problem('unreachable'));
  });

  it('is refused as the name of this machine, which everybody knows', async () => {
    outbound = new Outbound();
    await expect(outbound.request(`http://localhost:${port}/`)).rejects.toEqual(problem('private_address'));
    expect(connections).toBe(0);
  });

  it('is refused where a name turns into one between two requests', async () => {
    const inner = { address: '127.0.0.2', family: 4 };
    outbound = new Outbound(world({ 'rebind.example': [[LOOPBACK], [inner]] }, true));
    const url = `http://rebind.example:${port}/`;
    expect((await outbound.request(url, { headers: { connection: 'close' } })).status).toBe(200);
    await expect(outbound.request(url)).rejects.toEqual(problem('private_address'));
    expect(requests).toBe(1);
  });

  it('is refused where the socket has reached it nevertheless, with nothing sent', async () => {
    let asked = 0;
    // The name was found to be public, the address that was reached is not.
    outbound = new Outbound({ resolve: async () => [LOOPBACK], isPublic: () => (asked += 1) === 1 });
    await expect(outbound.request(`http://late.example:${port}/`)).rejects.toEqual(problem('private_address'));
    expect(requests).toBe(0);
    // Nor is the connection kept.
    for (let n = 0; n < 300 && open > 0; n += 1) await sleep(10);
    expect([connections, open]).toEqual([1, 0]);
  });

  it('may be a public one that is written as a number', async () => {
    expect((await outbound.request(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  it('is reached where the configuration names it, and nowhere else from there', async () => {
    outbound = new Outbound(world({}, false));
    const own = `http://127.0.0.1:${port}/`;
    expect((await outbound.request(own, { trusted: true })).status).toBe(200);
    answer = (_request, response) => response.writeHead(302, { location: own }).end();
    await expect(outbound.request(own, { trusted: true })).rejects.toEqual(problem('redirected'));
    await expect(outbound.request(own)).rejects.toEqual(problem('private_address'));
    expect(requests).toBe(2);
  });

  it('is reached by nobody once the process stops', async () => {
    await outbound.onApplicationShutdown();
    await expect(get()).rejects.toEqual(problem('unreachable'));
    await expect(get({ trusted: true })).rejects.toEqual(problem('unreachable'));
    expect(requests).toBe(0);
  });

  it.each([
    [299, true, 'answered'],
    [300, true, 'redirected'],
    [399, true, 'redirected'],
    [400, true, 'answered'],
    [302, false, 'answered'],
  ])('named by a status %d (location: %s) is %s', async (status, location, outcome) => {
    answer = (_request, response) => response.writeHead(status, location ? { location: '/elsewhere' } : {}).end();
    if (outcome === 'answered') expect((await get()).status).toBe(status);
    else await expect(get()).rejects.toEqual(problem('redirected'));
    expect(requests).toBe(1);
  });

  it('is not followed to, nor is what comes with its name waited for', async () => {
    answer = (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).write('Moved');
    // Each would keep one of the sixteen connections.
    await Promise.allSettled(Array.from({ length: 16 }, () => get()));
    await expect(get({ timeoutMs: 1_000 })).rejects.toEqual(problem('redirected'));
  });
});

describe('an address that cannot be used', () => {
  it.each([
    '',
    'hooks.example',
    'file:///etc/passwd',
    'ftp://hooks.example/',
    'http://a:b@hooks.example/',
    'http://a@hooks.example/',
    'http://:b@hooks.example/',
    'http://',
  ])('%j is refused', async (address) => {
    await expect(outbound.request(address)).rejects.toEqual(problem('invalid_address'));
  });

  it('is told from one that nobody answers at', async () => {
    await expect(outbound.request('http://nobody.example/')).rejects.toEqual(problem('unreachable'));
    await expect(outbound.request('http://hooks.example:1/')).rejects.toEqual(problem('unreachable'));
    await expect(outbound.request('https://nobody.example/')).rejects.toEqual(problem('unreachable'));
    outbound = new Outbound(world({ 'empty.example': [[]] }, true));
    await expect(outbound.request(`http://empty.example:${port}/`)).rejects.toEqual(problem('unreachable'));
  });
});

describe('an answer', () => {
  it('comes with its status, whatever it is, and brings what was sent', async () => {
    answer = async (request, response) => {
      let body = '';
      for await (const part of request) body += String(part);
      response.writeHead(503, { 'x-seen': `${request.method} ${request.headers['x-sign']}` }).end(body.toUpperCase());
    };
    const { status, headers, body } = await get({ method: 'POST', headers: { 'x-sign': 'abc' }, body: 'olá' });
    expect([status, headers.get('x-seen'), body.toString()]).toEqual([503, 'POST abc', 'OLÁ']);
  });

  it('ends at its size after decompression', async () => {
    answer = (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)));
    await expect(get({ maxBytes: 100_000 })).rejects.toEqual(problem('too_big'));
    expect((await get({ maxBytes: 5_000_000 })).body.length).toBe(5_000_000);
  });

  it('ends at its size though it never ends by itself', async () => {
    answer = (_request, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc(10_000)), 1);
      response.on('close', () => clearInterval(timer));
    };
    await expect(get({ maxBytes: 50_000 })).rejects.toEqual(problem('too_big'));
  });

  it.each<[string, RequestListener]>([
    ['nothing comes', () => {}],
    [
      'it drips',
      (_request, response) => {
        const timer = setInterval(() => response.write('.'), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('is not waited for too long where %s', async (_what, slow) => {
    answer = slow;
    const begun = performance.now();
    await expect(get({ timeoutMs: 200 })).rejects.toEqual(problem('timed_out'));
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});
