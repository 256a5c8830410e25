export { DomainError, type FieldError } from './domain.error.js';
export { refusedField, unknownReference } from './refusals.js';
