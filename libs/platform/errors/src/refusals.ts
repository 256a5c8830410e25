import type { FieldErrorCode, FieldErrorParams } from '@balcao/contracts';
import { DomainError } from './domain.error.js';

/** The refusal of one field: where it stands in the input, and the rule that it breaks, whose text the catalogue has. */
export function refusedField(path: string, code: FieldErrorCode, params?: FieldErrorParams): DomainError {
  return new DomainError('validation_failed', { fields: [{ path, code, params }] });
}

/** The refusal of a field that names nothing that is there, or nothing that may be named. */
export function unknownReference(path: string): DomainError {
  return refusedField(path, 'exists');
}
