import { currentLocale } from '../i18n/i18n.js';
import { ApiError } from './api-error.js';
import { OpenAttempts } from './open-attempts.js';

const TIMEOUT = 30_000;

/** One call to the API, as a generated client hands it over. */
export interface ApiCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** `undefined`, `null` and `''` are left out. */
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Sent as JSON, but for a form with a file. */
  body?: unknown;
  signal?: AbortSignal;
}

export type Audience = 'portal' | 'staff' | 'operator';

/** Whose the pages are that call. */
export interface Caller {
  /** Id of who is signed in, as far as the pages know. */
  person: () => string | undefined;
  /** Called when the session has ended: any 401 but that of a sign-in. */
  signedOut: (error: ApiError) => void;
  /** Called when the browser's session is somebody else's by now. */
  changed: () => void;
}

export interface TransportSettings {
  /** What stands before every path: nothing, or for example `/o/aurora`. */
  base?: string;
  /** Whose readable CSRF cookie counts: `{prefix}_portal_csrf_token` goes back as `x-{prefix}-csrf`. */
  audience: Audience;
  caller: Caller;
}

/** Names for whom a call is meant, so that the API carries nothing out for another who signed in meanwhile. */
const SESSION_USER = 'x-session-user';
/** Headers of a call that is meant for whoever is signed in. */
export const FOR_ANYBODY = { [SESSION_USER]: '' };

/** Carries a call and gives back the parsed answer (`undefined` for 204, the text of a CSV), or throws an `ApiError`. */
export type Transport = (call: ApiCall) => Promise<unknown>;

/** Makes what carries an application's calls to its API. */
export function createTransport({ base = '', audience, caller }: TransportSettings): Transport {
  const attempts = new OpenAttempts(caller.person);

  async function carry(call: ApiCall, idempotencyKey?: string): Promise<unknown> {
    const headers = headersOf(call, { csrf: csrfToken(audience), idempotencyKey, person: caller.person() });
    const response = await send(`${base}${call.path}${queryString(call.query)}`, call, headers);
    if (response.ok) return answerOf(response);
    const error = await ApiError.fromResponse(response);
    if (error.status === 401 && error.code !== 'invalid_credentials') caller.signedOut(error);
    if (error.code === 'session_changed') caller.changed();
    throw error;
  }

  return async (call) => {
    // A file that is sent again is looked at again: nothing happens twice.
    if (call.method !== 'POST' || call.body instanceof FormData) return carry(call);
    const { attempt, body } = attempts.begin(call);
    try {
      const answer = await carry({ ...call, body }, attempt.key);
      attempts.settle(attempt);
      return answer;
    } catch (error) {
      // What was called off is nobody's attempt any more: asked again, it is another.
      if (error instanceof ApiError) attempts.settle(attempt, error);
      else if (call.signal?.aborted) attempts.settle(attempt);
      throw error;
    }
  };
}

/** What was answered: a file as its text, anything else as what JSON holds. */
async function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/zip')) return response.blob();
  return type.startsWith('text/csv') ? response.text() : response.json();
}

interface Proofs {
  csrf: ReturnType<typeof csrfToken>;
  idempotencyKey: string | undefined;
  person: string | undefined;
}

/** The caller's headers under ours. `set` knows no case, so nothing is ever sent twice. */
function headersOf({ method, headers: given, body }: ApiCall, { csrf, idempotencyKey, person }: Proofs): Headers {
  const headers = new Headers(given);
  headers.set('accept', 'application/json');
  headers.set('accept-language', currentLocale());
  if (csrf && method !== 'GET') headers.set(csrf.header, csrf.value);
  if (person && !headers.has(SESSION_USER)) headers.set(SESSION_USER, person);
  if (idempotencyKey) headers.set('idempotency-key', idempotencyKey);
  // The browser says itself where the parts of a form begin.
  if (body !== undefined && !(body instanceof FormData)) headers.set('content-type', 'application/json');
  return headers;
}

async function send(url: string, { method, body, signal }: ApiCall, headers: Headers) {
  const timeout = AbortSignal.timeout(TIMEOUT);
  try {
    return await fetch(url, {
      method,
      headers,
      body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
      cache: 'no-cache',
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw ApiError.fromNetwork(cause);
  }
}

/**
 * The token that proves a change comes from our page, and the header it goes in. It exists as long as the browser
 * believes to be signed in; the prefix is the installation's choice.
 */
export function csrfToken(audience: Audience): { header: string; value: string } | undefined {
  for (const entry of document.cookie.split('; ')) {
    const [, prefix, value] = new RegExp(`^(\\w+)_${audience}_csrf_token=(.+)$`).exec(entry) ?? [];
    if (prefix && value) return { header: `x-${prefix}-csrf`, value: decodeURIComponent(value) };
  }
  return undefined;
}

function queryString(query: ApiCall['query'] = {}): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const search = new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString();
  return search && `?${search}`;
}
