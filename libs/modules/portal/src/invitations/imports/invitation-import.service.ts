import { Injectable } from '@nestjs/common';
import type { FieldErrorCode } from '@balcao/contracts';
import { RoleService, accountToJoin } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Outbox } from '@balcao/platform-outbox';
import {
  Database,
  countedPage,
  refusing,
  sql,
  type Db,
  type OrganizationContext,
  type Sql,
  type StaffContext,
} from '@balcao/platform-tenancy';
import { InvitationChecks } from '../invitation-checks.js';
import { InvitationLimits } from '../invitation-limits.js';
import type { InvitationTarget } from '../invitation.service.js';
import { openPortal } from '../open-portal.js';
import { statusFor, withRoles, type ImportRow, type ListedPerson } from './import-rows.js';

export const IMPORT_STATUSES = ['running', 'finished', 'stopped'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

export interface InvitationImport {
  id: string;
  status: ImportStatus;
  billingAccount: { id: string; name: string };
  /** How many the list has. */
  lines: number;
  invited: number;
  known: number;
  refused: number;
  createdByName: string;
  createdAt: Date;
  finishedAt: Date | null;
}

/** A line that invited nobody. */
export interface RefusedLine extends Omit<ListedPerson, 'problem'> {
  problem: FieldErrorCode;
}

/** As many as are read at once where somebody looks at what was refused: all of them. */
export const MOST_LINES = 2_000;

/** Lists of people whom staff invite into one account: the good lines are invited by the worker, the others told of. */
@Injectable()
export class InvitationImportService {
  constructor(
    private readonly database: Database,
    private readonly roles: RoleService,
    private readonly checks: InvitationChecks,
    private readonly limits: InvitationLimits,
    private readonly outbox: Outbox,
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError import_running */
  async requireNoneRunning(context: OrganizationContext): Promise<void> {
    const running = await this.database.read(context, (db) =>
      db.first(sql`select 1 from invitation_imports i where ${db.tenant('i')} and i.status = 'running' limit 1`),
    );
    if (running) throw new DomainError('import_running');
  }

  /**
   * Keeps the list with what is wrong with it so far, and leaves the rest to the worker.
   * @throws DomainError import_running, PORTAL_INVITATIONS_DISABLED, rate_limited where today's mails do not do,
   *   validation_failed for an account, a portal or a role that there is not
   */
  async create(
    context: StaffContext,
    { roleId, ...target }: InvitationTarget & { roleId?: string },
    people: readonly ListedPerson[],
  ): Promise<InvitationImport> {
    const id = newId();
    const roles = await this.roles.list(context);
    if (roleId && !roles.some(({ id: known }) => known === roleId)) throw refusedField('roleId', 'notGrantable');
    const read = withRoles(people, roles, roleId);
    await this.limits.requireRoom(context, read.filter(({ status }) => status === 'waiting').length);
    await this.database.transaction(context, async (db) => {
      const account = await accountToJoin(db, target.billingAccountId);
      const portal = await openPortal(db, target.portalId);
      const waiting = read.filter(({ status }) => status === 'waiting');
      const { problems } = await this.checks.examine(db, context, portal, account, waiting);
      for (const { index, code } of problems.reverse())
        Object.assign(waiting[index]!, { problem: code, status: statusFor(code) });
      await refusing({ invitation_imports_one_running: 'import_running' }, () =>
        db.execute(sql`
          insert into invitation_imports (id, billing_account_id, portal_id, total, created_by_id, created_by_name)
          values (${id}::uuid, ${account.id}::uuid, ${portal.id}::uuid, ${read.length}, ${context.actor.id}::uuid,
            ${context.actor.name})`),
      );
      await insertRows(db, id, read);
      await this.outbox.add(db, context, 'invitations.import', { importId: id });
      await this.audit.record(db, context, {
        action: 'staff.invitation_import.create',
        target: { type: 'invitation_import', id },
        billingAccountId: account.id,
        changes: { after: { lines: read.length } },
      });
      await this.advance(db, context, id);
    });
    return this.get(context, id);
  }

  /** Newest first. */
  async list(
    context: OrganizationContext,
    page: { limit: number; offset: number },
  ): Promise<{ rows: InvitationImport[]; total: number }> {
    return this.database.read(context, (db) =>
      countedPage<InvitationImport>(
        db,
        ({ limit, offset }) => sql`
          ${columns()}, count(*) over ()::integer as total ${tables(db)}
          order by i.created_at desc, i.id desc limit ${limit} offset ${offset}`,
        page,
      ),
    );
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<InvitationImport> {
    return this.database.read(context, async (db) =>
      found(await db.first<InvitationImport>(sql`${columns()} ${tables(db)} and i.id = ${id}::uuid`)),
    );
  }

  /** The lines that invited nobody though they were meant to, in their order. @throws DomainError not_found */
  async refused(context: OrganizationContext, id: string): Promise<RefusedLine[]> {
    await this.get(context, id);
    return this.database.read(context, (db) =>
      db.query<RefusedLine>(sql`
        select r.line, r.name, r.email, r.role, r.problem from invitation_import_rows r
        where ${db.tenant('r')} and r.import_id = ${id}::uuid and r.status = 'refused' order by r.place limit ${MOST_LINES}`),
    );
  }

  /** Invites nobody else of the list; who was invited stays so. @throws DomainError not_found */
  async stop(context: StaffContext, id: string): Promise<InvitationImport> {
    const { billingAccount } = await this.get(context, id);
    await this.database.transaction(context, async (db) => {
      const stopped = await db.first(sql`
        update invitation_imports i set status = 'stopped', finished_at = now()
        where ${db.tenant('i')} and i.id = ${id}::uuid and i.status = 'running' returning i.id`);
      if (!stopped) return;
      await db.execute(sql`
        update invitation_import_rows r set status = 'refused', problem = 'invitationStopped'
        where ${db.tenant('r')} and r.import_id = ${id}::uuid and r.status = 'waiting'`);
      await this.audit.record(db, context, {
        action: 'staff.invitation_import.stop',
        target: { type: 'invitation_import', id },
        billingAccountId: billingAccount.id,
      });
      await this.advance(db, context, id);
    });
    return this.get(context, id);
  }

  private async advance(db: Db, context: OrganizationContext, id: string): Promise<void> {
    await countRows(db, id);
    await this.events.publish(db, context, { name: 'invitation_import.advanced', ids: { invitationImportId: id } });
  }
}

/** Brings the numbers of an import to what its rows say. */
export async function countRows(db: Db, id: string): Promise<void> {
  await db.execute(sql`
    update invitation_imports i set (invited, known, refused) = (
      select count(*) filter (where r.status = 'invited'), count(*) filter (where r.status = 'known'),
        count(*) filter (where r.status = 'refused')
      from invitation_import_rows r where ${db.tenant('r')} and r.import_id = i.id)
    where ${db.tenant('i')} and i.id = ${id}::uuid`);
}

const insertRows = (db: Db, id: string, rows: readonly ImportRow[]) =>
  db.execute(sql`
    insert into invitation_import_rows (import_id, place, line, name, email, role, role_id, status, problem)
    select ${id}::uuid, r.* from unnest(${rows.map((_row, place) => place)}::integer[], ${rows.map(({ line }) => line)}::integer[],
      ${rows.map(({ name }) => name)}::text[], ${rows.map(({ email }) => email)}::text[], ${rows.map(({ role }) => role)}::text[],
      ${rows.map(({ roleId }) => roleId ?? null)}::uuid[], ${rows.map(({ status }) => status)}::text[],
      ${rows.map(({ problem }) => problem ?? null)}::text[]) r`);

const columns = (): Sql => sql`
  select i.id, i.status, i.total as lines, i.invited, i.known, i.refused, i.created_by_name as "createdByName",
    i.created_at as "createdAt", i.finished_at as "finishedAt", json_build_object('id', a.id, 'name', a.name) as "billingAccount"`;

const tables = (db: Db): Sql => sql`
  from invitation_imports i
  join billing_accounts a on a.organization_id = i.organization_id and a.id = i.billing_account_id
  where ${db.tenant('i')}`;
