import { v7 } from 'uuid';

/** A new UUIDv7 (RFC 9562): ids sort by the time of their making, so that indexes grow at one end. */
export function newId(): string {
  return v7();
}
