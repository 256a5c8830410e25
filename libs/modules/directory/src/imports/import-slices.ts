import { Injectable } from '@nestjs/common';
import { STAFF_ROLE_PERMISSIONS, type FieldErrorCode } from '@balcao/contracts';
import { Outbox } from '@balcao/platform-outbox';
import type { Finish } from '@balcao/platform-outbox/worker';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { StaffService } from '../staff.service.js';
import {
  DataImportService,
  jobOf,
  permissionFor,
  type ImportKind,
  type ImportRowStatus,
} from './data-import.service.js';

/** A customer or an invoice that waits to be written. */
export interface WaitingItem<Item> {
  item: number;
  record: Item;
}

/** What became of one. */
export interface ItemOutcome {
  item: number;
  status: Exclude<ImportRowStatus, 'waiting'>;
  problem?: FieldErrorCode;
}

/** How the items of a kind are written: all of a slice in the transaction that marks them. */
export interface ItemWriter<Item, Options> {
  kind: ImportKind;
  /** Items of one turn: other jobs have theirs in between, and pages hear after each. */
  itemsOfATurn: number;
  write(db: Db, context: OrganizationContext, options: Options, items: WaitingItem<Item>[]): Promise<ItemOutcome[]>;
}

interface Running<Options> {
  options: Options;
  createdById: string;
  createdByName: string;
}

/**
 * The worker's part of an import. A turn is one transaction that holds the import's row first: what was written and the mark on
 * its rows are there together or not at all, and two deliveries wait for each other. So whoever dies halfway doubles nothing.
 */
@Injectable()
export class ImportSlices {
  constructor(
    private readonly database: Database,
    private readonly imports: DataImportService,
    private readonly staff: StaffService,
    private readonly outbox: Outbox,
  ) {}

  async run<Item, Options>(
    system: OrganizationContext,
    importId: string,
    { kind, itemsOfATurn, write }: ItemWriter<Item, Options>,
    finish: Finish,
  ): Promise<void> {
    const starter = await this.database.read(system, (db) => this.running(db, importId));
    const allowed = starter && (await this.mayImport(system, kind, starter.createdById));
    await this.database.transaction(system, async (db) => {
      const running = await this.running<Options>(db, importId, true);
      if (!running) return finish(db);
      const context = {
        ...system,
        actor: { type: 'staff' as const, id: running.createdById, name: running.createdByName },
      };
      if (!allowed) {
        await this.imports.end(db, context, kind, importId);
        return finish(db);
      }
      const items = await waitingItems<Item>(db, importId, itemsOfATurn);
      if (items.length > 0) await mark(db, importId, await write(db, context, running.options, items));
      if (items.length === itemsOfATurn) await this.outbox.add(db, context, jobOf(kind), { importId });
      else
        await db.execute(sql`
          update data_imports i set status = 'finished', finished_at = now() where ${db.tenant('i')} and i.id = ${importId}::uuid`);
      await this.imports.advance(db, context, kind, importId);
      await finish(db);
    });
  }

  private async running<Options>(db: Db, id: string, hold = false): Promise<Running<Options> | undefined> {
    return db.first<Running<Options>>(sql`
      select i.options, i.created_by_id as "createdById", i.created_by_name as "createdByName" from data_imports i
      where ${db.tenant('i')} and i.id = ${id}::uuid and i.status = 'running' ${hold ? sql`for no key update` : sql``}`);
  }

  /** Whoever started it may have lost the say since. */
  private async mayImport(context: OrganizationContext, kind: ImportKind, id: string): Promise<boolean> {
    const person = await this.staff.get(context, id);
    // Somebody else's wrong passwords stop nobody's import.
    return person.status !== 'suspended' && STAFF_ROLE_PERMISSIONS[person.role].includes(permissionFor(kind));
  }
}

const waitingItems = <Item>(db: Db, id: string, most: number) =>
  db.query<WaitingItem<Item>>(sql`
    select r.item, r.record from data_import_rows r
    where ${db.tenant('r')} and r.import_id = ${id}::uuid and r.status = 'waiting' and r.record is not null
    order by r.item limit ${most}`);

const mark = (db: Db, id: string, outcomes: readonly ItemOutcome[]) =>
  db.execute(sql`
    update data_import_rows r set status = o.status, problem = o.problem
    from unnest(${outcomes.map(({ item }) => item)}::integer[], ${outcomes.map(({ status }) => status)}::text[],
      ${outcomes.map(({ problem }) => problem ?? null)}::text[]) as o(item, status, problem)
    where ${db.tenant('r')} and r.import_id = ${id}::uuid and r.item = o.item and r.status = 'waiting'`);
