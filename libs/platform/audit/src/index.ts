export { Audit, type AuditEntry } from './audit.js';
export type { AuditChanges } from './audit-changes.js';
export { AuditModule } from './audit.module.js';
