/** Members of an error that say what failed without saying whose data it was. */
const TOLD = ['schema', 'table', 'column', 'constraint', 'routine', 'syscall', 'responseCode', 'command'] as const;
const DEEPEST = 3;

/**
 * An error as the log shows it. Errors of the database carry the statement's parameters and the offending values, among
 * them addresses and hashes of passwords, so members are chosen one by one.
 */
export function loggedError(thrown: unknown, depth = 0): unknown {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const members = thrown as Error & Record<string, unknown>;
  const message = wordsOf(members);
  const told = TOLD.filter((name) => ['string', 'number'].includes(typeof members[name]));
  return {
    type: thrown.constructor.name,
    message,
    stack: thrown.stack?.replaceAll(thrown.message, () => message),
    // `code` is the name of secrets in other records, hence redacted there.
    ...(members['code'] === undefined ? {} : { errorCode: members['code'] }),
    ...Object.fromEntries(told.map((name) => [name, members[name]])),
    ...(thrown.cause instanceof Error && depth < DEEPEST ? { cause: loggedError(thrown.cause, depth + 1) } : {}),
  };
}

/** PostgreSQL quotes a value that it cannot take in the message itself (class 22, data exceptions). */
function wordsOf({ message, code, routine, cause }: Error & Record<string, unknown>): string {
  if (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)) return `data exception ${code} in ${String(routine)}`;
  // Whoever wraps such an error may repeat its message.
  return cause instanceof Error && cause.message !== '' && message.includes(cause.message)
    ? message.replaceAll(cause.message, () => wordsOf(cause as Error & Record<string, unknown>))
    : message;
}
