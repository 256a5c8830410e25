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
  const told = TOLD.filter((name) => ['string', 'number'].includes(typeof members[name]));
  return {
    type: thrown.constructor.name,
    message: thrown.message,
    stack: thrown.stack,
    // `code` is the name of secrets in other records, hence redacted there.
    ...(members['code'] === undefined ? {} : { errorCode: members['code'] }),
    ...Object.fromEntries(told.map((name) => [name, members[name]])),
    ...(thrown.cause instanceof Error && depth < DEEPEST ? { cause: loggedError(thrown.cause, depth + 1) } : {}),
  };
}
