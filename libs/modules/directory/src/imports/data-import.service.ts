import { Injectable } from '@nestjs/common';
import type { FieldErrorCode, JobName } from '@balcao/contracts';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Outbox } from '@balcao/platform-outbox';
import {
  Database,
  countedPage,
  empty,
  refusing,
  sql,
  type Db,
  type OrganizationContext,
  type StaffContext,
} from '@balcao/platform-tenancy';

export const IMPORT_STATUSES = ['checked', 'running', 'finished', 'stopped'] as const;
export type DataImportStatus = (typeof IMPORT_STATUSES)[number];
export const IMPORT_ROW_STATUSES = ['waiting', 'created', 'updated', 'known', 'refused'] as const;
export type ImportRowStatus = (typeof IMPORT_ROW_STATUSES)[number];
export type ImportKind = 'accounts' | 'invoices';

/** A row as it was read and checked. */
export interface CheckedRow {
  line: number;
  /** Which customer or invoice it is of, counted in the order of their first rows. */
  item: number;
  title: string;
  detail: string;
  cells: string[];
  /** Of the first row of an item: what is going to be written, as JSON keeps it. */
  record?: object;
  plan?: 'create' | 'update';
  status: 'waiting' | 'known' | 'refused';
  problem?: FieldErrorCode;
  /** Of the column in which it is. */
  heading?: string;
}

export interface NewImport {
  fileName: string;
  /** As they were chosen, for the worker. */
  options: object;
  headings: string[];
  /** What is told of the whole file. */
  summary: object;
  rows: readonly CheckedRow[];
}

export interface DataImport {
  id: string;
  status: DataImportStatus;
  fileName: string;
  options: object;
  headings: string[];
  summary: object;
  /** How many the file has. */
  lines: number;
  waiting: number;
  created: number;
  updated: number;
  known: number;
  refused: number;
  createdByName: string;
  createdAt: Date;
  finishedAt: Date | null;
}

export interface DataImportRow {
  place: number;
  line: number;
  title: string;
  detail: string;
  cells: string[];
  plan: 'create' | 'update' | null;
  status: ImportRowStatus;
  problem: FieldErrorCode | null;
  heading: string | null;
}

const KINDS = {
  accounts: { audit: 'account_import', job: 'accounts.import', permission: 'customers:write' },
  invoices: { audit: 'invoice_import', job: 'invoices.import', permission: 'invoices:write' },
} as const satisfies Record<ImportKind, { audit: string; job: JobName; permission: string }>;
export const jobOf = (kind: ImportKind) => KINDS[kind].job;
export const permissionFor = (kind: ImportKind) => KINDS[kind].permission;

/** Rows that are written in one statement. */
const ROWS_AT_ONCE = 1_000;

/** Files of customers or invoices: checked first, as a whole; then somebody starts them, and the worker writes. */
@Injectable()
export class DataImportService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  /** Keeps a file that was checked. Of what the same person had checked before and not started nothing stays. */
  async create(
    context: StaffContext,
    kind: ImportKind,
    { fileName, options, headings, summary, rows }: NewImport,
  ): Promise<DataImport> {
    const id = newId();
    const { id: createdById, name } = context.actor;
    await this.database.transaction(context, async (db) => {
      await db.execute(sql`
        delete from data_imports i where ${db.tenant('i')} and i.kind = ${kind} and i.status = 'checked'
          and i.created_by_id = ${createdById}::uuid`);
      await db.execute(sql`
        insert into data_imports (id, kind, file_name, options, headings, summary, total, created_by_id, created_by_name)
        values (${id}::uuid, ${kind}, ${fileName}, ${JSON.stringify(options)}::jsonb, ${headings}::text[],
          ${JSON.stringify(summary)}::jsonb, ${rows.length}, ${createdById}::uuid, ${name})`);
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
        await insertRows(db, id, rows.slice(from, from + ROWS_AT_ONCE), from);
      await countRows(db, id);
      await this.audit.record(db, context, {
        action: `staff.${KINDS[kind].audit}.create`,
        target: { type: KINDS[kind].audit, id },
        changes: { after: { fileName, rows: rows.length, ...options } },
      });
    });
    return this.get(context, kind, id);
  }

  /** Newest first, without what was only checked. */
  async list(
    context: OrganizationContext,
    kind: ImportKind,
    page: { limit: number; offset: number },
  ): Promise<{ rows: DataImport[]; total: number }> {
    return this.database.read(context, (db) =>
      countedPage<DataImport>(
        db,
        ({ limit, offset }) => sql`
          select ${COLUMNS}, count(*) over ()::integer as total from data_imports i
          where ${db.tenant('i')} and i.kind = ${kind} and i.status <> 'checked'
          order by i.created_at desc, i.id desc limit ${limit} offset ${offset}`,
        page,
      ),
    );
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, kind: ImportKind, id: string): Promise<DataImport> {
    return this.database.read(context, async (db) =>
      found(
        await db.first<DataImport>(sql`
          select ${COLUMNS} from data_imports i where ${db.tenant('i')} and i.kind = ${kind} and i.id = ${id}::uuid`),
      ),
    );
  }

  /** The rows in their order, or those of one status. @throws DomainError not_found */
  async rows(
    context: OrganizationContext,
    kind: ImportKind,
    id: string,
    { status, limit, offset }: { status?: ImportRowStatus; limit: number; offset: number },
  ): Promise<{ rows: DataImportRow[]; total: number }> {
    await this.get(context, kind, id);
    return this.database.read(context, (db) =>
      countedPage<DataImportRow>(
        db,
        (page) => sql`
          select r.place, r.line, r.title, r.detail, r.cells, r.plan, r.status, r.problem, r.heading,
            count(*) over ()::integer as total
          from data_import_rows r where ${db.tenant('r')} and r.import_id = ${id}::uuid ${status ? sql`and r.status = ${status}` : empty}
          order by r.place limit ${page.limit} offset ${page.offset}`,
        { limit, offset },
      ),
    );
  }

  /** The rows that were refused, so many at a time, for a file of them. */
  async *refusedRows(context: OrganizationContext, kind: ImportKind, id: string): AsyncGenerator<DataImportRow[]> {
    for (let offset = 0; ; offset += ROWS_AT_ONCE) {
      const page = { status: 'refused', limit: ROWS_AT_ONCE, offset } as const;
      const { rows } = await this.rows(context, kind, id, page);
      if (rows.length > 0) yield rows;
      if (rows.length < ROWS_AT_ONCE) return;
    }
  }

  /**
   * Leaves what waits to the worker.
   * @throws DomainError not_found, import_not_ready, import_running where another one is under way
   */
  async start(context: StaffContext, kind: ImportKind, id: string): Promise<DataImport> {
    await this.get(context, kind, id);
    await this.database.transaction(context, async (db) => {
      const started = await refusing({ data_imports_one_running: 'import_running' }, () =>
        db.first(sql`
          update data_imports i set status = 'running', created_by_id = ${context.actor.id}::uuid, created_by_name = ${context.actor.name}
          where ${db.tenant('i')} and i.id = ${id}::uuid and i.status = 'checked' returning i.id`),
      );
      if (!started) throw new DomainError('import_not_ready');
      await this.outbox.add(db, context, jobOf(kind), { importId: id });
      await this.audit.record(db, context, {
        action: `staff.${KINDS[kind].audit}.start`,
        target: { type: KINDS[kind].audit, id },
      });
      await this.advance(db, context, kind, id);
    });
    return this.get(context, kind, id);
  }

  /** Writes nothing more of it; what was written stays. @throws DomainError not_found */
  async stop(context: StaffContext, kind: ImportKind, id: string): Promise<DataImport> {
    await this.get(context, kind, id);
    await this.database.transaction(context, async (db) => {
      if (!(await this.end(db, context, kind, id))) return;
      await this.audit.record(db, context, {
        action: `staff.${KINDS[kind].audit}.stop`,
        target: { type: KINDS[kind].audit, id },
      });
    });
    return this.get(context, kind, id);
  }

  /** Ends what has not ended, in the transaction of whoever says so. @returns whether there was anything to end */
  async end(db: Db, context: OrganizationContext, kind: ImportKind, id: string): Promise<boolean> {
    const stopped = await db.first(sql`
      update data_imports i set status = 'stopped', finished_at = now()
      where ${db.tenant('i')} and i.id = ${id}::uuid and i.status in ('checked', 'running') returning i.id`);
    if (!stopped) return false;
    await db.execute(sql`
      update data_import_rows r set status = 'refused', problem = 'importStopped'
      where ${db.tenant('r')} and r.import_id = ${id}::uuid and r.status = 'waiting'`);
    await this.advance(db, context, kind, id);
    return true;
  }

  /** Counts anew, and tells open pages. */
  async advance(db: Db, context: OrganizationContext, kind: ImportKind, id: string): Promise<void> {
    await countRows(db, id);
    await this.events.publish(
      db,
      context,
      kind === 'accounts'
        ? { name: 'account_import.advanced', ids: { accountImportId: id } }
        : { name: 'invoice_import.advanced', ids: { invoiceImportId: id } },
    );
  }
}

const COLUMNS = sql`i.id, i.status, i.file_name as "fileName", i.options, i.headings, i.summary, i.total as lines, i.waiting, i.created, i.updated,
  i.known, i.refused, i.created_by_name as "createdByName", i.created_at as "createdAt", i.finished_at as "finishedAt"`;

/** Brings the numbers of an import to what its rows say. */
async function countRows(db: Db, id: string): Promise<void> {
  await db.execute(sql`
    update data_imports i set (waiting, created, updated, known, refused) = (
      select count(*) filter (where r.status = 'waiting'), count(*) filter (where r.status = 'created'),
        count(*) filter (where r.status = 'updated'), count(*) filter (where r.status = 'known'),
        count(*) filter (where r.status = 'refused')
      from data_import_rows r where ${db.tenant('r')} and r.import_id = i.id)
    where ${db.tenant('i')} and i.id = ${id}::uuid`);
}

const insertRows = (db: Db, id: string, rows: readonly CheckedRow[], from: number) =>
  db.execute(sql`
    insert into data_import_rows (import_id, place, line, item, title, detail, cells, record, plan, status, problem, heading)
    select ${id}::uuid, r.place, r.line, r.item, r.title, r.detail, array(select jsonb_array_elements_text(r.cells)), r.record, r.plan,
      r.status, r.problem, r.heading
    from jsonb_to_recordset(${JSON.stringify(rows.map((row, place) => ({ ...row, place: from + place })))}::jsonb) as
      r(place integer, line integer, item integer, title text, detail text, cells jsonb, record jsonb, plan text, status text,
        problem text, heading text)`);
