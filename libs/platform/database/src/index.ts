export { connectionUrls, type ConnectionUrls, type DatabaseRole } from './connection-urls.js';
export { ChannelListener } from './channel-listener.js';
export { DatabaseClient, poolLimits } from './database-client.js';
export { createDataSource, type PoolOptions } from './data-source.js';
export { checkViolation, isUnavailable, isForeignKeyViolation, uniqueViolation } from './postgres-errors.js';
export { ForeignSchemaError, migrate, MIGRATION_LOCK, MIGRATIONS_FOLDER, missingMigrations } from './migrate.js';
export { newId } from './new-id.js';
