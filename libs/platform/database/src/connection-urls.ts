import type { AppConfig, Secrets } from '@balcao/platform-config';

/** Roles of the database. Only the owner can change the schema; none of the others can bypass row-level security. */
export type DatabaseRole = 'balcao_app' | 'balcao_platform' | 'balcao_queue';

export interface ConnectionUrls {
  app: string;
  platform: string;
  queue: string;
}

/** Password of a role that this installation made itself: derived, so that nobody has to keep it. */
export function derivedRolePassword(secrets: Secrets, role: DatabaseRole): string {
  return secrets.key('database-password', role).toString('base64url');
}

/** The three connections of a running process; those that are not configured stand on DATABASE_URL's server. */
export function connectionUrls(config: AppConfig, secrets: Secrets): ConnectionUrls {
  const derive = (role: DatabaseRole) => {
    const url = new URL(config.databaseUrl!);
    url.username = role;
    url.password = derivedRolePassword(secrets, role);
    return url.toString();
  };
  return {
    app: config.databaseAppUrl ?? derive('balcao_app'),
    platform: config.databasePlatformUrl ?? derive('balcao_platform'),
    queue: config.databaseQueueUrl ?? derive('balcao_queue'),
  };
}
