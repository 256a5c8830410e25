import type { AppConfig, Secrets } from '@balcao/platform-config';
import { connectionUrls, createDataSource } from '@balcao/platform-database';
import type { Logger } from '@balcao/platform-logging';
import { Database } from '@balcao/platform-tenancy';
import {
  BillingAccountEntity,
  PortalEntity,
  PortalUserEntity,
  RoleEntity,
  StaffUserEntity,
} from '@balcao/module-directory/entities';
import { InvitationEntity } from '@balcao/module-portal/entities';
import { TicketCommentEntity, TicketEntity } from '@balcao/module-tickets/entities';

/** The relay and its jobs mark their rows as the platform's role. */
const PLATFORM_POOL_SIZE = 6;

const ENTITIES = [
  BillingAccountEntity,
  InvitationEntity,
  PortalEntity,
  PortalUserEntity,
  RoleEntity,
  StaffUserEntity,
  TicketCommentEntity,
  TicketEntity,
];

/** The worker's database: one pool of the app's role, one of the platform's. */
export function createDatabase(config: AppConfig, secrets: Secrets, logger: Logger): Database {
  const urls = connectionUrls(config, secrets);
  const limits = {
    waitMs: config.databasePoolWaitMs,
    statementTimeoutMs: config.databaseStatementTimeoutMs,
    entities: ENTITIES,
  };
  return new Database({
    app: createDataSource({
      ...limits,
      url: urls.app,
      applicationName: 'balcao-worker',
      size: config.databasePoolSize,
    }),
    platform: createDataSource({
      ...limits,
      url: urls.platform,
      applicationName: 'balcao-worker-platform',
      size: PLATFORM_POOL_SIZE,
    }),
    logger,
  });
}
