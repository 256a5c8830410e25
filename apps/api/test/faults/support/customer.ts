import { PASSWORD } from '../../support/world.js';

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
  /** Milliseconds until all of it was there. */
  ms: number;
}

/** A customer's client, over connections that are kept open as a browser's are. */
export class Customer {
  private constructor(
    readonly address: string,
    private readonly token: string | undefined,
  ) {}

  /** @throws Error with the answer unless it is 200 */
  static async signIn(address: string, email: string): Promise<Customer> {
    const { status, body } = await new Customer(address, undefined).request('POST', '/auth/login', {
      email,
      password: PASSWORD,
    });
    if (status !== 200) throw new Error(`Sign-in answered ${status}: ${JSON.stringify(body)}`);
    return new Customer(address, (body as { accessToken: string }).accessToken);
  }

  /** The header that says who it is. */
  get credentials(): Record<string, string> {
    return this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
  }

  /** The same session at another replica. */
  at(address: string): Customer {
    return new Customer(address, this.token);
  }

  createTicket(subject: string, idempotencyKey?: string): Promise<Answer> {
    const body = { subject, description: 'The line has been down since the storm.' };
    return this.request('POST', '/tickets', body, idempotencyKey);
  }

  signOut(): Promise<Answer> {
    return this.request('POST', '/auth/logout');
  }

  listTickets(): Promise<Answer> {
    return this.request('GET', '/tickets?limit=20');
  }

  /** @throws TypeError where no answer came */
  private async request(method: string, path: string, body?: object, idempotencyKey?: string): Promise<Answer> {
    const began = performance.now();
    const response = await fetch(`${this.address}/api/v1/portal${path}`, {
      method,
      headers: {
        ...this.credentials,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
      ms: performance.now() - began,
    };
  }
}

/** What of an answer tells its caller to come again later; compared with `TRY_LATER`. */
export function refusal({ status, headers, body }: Answer): object {
  const { code } = (body ?? {}) as { code?: string };
  return {
    status,
    type: headers.get('content-type')?.split(';')[0],
    code,
    retryAfter: Number(headers.get('retry-after')) > 0,
  };
}

/** How the API says that it cannot answer now. */
export const TRY_LATER = {
  status: 503,
  type: 'application/problem+json',
  code: 'service_unavailable',
  retryAfter: true,
};
