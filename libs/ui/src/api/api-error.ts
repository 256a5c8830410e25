/** One field that the API refused: its path in the body, a stable code and a text in the reader's language. */
export interface FieldError {
  path: string;
  code: string;
  message: string;
  /** Line of a longer text, counted from 1. */
  line?: number;
  /** What the rule was set to, and other facts. */
  params?: Readonly<Record<string, string | number>>;
}

/** What an application needs to know of a request that failed. */
export interface ApiErrorDetails {
  /** HTTP status; 0 where no answer came. */
  status: number;
  /** Stable and translatable: `errors.{code}`. */
  code: string;
  /** The API's own sentence, in the language that was asked for. */
  detail?: string;
  fields?: FieldError[];
  requestId?: string;
  /** Seconds to wait, from `Retry-After`. */
  retryAfter?: number;
  /** Members of the problem document beyond the standard ones, for example `accounts`. */
  extra?: Record<string, unknown>;
}

/** A request that failed, whether the API refused it or nobody answered. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly fields: FieldError[];
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  readonly extra: Record<string, unknown>;

  constructor(details: ApiErrorDetails, options?: ErrorOptions) {
    super(details.detail ?? details.code, options);
    this.name = 'ApiError';
    this.status = details.status;
    this.code = details.code;
    this.detail = details.detail;
    this.fields = details.fields ?? [];
    this.requestId = details.requestId;
    this.retryAfter = details.retryAfter;
    this.extra = details.extra ?? {};
  }

  /** Reads an RFC 9457 document; anything else becomes an error that still says status and request. */
  static async fromResponse(response: Response): Promise<ApiError> {
    const problem = await readJson(response);
    const {
      code,
      detail,
      errors,
      requestId,
      type: _type,
      title,
      status: _status,
      instance: _instance,
      error: _error,
      ...extra
    } = problem;
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    return new ApiError({
      status: response.status,
      code: typeof code === 'string' ? code : codeOf(response.status),
      detail: text(detail) ?? text(title),
      fields: Array.isArray(errors) ? (errors as FieldError[]) : [],
      requestId: text(requestId) ?? response.headers.get('x-request-id') ?? undefined,
      retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
      extra,
    });
  }

  /** No answer came: the network failed or the request took too long. */
  static fromNetwork(cause: unknown): ApiError {
    const timedOut = cause instanceof DOMException && cause.name === 'TimeoutError';
    return new ApiError({ status: 0, code: timedOut ? 'timeout' : 'offline' }, { cause });
  }
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const CODES: Record<number, string> = {
  401: 'unauthenticated',
  403: 'permission_denied',
  404: 'not_found',
  409: 'conflict',
  429: 'rate_limited',
  503: 'service_unavailable',
};

/** For an answer that is no problem document, such as a proxy's. */
const codeOf = (status: number) => CODES[status] ?? (status >= 500 ? 'internal_error' : 'refused');

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
