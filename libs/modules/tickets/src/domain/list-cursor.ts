import { isUUID } from 'class-validator';
import { refusedField } from '@balcao/platform-errors';

/** The last row of a page: the next one begins behind it, whatever was added in front meanwhile. */
export interface ListCursor {
  at: Date;
  id: string;
}

/** Opaque text for `pagination.nextCursor`. It names the order it belongs to. */
export function encodeCursor(sort: string, { at, id }: ListCursor): string {
  return Buffer.from(JSON.stringify([sort, at.getTime(), id])).toString('base64url');
}

/** @throws DomainError validation_failed for a text that we did not make, or made for another order */
export function decodeCursor(sort: string, text: string): ListCursor {
  const parsed = parse(text);
  if (Array.isArray(parsed)) {
    const [cursorSort, time, id] = parsed as unknown[];
    const at = new Date(typeof time === 'number' ? time : NaN);
    if (cursorSort === sort && !Number.isNaN(at.getTime()) && isUUID(id)) return { at, id: id as string };
  }
  throw refusedField('cursor', 'cursor');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
