import { DomainError } from '@balcao/platform-errors';

/** @throws DomainError validation_failed for a time zone that this runtime does not know */
export function requireTimeZone(value: string): void {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: value });
  } catch (cause) {
    throw new DomainError('validation_failed', {
      fields: [{ path: 'timeZone', code: 'isTimeZone' }],
      cause,
    });
  }
}
