import type { FieldErrorCode, FieldErrorParams } from '@balcao/contracts';
import { DomainError } from './domain.error.js';

/** The refusal of one field: where it stands in the input, and the rule that it breaks, whose text the catalogue has. */
export function refusedField(path: string, code: FieldErrorCode, params?: FieldErrorParams): DomainError {
  return new DomainError('validation_failed', { fields: [{ path, code, params }] });
}

/** What was looked for. @throws DomainError not_found where there is none */
export function found<Thing>(thing: Thing | null | undefined): Thing {
  if (thing === null || thing === undefined) throw new DomainError('not_found');
  return thing;
}

/** The refusal of a field that names nothing that is there, or nothing that may be named. */
export function unknownReference(path: string): DomainError {
  return refusedField(path, 'exists');
}
