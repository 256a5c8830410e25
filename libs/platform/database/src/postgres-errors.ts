interface PostgresError {
  code?: string;
  constraint?: string;
  driverError?: PostgresError;
  message?: string;
}

/**
 * SQLSTATEs (PostgreSQL appendix A) and socket errors after which the same request may well succeed later:
 * connection exceptions, too many connections, shutdown, start-up, a statement that ran out of time, and transactions that
 * were in each other's way.
 */
const UNAVAILABLE =
  /^(08...|40001|40P01|53300|57P0[1-3]|57014|25P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
const UNAVAILABLE_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;

/** Whether the database cannot answer now, as opposed to refusing what was asked. */
export function isUnavailable(error: unknown): boolean {
  const candidate = (error as PostgresError | undefined)?.driverError ?? (error as PostgresError | undefined);
  if (!candidate) return false;
  if (candidate instanceof AggregateError) return candidate.errors.some(isUnavailable);
  return UNAVAILABLE.test(candidate.code ?? '') || UNAVAILABLE_MESSAGES.test(candidate.message ?? '');
}

/** Name of the unique constraint that refused a row, or undefined for any other error. */
export function uniqueViolation(error: unknown): string | undefined {
  const candidate = (error as PostgresError | undefined)?.driverError ?? (error as PostgresError | undefined);
  return candidate?.code === '23505' ? candidate.constraint : undefined;
}

/** Name of the check that refused a row, or undefined for any other error. */
export function checkViolation(error: unknown): string | undefined {
  const candidate = (error as PostgresError | undefined)?.driverError ?? (error as PostgresError | undefined);
  return candidate?.code === '23514' ? candidate.constraint : undefined;
}

/** Whether a row could not go, as others name it. */
export function isForeignKeyViolation(error: unknown): boolean {
  const candidate = (error as PostgresError | undefined)?.driverError ?? (error as PostgresError | undefined);
  return candidate?.code === '23503';
}
