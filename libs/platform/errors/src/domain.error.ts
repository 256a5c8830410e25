import type { ErrorCode, FieldErrorCode, FieldErrorParams } from '@balcao/contracts';

/** One field that was refused: where it stands in the input, and the rule that it breaks, by its stable code. */
export interface FieldError {
  path: string;
  /** Its text is the catalogue's (`fieldErrorText`). */
  code: FieldErrorCode;
  /** What the text names. */
  params?: FieldErrorParams;
  /** Where in a longer text, counted from 1. */
  line?: number;
}

interface DomainErrorOptions {
  /** Fields that caused the error. */
  fields?: FieldError[];
  /** Further members of the problem document (RFC 9457 §3.2), such as the accounts to choose from. */
  extensions?: Record<string, unknown>;
  /** Seconds after which trying again makes sense; sent as `Retry-After`. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** An outcome that the caller must hear about. Services throw it; the HTTP filter turns it into problem+json. */
export class DomainError extends Error {
  readonly fields: FieldError[];
  readonly extensions: Record<string, unknown>;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    options: DomainErrorOptions = {},
  ) {
    super(code, { cause: options.cause });
    this.name = 'DomainError';
    this.fields = options.fields ?? [];
    this.extensions = options.extensions ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
