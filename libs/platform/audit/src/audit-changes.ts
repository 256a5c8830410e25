/** A thing before and after. One side is absent when the thing was created or deleted. */
export interface AuditChanges {
  before?: object | null;
  after?: object | null;
}

type Members = Record<string, unknown>;

/** Names of members whose values never stand in the audit, at any depth; a yes or no is no secret. */
const SECRET =
  /pass(word|code|phrase)|token|hash|secret|credential|authorization|cookie|api_?key|private_?key|recovery/i;
const LONGEST_TEXT = 4_000;
const DEEPEST = 5;

/** The members that differ, without secrets. Undefined when none is left. */
export function changedMembers({ before, after }: AuditChanges): { before?: Members; after?: Members } | undefined {
  const old = clean(before);
  const fresh = clean(after);
  if (!old || !fresh) {
    const only = { ...(old && { before: old }), ...(fresh && { after: fresh }) };
    return Object.keys(only).length > 0 ? only : undefined;
  }
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].filter(
    (name) => JSON.stringify(old[name]) !== JSON.stringify(fresh[name]),
  );
  if (names.length === 0) return undefined;
  const pick = (members: Members) => Object.fromEntries(names.map((name) => [name, members[name] ?? null]));
  return { before: pick(old), after: pick(fresh) };
}

function clean(value: object | null | undefined): Members | undefined {
  return value ? (cleanValue(value, 0) as Members) : undefined;
}

function cleanValue(value: unknown, depth: number): unknown {
  // PostgreSQL's jsonb cannot hold NUL or a lone surrogate.
  if (typeof value === 'string') return value.slice(0, LONGEST_TEXT).replaceAll('\0', '').toWellFormed();
  // Money, which stays within what a number holds.
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return value.toISOString();
  if (depth >= DEEPEST) return '…';
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => (!SECRET.test(name) || typeof member === 'boolean') && member !== undefined)
      .map(([name, member]) => [name, cleanValue(member, depth + 1)]),
  );
}
