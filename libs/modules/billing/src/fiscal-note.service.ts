import { Injectable } from '@nestjs/common';
import { isNfseKey } from '@balcao/brazil';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Outbox } from '@balcao/platform-outbox';
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

/** What the file of a note says; nobody says otherwise. */
const OF_XML = ['number', 'accessKey', 'issuedOn'] as const;

/** The fiscal notes (NFS-e) of invoices, as staff write them down: issued elsewhere, kept and shown here. Those of files come by `FiscalXmlService`. */
@Injectable()
export class FiscalNoteService {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError validation_failed for a key whose check digit is another, not_found, invoice_not_open for a draft, fiscal_note_taken */
  async add(context: OrganizationContext, invoiceId: string, fields: FiscalNoteFields): Promise<void> {
    demandKey(fields);
    await this.changing(context, invoiceId, async (db, billingAccountId) => {
      const note = { id: newId(), billingAccountId, invoiceId, ...fields };
      await db.repository(FiscalNoteEntity).insert(note);
      return { action: 'staff.fiscal_note.create', id: note.id, after: note } as const;
    });
  }

  /** @throws DomainError as `add`, and fiscal_note_from_xml for other data than those of the note's file */
  async update(context: OrganizationContext, invoiceId: string, id: string, fields: FiscalNoteFields): Promise<void> {
    demandKey(fields);
    await this.changing(context, invoiceId, async (db) => {
      const before = found(await db.repository(FiscalNoteEntity).findOneBy({ id, invoiceId }));
      if (before.xmlKey && OF_XML.some((name) => before[name] !== fields[name]))
        throw new DomainError('fiscal_note_from_xml');
      // What is drawn of it says its status.
      const undrawn = before.xmlKey ? { documentKey: null, documentHash: null, documentBytes: null } : {};
      await db.repository(FiscalNoteEntity).update({ id }, { ...fields, ...undrawn });
      if (before.xmlKey) await this.outbox.add(db, context, 'billing.render-fiscal-note', { fiscalNoteId: id });
      return { action: 'staff.fiscal_note.update', id, before, after: { ...before, ...fields } } as const;
    });
  }

  /** Answers the keys of its files, which nothing names any more. @throws DomainError not_found */
  async remove(context: OrganizationContext, invoiceId: string, id: string): Promise<string[]> {
    let files: (string | null)[] = [];
    await this.changing(context, invoiceId, async (db) => {
      const before = found(await db.repository(FiscalNoteEntity).findOneBy({ id, invoiceId }));
      files = [before.xmlKey, before.eventXmlKey, before.documentKey];
      await db.execute(sql`delete from fiscal_notes f where ${db.tenant('f')} and f.id = ${id}::uuid`);
      return { action: 'staff.fiscal_note.delete', id, before } as const;
    });
    return files.filter((key) => key !== null);
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

function demandKey({ accessKey }: FiscalNoteFields): void {
  if (accessKey && !isNfseKey(accessKey)) throw refusedField('accessKey', 'nfseKey');
}
