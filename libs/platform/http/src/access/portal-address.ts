import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { isLoopback, type AppConfig } from '@balcao/platform-config';

type HostAddress =
  | { kind: 'slug'; slug: string; base: ''; at?: undefined }
  | { kind: 'host'; host: string; base: '' }
  | { kind: 'bare'; base: '' };

/**
 * How a request names a portal: by path, by subdomain, or by a host that may be its own domain. `bare` is the host of the
 * installation itself. Where a path names one, `at` is what the host names by itself, unless that is the installation.
 */
export type PortalAddress =
  HostAddress | { kind: 'slug'; slug: string; base: string; at?: Exclude<HostAddress, { kind: 'bare' }> };

const PATH_BASE = /^\/o\/([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?=\/|\?|$)/;

/** A name or an address, in brackets where it is IPv6, and a port. Names of machines may have underscores. */
const HOST =
  /^(?:\[([\da-f:.]{2,45})\]|(?=[^:]{1,254}(?::|$))(?:(?!-)[\w-]{1,63}(?<!-)\.)*(?!-)[\w-]{1,63}(?<!-)\.?)(?::(\d{0,5}))?$/i;

/** Whether this is what Host may say (RFC 3986 §3.2.2, of which names in DNS are a part); nothing is what it says for none. */
export function isHost(text: string): boolean {
  if (text === '') return true;
  const [all, ipv6, port = ''] = HOST.exec(text) ?? [];
  return all !== undefined && (ipv6 === undefined || isIP(ipv6) === 6) && Number(port) <= 65_535;
}

/** The `/o/{slug}` at the start of a path, if any. */
export function pathBase(url: string): string {
  return PATH_BASE.exec(url)?.[0] ?? '';
}

/** The same address without its base, for routing. */
export function withoutPathBase(url: string): string {
  const rest = url.slice(pathBase(url).length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

interface AddressSettings {
  /** Host of the installation itself. */
  publicHost: string;
  portalBaseDomain?: string;
  /** Whether names and addresses of the machine itself are the installation's too. */
  loopback: boolean;
}

/** Reads the address of a request from its original URL and its host without port. */
export function portalAddress(url: string, hostname: string, settings: AddressSettings): PortalAddress {
  const at = hostAddress(hostname, settings);
  const slug = PATH_BASE.exec(url)?.[1];
  if (!slug) return at;
  return { kind: 'slug', slug, base: `/o/${slug}`, ...(at.kind !== 'bare' && { at }) };
}

function hostAddress(hostname: string, { publicHost, portalBaseDomain, loopback }: AddressSettings): HostAddress {
  // With the root's dot it is the same name.
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (host === publicHost || (loopback && isLoopback(host))) return { kind: 'bare', base: '' };
  if (portalBaseDomain && host.endsWith(`.${portalBaseDomain}`))
    return { kind: 'slug', slug: host.slice(0, -portalBaseDomain.length - 1), base: '' };
  return { kind: 'host', host, base: '' };
}

/** Told from a configuration once, not with every request. */
const settingsOfConfig = new WeakMap<AppConfig, AddressSettings>();

/** The address by which a request names a portal. */
export function portalAddressOf(request: FastifyRequest, config: AppConfig): PortalAddress {
  let settings = settingsOfConfig.get(config);
  if (!settings) {
    const { publicUrl, portalBaseDomain, production } = config;
    settings = { publicHost: new URL(publicUrl).hostname, portalBaseDomain, loopback: !production };
    settingsOfConfig.set(config, settings);
  }
  return portalAddress(request.originalUrl, request.hostname, settings);
}
