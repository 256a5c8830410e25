export { DomainError, type FieldError } from './domain.error.js';
