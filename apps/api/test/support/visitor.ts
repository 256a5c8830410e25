import type { IncomingMessage, Server } from 'node:http';
import supertest, { type Test } from 'supertest';
import type { ContractCheck } from './contract.js';

type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';

/** How somebody proves who they are. */
export interface Credentials {
  cookies?: Record<string, string>;
  /** Sent with every request that changes something, as a browser's script does. */
  csrf?: { header: string; token: string };
  bearer?: string;
}

let addresses = 0;

/** Each visitor comes from an address of their own, so that the limits of one are not another's. */
function newAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** Somebody with a browser or a client: the same address, host and credentials in every request. */
export class Visitor {
  readonly headers: Record<string, string>;

  constructor(
    private readonly server: Server | string,
    /** What every path begins with: `/o/{slug}`, or nothing. */
    readonly base = '',
    readonly credentials: Credentials = {},
    headers: Record<string, string> = {},
    /** Every answer is held against it. */
    private readonly check?: ContractCheck,
  ) {
    this.headers = { 'x-forwarded-for': newAddress(), ...headers };
  }

  /** The same person with something changed. */
  with(change: { base?: string; credentials?: Credentials; headers?: Record<string, string> }): Visitor {
    const headers = { ...this.headers, ...change.headers };
    const { base = this.base, credentials = this.credentials } = change;
    return new Visitor(this.server, base, credentials, headers, this.check);
  }

  get = (path: string) => this.request('get', path);
  head = (path: string) => this.request('head', path);
  post = (path: string, body?: object) => this.request('post', path, body);
  put = (path: string, body?: object) => this.request('put', path, body);
  patch = (path: string, body?: object) => this.request('patch', path, body);
  delete = (path: string, body?: object) => this.request('delete', path, body);

  request(method: Method, path: string, body?: object): Test {
    const { cookies, csrf, bearer } = this.credentials;
    const request = supertest(this.server)
      [method](this.base + path)
      .set(this.headers);
    if (cookies)
      request.set(
        'Cookie',
        Object.entries(cookies)
          .map((pair) => pair.join('='))
          .join('; '),
      );
    if (csrf && method !== 'get' && method !== 'head') request.set(csrf.header, csrf.token);
    if (bearer !== undefined) request.set('Authorization', `Bearer ${bearer}`);
    if (path.endsWith('/live')) request.buffer(true).parse(streamOrJson);
    if (this.check) void request.expect((response) => this.check?.(method, this.base + path, response));
    return body === undefined ? request : request.send(body);
  }
}

/** A stream has said all that is asked of it with its headers, and would never end by itself. */
function streamOrJson(response: unknown, done: (error: Error | null, body: unknown) => void): void {
  const message = response as IncomingMessage & { text: string };
  message.text = '';
  if (message.headers['content-type']?.startsWith('text/event-stream')) {
    message.destroy();
    return done(null, {});
  }
  message.setEncoding('utf8');
  message.on('data', (text: string) => (message.text += text));
  message.on('end', () => done(null, message.text ? JSON.parse(message.text) : {}));
}

/** A cookie as a response sets it. */
export interface SetCookie {
  value: string;
  attributes: Record<string, string | true>;
}

/** Cookies that a response sets, by name. */
export function cookiesOf(response: { headers: Record<string, unknown> }): Record<string, SetCookie> {
  const lines = (response.headers['set-cookie'] ?? []) as unknown as string[];
  return Object.fromEntries(
    lines.map((line) => {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const entries = attributes.map((attribute): [string, string | true] => {
        const [key = '', text] = attribute.split('=');
        return [key.toLowerCase(), text ?? true];
      });
      return [name, { value: decodeURIComponent(value), attributes: Object.fromEntries(entries) }];
    }),
  );
}
