import { DomainError } from '@balcao/platform-errors';

/**
 * The one spelling in which a time zone is kept, however it was written: `America/Sao_Paulo` for `america/sao_paulo`.
 * @throws DomainError validation_failed for what this runtime does not know, and for offsets, whose sign PostgreSQL reads
 * the other way round
 */
export function canonicalTimeZone(value: string): string {
  try {
    if (/^[+-]/.test(value)) throw new RangeError(`${value} names no time zone`);
    return new Intl.DateTimeFormat('en-US', { timeZone: value }).resolvedOptions().timeZone;
  } catch (cause) {
    throw new DomainError('validation_failed', { fields: [{ path: 'timeZone', code: 'isTimeZone' }], cause });
  }
}
