export { DomainError, type FieldError } from './domain.error.js';
export { found, refusedField, unknownReference } from './refusals.js';
