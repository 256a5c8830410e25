/**
 * What the generated functions stand on: it fills in the path and hands the call to the transport that the
 * application connected. The network, its errors and who is signed in are the application's business; the fetch client
 * that the generator would add knows none of them and weighs ten times as much on every sign-in page.
 */
export interface Client {
  get: Send;
  post: Send;
  put: Send;
  patch: Send;
  delete: Send;
  /** Says through what every call goes from now on. */
  connect(transport: Transport): void;
}

/** One call as the transport gets it. */
export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As the API's description has it, with its parameters filled in: `/api/v1/portal/tickets/0198…`. */
  path: string;
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
}

/** Carries a call to the API and gives back what it answered, or throws. */
export type Transport = (call: Call) => Promise<unknown>;

/** What an operation takes, as the generator describes it. */
export interface TDataShape {
  body?: unknown;
  path?: unknown;
  query?: unknown;
  url: string;
}

/** What a generated function takes: its operation's input, and the signal that calls it off. */
export type Options<Data extends TDataShape = TDataShape, _Throws = true, _Answer = unknown> = Omit<Data, 'url'> &
  Pick<Call, 'headers' | 'signal'>;

/** The generator's own client has settings; this one has none. */
export type ClientOptions = object;
export type Config<Settings extends ClientOptions = ClientOptions> = Settings;

interface Operation extends Omit<Call, 'method' | 'path' | 'query' | 'headers'> {
  /** Null for a header that the browser sets by itself. */
  headers?: Record<string, string | null | undefined>;
  bodySerializer?: (body: unknown) => unknown;
  url: string;
  path?: unknown;
  query?: unknown;
}

/** `Answers` are those of success, by status; a refusal is thrown. */
type Send = <Answers, _Refusals = unknown, _Throws = true>(operation: Operation) => Promise<Answers[keyof Answers]>;

/** A body of parts, for operations that take a file. */
export const formDataBodySerializer = {
  bodySerializer: (body: unknown): FormData => {
    const form = new FormData();
    for (const [name, value] of Object.entries(body as Record<string, Blob>)) form.append(name, value);
    return form;
  },
};

export const createConfig = <Settings extends ClientOptions>(): Config<Settings> => ({}) as Settings;

export function createClient(_config: Config): Client {
  let transport: Transport = () => Promise.reject(new Error('Nothing connects the client to the API'));
  const send =
    (method: Call['method']): Send =>
    ({ url, path, query, headers = {}, body, bodySerializer = (given) => given, signal }) =>
      transport({
        method,
        path: fill(url, path as PathValues),
        query: query as Call['query'],
        headers: Object.fromEntries(
          Object.entries(headers).filter((header): header is [string, string] => typeof header[1] === 'string'),
        ),
        body: bodySerializer(body),
        signal,
      }) as Promise<never>;
  return {
    get: send('GET'),
    post: send('POST'),
    put: send('PUT'),
    patch: send('PATCH'),
    delete: send('DELETE'),
    connect: (given) => void (transport = given),
  };
}

type PathValues = Record<string, string> | undefined;

/** `/tickets/{id}` with its values in the places of their names. */
const fill = (template: string, values: PathValues = {}) =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
