import { Injectable } from '@nestjs/common';
import { STAFF_ROLE_PERMISSIONS, type ErrorCode, type FieldErrorCode } from '@balcao/contracts';
import { StaffService } from '@balcao/module-directory';
import { DomainError } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Outbox } from '@balcao/platform-outbox';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { InvitationService } from '../invitation.service.js';
import { statusFor } from './import-rows.js';
import { countRows } from './invitation-import.service.js';

/** Lines of one turn: the lists of others have theirs in between, and pages hear after each. */
const LINES_OF_A_TURN = 50;

interface Running {
  id: string;
  billingAccountId: string;
  portalId: string;
  createdById: string;
  createdByName: string;
}

interface WaitingRow {
  place: number;
  name: string;
  email: string;
  roleId: string | null;
}

/** A line that somebody else has done or stopped meanwhile. */
class NoLongerWaiting extends Error {}

/** Invites the people of a list, each in a transaction of their own with the mark on their line: nobody twice, nobody left out. */
@Injectable()
@JobHandler('invitations.import')
export class ImportRunner implements JobHandler<'invitations.import'> {
  constructor(
    private readonly database: Database,
    private readonly invitations: InvitationService,
    private readonly staff: StaffService,
    private readonly outbox: Outbox,
    private readonly events: Events,
  ) {}

  async handle({ payload, context: system }: HandledJob<'invitations.import'>, finish: Finish): Promise<void> {
    const running = await this.find(system!, payload.importId);
    if (!running) return this.database.transaction(system!, finish);
    const context = {
      ...system!,
      actor: { type: 'staff' as const, id: running.createdById, name: running.createdByName },
    };
    const rows = await this.waiting(context, running.id);
    const allowed = await this.mayInvite(context, running.createdById);
    for (const row of rows) await this.invite(context, running, row, allowed);
    await this.database.transaction(context, async (db) => {
      await countRows(db, running.id);
      const more = rows.length === LINES_OF_A_TURN;
      if (more) await this.outbox.add(db, context, 'invitations.import', { importId: running.id });
      else
        await db.execute(sql`
          update invitation_imports i set status = 'finished', finished_at = now()
          where ${db.tenant('i')} and i.id = ${running.id}::uuid and i.status = 'running'`);
      const ids = { invitationImportId: running.id };
      await this.events.publish(db, context, { name: 'invitation_import.advanced', ids });
      await finish(db);
    });
  }

  private async invite(
    context: OrganizationContext,
    running: Running,
    row: WaitingRow,
    allowed: boolean,
  ): Promise<void> {
    const { billingAccountId, portalId } = running;
    const person = { email: row.email, name: row.name, roleId: row.roleId ?? undefined };
    try {
      if (!allowed) throw new DomainError('permission_denied');
      await this.invitations.createAlong(context, { billingAccountId, portalId }, person, async (db) => {
        const marked = await db.first(sql`
          update invitation_import_rows r set status = 'invited'
          where ${db.tenant('r')} and r.import_id = ${running.id}::uuid and r.place = ${row.place} and r.status = 'waiting'
          returning r.place`);
        if (!marked) throw new NoLongerWaiting();
      });
    } catch (error) {
      if (error instanceof NoLongerWaiting) return;
      // What is no answer about this person is tried again, with the whole turn.
      if (!(error instanceof DomainError)) throw error;
      await this.refuse(context, running.id, row.place, problemOf(error));
    }
  }

  private async refuse(
    context: OrganizationContext,
    id: string,
    place: number,
    problem: FieldErrorCode,
  ): Promise<void> {
    await this.database.transaction(context, (db) =>
      db.execute(sql`
        update invitation_import_rows r set status = ${statusFor(problem)}, problem = ${problem}
        where ${db.tenant('r')} and r.import_id = ${id}::uuid and r.place = ${place} and r.status = 'waiting'`),
    );
  }

  private find(context: OrganizationContext, id: string): Promise<Running | undefined> {
    return this.database.read(context, (db) =>
      db.first<Running>(sql`
        select i.id, i.billing_account_id as "billingAccountId", i.portal_id as "portalId",
          i.created_by_id as "createdById", i.created_by_name as "createdByName"
        from invitation_imports i where ${db.tenant('i')} and i.id = ${id}::uuid and i.status = 'running'`),
    );
  }

  private waiting(context: OrganizationContext, id: string): Promise<WaitingRow[]> {
    return this.database.read(context, (db) =>
      db.query<WaitingRow>(sql`
        select r.place, r.name, r.email, r.role_id as "roleId" from invitation_import_rows r
        where ${db.tenant('r')} and r.import_id = ${id}::uuid and r.status = 'waiting' order by r.place
        limit ${LINES_OF_A_TURN}`),
    );
  }

  /** Whoever began it may have lost the say since. */
  private async mayInvite(context: OrganizationContext, id: string): Promise<boolean> {
    const person = await this.staff.get(context, id);
    // Somebody else's wrong passwords stop nobody's list.
    return person.status !== 'suspended' && STAFF_ROLE_PERMISSIONS[person.role].includes('invitations:write');
  }
}

/** What a refusal means for a line. */
function problemOf({ code, fields }: DomainError): FieldErrorCode {
  const told: Partial<Record<ErrorCode, FieldErrorCode>> = {
    email_taken: 'email_taken',
    invitation_waiting: 'invitation_waiting',
    invitation_domain_not_allowed: 'domain',
    rate_limited: 'invitationLimit',
  };
  return told[code] ?? fields[0]?.code ?? 'invitationFailed';
}
