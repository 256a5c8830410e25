import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Database, refusing, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { FiscalNoteEntity, type FiscalNoteStatus } from './persistence/billing.entities.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';

export interface FiscalNoteFields {
  number: string;
  accessKey?: string | null;
  verificationCode?: string | null;
  url?: string | null;
  issuedOn: string;
  status?: FiscalNoteStatus;
}

const TAKEN = { fiscal_notes_organization_id_access_key_key: 'fiscal_note_taken' } as const;

/** The fiscal notes (NFS-e) of invoices: issued elsewhere, kept and shown here. */
@Injectable()
export class FiscalNoteService {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /** @throws DomainError not_found, invoice_not_open for a draft, fiscal_note_taken */
  async add(context: OrganizationContext, invoiceId: string, fields: FiscalNoteFields): Promise<void> {
    await this.changing(context, invoiceId, async (db, billingAccountId) => {
      const note = { id: newId(), billingAccountId, invoiceId, ...fields };
      await db.repository(FiscalNoteEntity).insert(note);
      return { action: 'staff.fiscal_note.create', id: note.id, after: note } as const;
    });
  }

  /** @throws DomainError not_found, fiscal_note_taken */
  async update(context: OrganizationContext, invoiceId: string, id: string, fields: FiscalNoteFields): Promise<void> {
    await this.changing(context, invoiceId, async (db) => {
      const before = found(await db.repository(FiscalNoteEntity).findOneBy({ id, invoiceId }));
      await db.repository(FiscalNoteEntity).update({ id }, fields);
      return { action: 'staff.fiscal_note.update', id, before, after: { ...before, ...fields } } as const;
    });
  }

  /** @throws DomainError not_found */
  async remove(context: OrganizationContext, invoiceId: string, id: string): Promise<void> {
    await this.changing(context, invoiceId, async (db) => {
      const before = found(await db.repository(FiscalNoteEntity).findOneBy({ id, invoiceId }));
      await db.execute(sql`delete from fiscal_notes f where ${db.tenant('f')} and f.id = ${id}::uuid`);
      return { action: 'staff.fiscal_note.delete', id, before } as const;
    });
  }

  private async changing(
    context: OrganizationContext,
    invoiceId: string,
    work: (
      db: Db,
      billingAccountId: string,
    ) => Promise<{
      action: `staff.fiscal_note.${'create' | 'update' | 'delete'}`;
      id: string;
      before?: object;
      after?: object;
    }>,
  ): Promise<void> {
    await refusing(TAKEN, () =>
      this.database.transaction(context, async (db) => {
        const { billingAccountId, state } = found(await this.invoices.lock(db, invoiceId));
        if (state === 'draft') throw new DomainError('invoice_not_open');
        const { action, id, ...changes } = await work(db, billingAccountId);
        await this.audit.record(db, context, {
          action,
          target: { type: 'fiscal_note', id },
          billingAccountId,
          changes,
        });
        await this.events.publish(db, context, {
          name: 'invoice.updated',
          ids: { invoiceId },
          billingAccountId,
          portalUserId: undefined,
        });
      }),
    );
  }
}
