import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { withoutPathBase } from './portal-address.js';

type RawRequest = IncomingMessage & { originalUrl?: string };

/** An address with the port that some gateways add, in brackets where it is IPv6. */
const WITH_PORT = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/;

/**
 * Brings a request as it came over the wire into the one form that everything else reads, before anything else reads it.
 * @returns the path to route, without the portal's base
 */
export function normalizeRequest(request: RawRequest): string {
  const { headers } = request;
  // Which host was asked for, Host alone says: most proxies pass this header on as the client wrote it.
  delete headers['x-forwarded-host'];
  const addresses = forwardedAddresses(String(headers['x-forwarded-for'] ?? ''));
  if (addresses.length > 0) headers['x-forwarded-for'] = addresses.join(', ');
  else delete headers['x-forwarded-for'];
  let url = request.url ?? '/';
  const [, authority, path] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  if (authority !== undefined) {
    headers.host = authority;
    url = path!.startsWith('/') ? path! : `/${path}`;
    request.originalUrl = url;
  }
  const routed = withoutPathBase(url);
  // What cannot be decoded names nothing; it takes the way of every other unknown address.
  return isDecodable(routed) ? routed : '/%00';
}

/** The addresses that proxies have added, up to the first entry, counted from the last, that is none. */
export function forwardedAddresses(header: string): string[] {
  const addresses: string[] = [];
  for (const entry of header.split(',').reverse()) {
    const text = entry.trim();
    const [, bracketed, beforePort] = WITH_PORT.exec(text) ?? [];
    const address = bracketed ?? beforePort ?? text;
    if (isIP(address) === 0) break;
    addresses.push(address);
  }
  return addresses.reverse();
}

function isDecodable(url: string): boolean {
  if (!url.includes('%')) return true;
  try {
    decodeURIComponent(url.split('?', 1)[0]!);
    return true;
  } catch {
    return false;
  }
}
