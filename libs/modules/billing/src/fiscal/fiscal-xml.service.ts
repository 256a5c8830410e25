import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Outbox } from '@balcao/platform-outbox';
import { Storage } from '@balcao/platform-storage';
import {
  assignments,
  columnsOf,
  Database,
  insertInto,
  refusing,
  sql,
  type Db,
  type OrganizationContext,
} from '@balcao/platform-tenancy';
import { FiscalNoteService } from '../fiscal-note.service.js';
import type { FiscalNoteEntity } from '../persistence/billing.entities.js';
import { InvoiceRepository } from '../persistence/invoice.repository.js';
import { NfseRefusal, readNfse, type NfseEvent, type NfseNote } from './nfse-xml.js';

/** What became of a file: its note is new here, was here already, or counts no more since then. */
type FiscalXmlOutcome = 'added' | 'known' | 'cancelled' | 'replaced';

interface Taken {
  outcome: FiscalXmlOutcome;
  /** Key of a printed form that says no more what is so. */
  replaced?: string | null;
}

/** A file that is kept: undone where what was to name it does not come about. */
interface KeptXml {
  key: string;
  bytes: number;
}

/** Who is said to be whom on an invoice, and by the organization and the customer today. */
interface Parties {
  organizationTaxId: string | null;
  issuerTaxId: string | null;
  accountTaxId: string | null;
  billToTaxId: string | null;
}

type HeldNote = Pick<
  FiscalNoteEntity,
  'id' | 'invoiceId' | 'billingAccountId' | 'status' | 'xmlKey' | 'eventXmlKey' | 'documentKey'
>;

const TAKEN = { fiscal_notes_organization_id_access_key_key: 'fiscal_note_taken' } as const;
const HELD = columnsOf('f', ['id', 'invoiceId', 'billingAccountId', 'status', 'xmlKey', 'eventXmlKey', 'documentKey']);

/** Takes the files (XML) of national fiscal notes and of what became of them. Their digital signatures are not checked. */
@Injectable()
export class FiscalXmlService {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
    private readonly notes: FiscalNoteService,
    private readonly storage: Storage,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly outbox: Outbox,
  ) {}

  /** Before a file is read for it. @throws DomainError not_found for an invoice that there is not */
  async demandInvoice(context: OrganizationContext, invoiceId: string): Promise<void> {
    found(await this.database.read(context, (db) => this.invoices.accountOf(db, invoiceId)));
  }

  /**
   * Puts the note of a file on an invoice, or says of a note of this invoice what the file of an event says. The same file once
   * more changes nothing.
   * @param acceptsOtherTaker whether somebody has confirmed a note whose taker is not the invoice's customer
   * @throws DomainError validation_failed for a file that is none of these; not_found, invoice_not_open for a draft,
   *   fiscal_issuer_unknown, fiscal_issuer_other, fiscal_taker_other, fiscal_note_taken, fiscal_note_absent
   */
  async take(
    context: OrganizationContext,
    invoiceId: string,
    file: Uint8Array,
    { acceptsOtherTaker = false } = {},
  ): Promise<FiscalXmlOutcome> {
    const read = readingOf(file);
    const xml = await this.keep(context, invoiceId, file);
    try {
      const { outcome, replaced } = await refusing(TAKEN, () =>
        this.database.transaction(context, async (db) => {
          const invoice = found(await this.invoices.lock(db, invoiceId));
          if (invoice.state === 'draft') throw new DomainError('invoice_not_open');
          if (read.kind === 'event') return this.takeEvent(db, context, invoiceId, read, xml);
          await this.demandParties(db, invoiceId, read, acceptsOtherTaker);
          return this.takeNote(db, context, invoice, read, xml);
        }),
      );
      if (outcome === 'known') await this.storage.delete(xml.key);
      if (replaced) await this.storage.delete(replaced);
      return outcome;
    } catch (error) {
      // Of anything else nobody knows whether it was committed: a file too many harms less than one too few.
      if (error instanceof DomainError) await this.storage.delete(xml.key);
      throw error;
    }
  }

  /** Takes a note off its invoice, and its files away. @throws DomainError not_found */
  async remove(context: OrganizationContext, invoiceId: string, id: string): Promise<void> {
    for (const key of await this.notes.remove(context, invoiceId, id)) await this.storage.delete(key);
  }

  /** Each try under a key of its own, so that undoing one leaves what another has kept. */
  private async keep(context: OrganizationContext, invoiceId: string, file: Uint8Array): Promise<KeptXml> {
    const hash = createHash('sha256').update(file).digest('hex');
    const key = `fiscal-notes/${context.organizationId}/${invoiceId}/${newId()}-${hash.slice(0, 16)}.xml`;
    await this.storage.put(key, Readable.from([Buffer.from(file)]), file.length);
    return { key, bytes: file.length };
  }

  private async demandParties(db: Db, invoiceId: string, note: NfseNote, acceptsOtherTaker: boolean): Promise<void> {
    const parties = found(
      await db.first<Parties>(sql`
        select s.tax_id as "organizationTaxId", t.issuer->>'taxId' as "issuerTaxId", a.tax_id as "accountTaxId",
          t.bill_to->>'taxId' as "billToTaxId"
        from invoices t join billing_accounts a on ${db.tenant('a')} and a.id = t.billing_account_id
        left join billing_settings s on ${db.tenant('s')}
        where ${db.tenant('t')} and t.id = ${invoiceId}::uuid`),
    );
    const ours = [parties.organizationTaxId, parties.issuerTaxId].filter((taxId) => taxId !== null);
    if (ours.length === 0) throw new DomainError('fiscal_issuer_unknown');
    if (note.providerTaxId === null || !ours.includes(note.providerTaxId)) throw new DomainError('fiscal_issuer_other');
    const isTheirs = note.takerTaxId !== null && [parties.accountTaxId, parties.billToTaxId].includes(note.takerTaxId);
    if (!isTheirs && !acceptsOtherTaker) throw new DomainError('fiscal_taker_other');
  }

  private async takeNote(
    db: Db,
    context: OrganizationContext,
    { id: invoiceId, billingAccountId }: { id: string; billingAccountId: string },
    note: NfseNote,
    xml: KeptXml,
  ): Promise<Taken> {
    const before = await heldNote(db, note.key);
    if (before && before.invoiceId !== invoiceId) throw new DomainError('fiscal_note_taken');
    if (before?.xmlKey) return { outcome: 'known' };
    const replacedBy = await db.first<{ key: string; on: string }>(sql`
      select f.access_key as key, f.issued_on as on from fiscal_notes f
      where ${db.tenant('f')} and f.billing_account_id = ${billingAccountId}::uuid and f.replaces_key = ${note.key} limit 1`);
    const { key: accessKey, number, issuedOn, competenceOn, isTest, serviceAmount, netAmount, totalAmount } = note;
    const values = {
      ...{ accessKey, number, issuedOn, competenceOn, isTest, serviceAmount, netAmount, totalAmount },
      replacesKey: note.replacesKey,
      xmlKey: xml.key,
      xmlBytes: xml.bytes,
      ...(replacedBy && { status: 'replaced', statusOn: replacedBy.on, replacedByKey: replacedBy.key }),
    };
    const id = before?.id ?? newId();
    if (before)
      await db.execute(sql`
        update fiscal_notes f set ${assignments(values)} where ${db.tenant('f')} and f.id = ${id}::uuid`);
    else await db.execute(insertInto('fiscal_notes', { ...values, id, billingAccountId, invoiceId }));
    await this.audit.record(db, context, {
      action: before ? 'staff.fiscal_note.update' : 'staff.fiscal_note.create',
      target: { type: 'fiscal_note', id },
      billingAccountId,
      changes: { ...(before && { before }), after: { ...printable(values), takerTaxId: note.takerTaxId } },
    });
    const replaced = note.replacesKey && (await this.replace(db, context, billingAccountId, note.replacesKey, note));
    await this.tell(db, context, 'invoice.fiscal_note_added', { invoiceId, fiscalNoteId: id, billingAccountId });
    return { outcome: 'added', replaced };
  }

  /** The note in whose place another is counts no more, if it is here. Answers the key of its printed form, which is out of date. */
  private async replace(
    db: Db,
    context: OrganizationContext,
    billingAccountId: string,
    key: string,
    by: NfseNote,
  ): Promise<string | null> {
    const before = await heldNote(db, key);
    if (!before || before.status !== 'authorized' || before.billingAccountId !== billingAccountId) return null;
    await this.end(db, context, before, { status: 'replaced', statusOn: by.issuedOn, replacedByKey: by.key });
    // Of the note that is there instead there is a mail.
    await this.events.publish(db, context, {
      name: 'invoice.updated',
      ids: { invoiceId: before.invoiceId },
      billingAccountId,
      portalUserId: undefined,
    });
    if (before.xmlKey) await this.outbox.add(db, context, 'billing.render-fiscal-note', { fiscalNoteId: before.id });
    return before.documentKey;
  }

  private async takeEvent(
    db: Db,
    context: OrganizationContext,
    invoiceId: string,
    event: NfseEvent,
    xml: KeptXml,
  ): Promise<Taken> {
    const before = await heldNote(db, event.key);
    if (before?.invoiceId !== invoiceId || !before.xmlKey) throw new DomainError('fiscal_note_absent');
    if (before.eventXmlKey) return { outcome: 'known' };
    await this.end(db, context, before, {
      status: event.status,
      statusOn: event.on,
      statusReason: event.reason,
      replacedByKey: event.replacedByKey,
      eventXmlKey: xml.key,
      eventXmlBytes: xml.bytes,
    });
    const ids = { invoiceId, fiscalNoteId: before.id, billingAccountId: before.billingAccountId };
    await this.tell(db, context, 'invoice.fiscal_note_cancelled', ids);
    return { outcome: event.status, replaced: before.documentKey };
  }

  private async end(
    db: Db,
    context: OrganizationContext,
    before: HeldNote,
    values: Partial<FiscalNoteEntity>,
  ): Promise<void> {
    const undrawn = { documentKey: null, documentHash: null, documentBytes: null };
    await db.execute(sql`
      update fiscal_notes f set ${assignments({ ...values, ...undrawn })} where ${db.tenant('f')} and f.id = ${before.id}::uuid`);
    await this.audit.record(db, context, {
      action: 'staff.fiscal_note.update',
      target: { type: 'fiscal_note', id: before.id },
      billingAccountId: before.billingAccountId,
      changes: { before: { status: before.status }, after: values },
    });
  }

  private async tell(
    db: Db,
    context: OrganizationContext,
    name: 'invoice.fiscal_note_added' | 'invoice.fiscal_note_cancelled',
    { billingAccountId, ...ids }: { invoiceId: string; fiscalNoteId: string; billingAccountId: string },
  ): Promise<void> {
    await this.events.publish(db, context, { name, ids, billingAccountId, portalUserId: undefined });
    await this.outbox.add(db, context, 'billing.render-fiscal-note', { fiscalNoteId: ids.fiscalNoteId });
  }
}

function readingOf(file: Uint8Array): NfseNote | NfseEvent {
  try {
    return readNfse(file);
  } catch (error) {
    if (error instanceof NfseRefusal) throw refusedField('file', error.problem);
    throw error;
  }
}

const heldNote = (db: Db, key: string): Promise<HeldNote | undefined> =>
  db.first<HeldNote>(
    sql`select ${HELD} from fiscal_notes f where ${db.tenant('f')} and f.access_key = ${key} for no key update`,
  );

/** Amounts as the audit can keep them. */
const printable = (values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]),
  );
