import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import fastifyCookie from '@fastify/cookie';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { matchLocale } from '@balcao/contracts';
import { costRatio, IN_PROPORTION } from '@balcao/contracts/testing';
import { matchesEtag } from '../caching.js';
import { demandFewParameters } from '../input-limits.js';
import { forwardedAddresses, normalizeRequest } from './incoming-request.js';
import { portalAddress } from './portal-address.js';

function request(url: string, headers: Record<string, string> = {}): IncomingMessage & { originalUrl?: string } {
  return Object.assign(new IncomingMessage(new Socket()), { url, headers });
}

describe('the addresses of X-Forwarded-For', () => {
  it.each([
    ['203.0.113.7', ['203.0.113.7']],
    ['203.0.113.7:1001', ['203.0.113.7']],
    ['2001:db8::7, 10.0.0.1', ['2001:db8::7', '10.0.0.1']],
    ['[2001:db8::7]:443,[::1]', ['2001:db8::7', '::1']],
    ['203.0.113.7, garbage, 10.0.0.1', ['10.0.0.1']],
    ['203.0.113.7, 999.1.1.1', []],
    ['203.0.113.7:x', []],
    ['203.0.113.7:1x', []],
    ['x[2001:db8::7]:443', []],
    ['010.0.0.1', []],
    ['"><script>', []],
    ['203.0.113.7,', []],
    ['', []],
  ])('in "%s" are %j', (header, addresses) => {
    expect(forwardedAddresses(header)).toEqual(addresses);
  });
});

describe('the target of a request', () => {
  it.each([
    ['/a/b?c=%zz', '/a/b?c=%zz', undefined],
    ['/o/aurora/portal', '/portal', undefined],
    ['http://portal.example:81/o/aurora/x?y', '/x?y', 'portal.example:81'],
    ['HTTPS://portal.example', '/', 'portal.example'],
    ['http://portal.example?x', '/?x', 'portal.example'],
    ['/%zz', '/%00', undefined],
    ['/o/aurora/%e0%a4%a', '/%00', undefined],
  ])('%s is routed as %s', (url, routed, host) => {
    const raw = request(url, { 'x-forwarded-host': 'evil.example' });
    expect(normalizeRequest(raw)).toBe(routed);
    expect(raw.headers).toEqual(host === undefined ? {} : { host });
  });
});

describe('a request as it came over the wire', () => {
  it.each<[string | undefined, string | undefined]>([
    ['203.0.113.7:1001 , [::1]:2', '203.0.113.7, ::1'],
    ['garbage, 203.0.113.7', '203.0.113.7'],
    ['garbage', undefined],
    [undefined, undefined],
  ])('names its addresses %j as %j', (given, addresses) => {
    const raw = request('/', given === undefined ? {} : { 'x-forwarded-for': given });
    normalizeRequest(raw);
    expect(raw.headers['x-forwarded-for']).toBe(addresses);
    expect('x-forwarded-for' in raw.headers).toBe(addresses !== undefined);
  });

  it('keeps its address below its host, and takes none out of its query', () => {
    const absolute = request('http://portal.example/o/aurora/x?y');
    normalizeRequest(absolute);
    expect(absolute.originalUrl).toBe('/o/aurora/x?y');
    const query = request('/x?to=http://evil.example/y', { host: 'portal.example' });
    expect(normalizeRequest(query)).toBe('/x?to=http://evil.example/y');
    expect([query.headers.host, query.originalUrl]).toEqual(['portal.example', undefined]);
  });
});

describe('the portal of an address', () => {
  const settings = { publicHost: 'app.example', portalBaseDomain: 'example', loopback: false };

  it.each([
    ['app.example', 'bare'],
    ['App.Example.', 'bare'],
    ['aurora.example', 'slug'],
    ['aurora.example.', 'slug'],
    ['example', 'host'],
    ['localhost', 'host'],
    ['127.0.0.1', 'host'],
    ['203.0.113.7', 'host'],
    ['', 'host'],
  ])('at %s is told by %s', (host, kind) => {
    expect(portalAddress('/x', host, settings).kind).toBe(kind);
  });

  it.each(['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])('on a machine for development %s is its own', (host) => {
    expect(portalAddress('/x', host, { ...settings, loopback: true }).kind).toBe('bare');
  });
});

describe('what four times as much costs is in proportion', () => {
  const server = fastify();
  void server.register(fastifyCookie);
  beforeAll(async () => void (await server.ready()));
  afterAll(() => server.close());

  it.each<[what: string, work: (text: string) => unknown, piece: string]>([
    ['cookies', (text) => server.parseCookie(text), 'a=b; '],
    ['cookies of one name', (text) => server.parseCookie(text), 'a="%41";'],
    ['signs that are no cookies', (text) => server.parseCookie(text), '=;'],
    ['languages', (text) => matchLocale(text), 'xx;q=0.1,'],
    ['parameters of a language', (text) => matchLocale(text), ';q=0.12345'],
    ['tags', (text) => matchesEtag(text, 'W/"x"'), '"",'],
    ['addresses', forwardedAddresses, '203.0.113.7:1, '],
    ['signs that are no addresses', forwardedAddresses, '[1.'],
    ['percents', (text) => normalizeRequest(request(`/${text}`)), '%41'],
    ['slashes', (text) => normalizeRequest(request(`http://x/${text}`)), '/o/a'],
    ['parameters', (text) => new URLSearchParams(text) && trying(() => demandFewParameters(`/?${text}`)), 'a=1&'],
  ])('of %s', async (_what, work, piece) => {
    const text = (characters: number) => piece.repeat(characters / piece.length);
    expect(await costRatio(work, text(1_000), text(4_000))).toBeLessThan(IN_PROPORTION);
  });
});

function trying(work: () => void): void {
  try {
    work();
  } catch {
    // Refused, and what that costs is asked.
  }
}
