import type { LookupAddress } from 'node:dns';
import { lookup as lookUp } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { parsedUrl } from '@balcao/contracts';
import { Agent, buildConnector, fetch, type Response } from 'undici';
import { isPublicAddress } from './public-address.js';

export interface OutboundRequest {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** For everything together, from looking up the name to the last byte. */
  timeoutMs?: number;
  /** Of the answer, after decompression. */
  maxBytes?: number;
  /** The one of the host's addresses to ask, instead of whichever answers. */
  at?: string;
  /** Whoever runs the installation configured the address: it may be one of the inside. All other bounds hold. */
  trusted?: boolean;
}

export interface OutboundAnswer {
  status: number;
  headers: Headers;
  body: Buffer;
}

export type OutboundProblem =
  'invalid_address' | 'private_address' | 'redirected' | 'too_big' | 'timed_out' | 'unreachable';

/** Why there is no answer. Only the last two can be worth another try, which is the caller's to decide. */
export class OutboundError extends Error {
  constructor(
    readonly problem: OutboundProblem,
    options?: ErrorOptions,
  ) {
    super(`The request failed: ${problem.replaceAll('_', ' ')}`, options);
    this.name = 'OutboundError';
  }
}

/** What tests put in the place of the world. */
export class OutboundWorld {
  resolve: (hostname: string) => Promise<LookupAddress[]> = (hostname) => lookUp(hostname, { all: true });
  isPublic: (address: string) => boolean = isPublicAddress;
}

const CONNECT_MS = 5_000;
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1024 * 1024;
const POOL = { connections: 16, keepAliveTimeout: 4_000 };

/**
 * The only client for addresses that other people have given us. It reaches nothing but public addresses, whatever a name
 * resolves to and whenever; it follows no redirects; and it takes no more time and no more bytes than it was told.
 */
@Injectable()
export class Outbound implements OnApplicationShutdown {
  private readonly agent: Agent;
  /** For addresses of the configuration. */
  private readonly trusting = new Agent({ connect: { timeout: CONNECT_MS }, ...POOL });

  constructor(@Optional() private readonly world: OutboundWorld = new OutboundWorld()) {
    this.agent = new Agent({ connect: this.guarded(), ...POOL });
  }

  /** @throws OutboundError where there is no answer; an answer of any status but a redirect is one */
  async request(address: string, request: OutboundRequest = {}): Promise<OutboundAnswer> {
    const { method = 'GET', headers = {}, body, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = request;
    const url = parsedUrl(address);
    if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password)
      throw new OutboundError('invalid_address');
    const signal = AbortSignal.timeout(timeoutMs);
    const own = request.at === undefined ? undefined : new Agent({ connect: this.guarded(request.at) });
    try {
      const response = await fetch(url, {
        method,
        headers: { 'user-agent': 'Balcao', ...headers },
        body,
        signal,
        redirect: 'manual',
        dispatcher: own ?? (request.trusted ? this.trusting : this.agent),
      });
      if (response.status >= 300 && response.status < 400 && response.headers.has('location')) {
        await response.body?.cancel();
        throw new OutboundError('redirected');
      }
      return { status: response.status, headers: response.headers, body: await bodyOf(response, maxBytes) };
    } catch (error) {
      throw problemOf(error, signal);
    } finally {
      await own?.destroy();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.agent.destroy(), this.trusting.destroy()]);
  }

  /** Checks what a name resolves to, what stands in the address itself, and whom the socket has really reached. */
  private guarded(at?: string): buildConnector.connector {
    const { world } = this;
    const lookup: LookupFunction = (hostname, _options, callback) => {
      world.resolve(at ?? hostname).then(
        (found) => {
          if (found.length === 0) callback(new OutboundError('unreachable'), '');
          else if (!found.every((each) => world.isPublic(each.address)))
            callback(new OutboundError('private_address'), '');
          else callback(null, found);
        },
        (error: NodeJS.ErrnoException) => callback(error, ''),
      );
    };
    // Node asks for all addresses of a name, whatever it was started with.
    const connect = buildConnector({ timeout: CONNECT_MS, lookup, autoSelectFamily: true });
    return (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      // A literal address is not looked up.
      if (isIP(host) && !world.isPublic(host)) return callback(new OutboundError('private_address'), null);
      connect(options, (...[error, socket]) => {
        if (error) return callback(error, null);
        if (world.isPublic(socket.remoteAddress ?? '')) return callback(null, socket);
        socket.destroy();
        callback(new OutboundError('private_address'), null);
      });
    };
  }
}

async function bodyOf(response: Response, maxBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    // Leaving the loop ends the transfer.
    if (size > maxBytes) throw new OutboundError('too_big');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function problemOf(error: unknown, signal: AbortSignal): OutboundError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof OutboundError) return cause;
  return new OutboundError(signal.aborted ? 'timed_out' : 'unreachable', { cause: error });
}
