import { DomainError } from './domain.error.js';

/** The refusal of one field: where it stands in the input, a stable code, and a text for people. */
export function refusedField(path: string, code: string, message: string): DomainError {
  return new DomainError('validation_failed', { fields: [{ path, code, message }] });
}

/** The refusal of a field that names nothing that is there, or nothing that may be named. */
export function unknownReference(path: string): DomainError {
  return refusedField(path, 'exists', `${path} names nothing that exists`);
}
