import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import { sql, type Context, type Db } from '@balcao/platform-tenancy';
import { changedMembers, type AuditChanges } from './audit-changes.js';

/** One thing that somebody did. */
export interface AuditEntry {
  action: AuditAction;
  /** What it was done to. */
  target: { type: string; id?: string };
  /** Customer whose audit shows it; in account scope, that account unless told otherwise. */
  billingAccountId?: string;
  /** The target before and after: unchanged members and secrets are left out. */
  changes?: AuditChanges;
}

/** Append-only record of every mutation. No role of a running process can change or delete a row. */
@Injectable()
export class Audit {
  /**
   * Records an entry in the caller's transaction, so that deed and record exist together or not at all. Where the
   * context has no organization (operators), `db` must be the platform's.
   */
  async record(db: Db, context: Context, { action, target, billingAccountId, changes }: AuditEntry): Promise<void> {
    const account = billingAccountId ?? (context.scope?.kind === 'account' ? context.scope.billingAccountId : null);
    const changed = changes && changedMembers(changes);
    db.commitsFor(context);
    await db.execute(sql`
      insert into audit_log (organization_id, id, billing_account_id, actor_type, actor_id, action, target_type, target_id,
        request_id, ip, user_agent, changes)
      values (${context.organizationId ?? null}::uuid, ${newId()}::uuid, ${account}::uuid, ${context.actor.type},
        ${context.actor.id ?? null}::uuid, ${action}, ${target.type}, ${target.id ?? null}::uuid, ${context.requestId},
        ${context.client?.ip ?? null}, ${context.client?.userAgent ?? null},
        ${changed ? JSON.stringify(changed) : null}::jsonb)`);
  }
}
