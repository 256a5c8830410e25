import { isDay } from '@balcao/money';
import { refusedField } from '@balcao/platform-errors';

/** What a row is placed by in a list, most significant first: times, days (`2026-12-31`), ranks, and its id last. */
export type CursorKeys = readonly (Date | number | string)[];
export type CursorKind = 'time' | 'day' | 'rank' | 'id';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Years 1 to 9999, which a database and a person can both read. */
const TIMES = [-62_135_596_800_000, 253_402_300_799_999] as const;

/** Opaque text for `pagination.nextCursor`: where a page ended. It names the order it belongs to. */
export function encodeCursor(order: string, keys: CursorKeys): string {
  const plain = keys.map((key) => (key instanceof Date ? key.getTime() : key));
  return Buffer.from(JSON.stringify([order, ...plain])).toString('base64url');
}

/** @throws DomainError validation_failed for a text that we did not make, or made for another order */
export function decodeCursor(order: string, text: string, kinds: readonly CursorKind[]): CursorKeys {
  const parsed = parse(text);
  if (Array.isArray(parsed) && parsed.length === kinds.length + 1 && parsed[0] === order) {
    const keys = kinds.map((kind, place) => keyOf(kind, parsed[place + 1]));
    if (keys.every((key) => key !== undefined)) return keys;
  }
  throw refusedField('cursor', 'cursor');
}

function keyOf(kind: CursorKind, value: unknown): Date | number | string | undefined {
  if (kind === 'id') return typeof value === 'string' && UUID.test(value) ? value : undefined;
  if (kind === 'day') return typeof value === 'string' && isDay(value) ? value : undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) return undefined;
  if (kind === 'rank') return Math.abs(value) <= 32_767 ? value : undefined;
  return value >= TIMES[0] && value <= TIMES[1] ? new Date(value) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
