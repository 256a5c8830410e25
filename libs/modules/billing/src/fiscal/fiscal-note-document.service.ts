import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import type { MailAttachment } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { Downloads, Storage } from '@balcao/platform-storage';
import { Database, columnsOf, sql, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { DocumentRenderer } from '../documents/document-renderer.js';
import { formatDay } from '../documents/formats.js';
import { brandedPortal } from '../papers/paper-reader.service.js';
import { paperBrand } from '../papers/paper.js';
import type { FiscalNoteEntity } from '../persistence/billing.entities.js';
import { printedNote } from './danfse-blocks.js';
import { readNfse } from './nfse-xml.js';

const PDF = 'application/pdf';
const XML = 'application/xml';
/** Raised when the same note is drawn otherwise: what was drawn earlier is then made anew. */
const DRAWING = 1;

const NOTE = columnsOf('f', [
  ...([
    'id',
    'invoiceId',
    'billingAccountId',
    'number',
    'accessKey',
    'issuedOn',
    'status',
    'statusOn',
    'statusReason',
  ] as const),
  ...(['replacedByKey', 'isTest', 'xmlKey', 'xmlBytes', 'documentKey', 'documentHash', 'documentBytes'] as const),
]);
type Note = FiscalNoteEntity;

/** A file of a note that is there. */
interface NoteFile {
  key: string;
  name: string;
  bytes: number;
}

/** What a note's printed form shows besides its XML. */
interface Frame {
  issuerName: string;
  brandColour: string;
  logoKey: string | undefined;
  lookupUrl: string;
}

/**
 * The printed forms (DANFSe) of fiscal notes whose XML is here, and the way to both files. One is kept by all that stands in it,
 * and drawn anew when that is something else: the note's status, the brand. Drawing happens in the worker.
 */
@Injectable()
export class FiscalNoteDocumentService {
  constructor(
    private readonly database: Database,
    private readonly renderer: DocumentRenderer,
    private readonly storage: Storage,
    private readonly downloads: Downloads,
    private readonly outbox: Outbox,
    private readonly events: Events,
    private readonly config: AppConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Where the printed form, as it is now, can be fetched for a short while.
   * @returns null where it was not drawn yet (`ask`)
   * @throws DomainError not_found for a note without XML as well
   */
  async address(
    context: OrganizationContext,
    id: string,
  ): Promise<{ url: string; name: string; bytes: number } | null> {
    const note = await this.note(context, id);
    const kept = keptForm(note, hashOf(note, await this.frame(context, note)));
    return kept && this.addressOf(kept, PDF);
  }

  /** Where the note's XML, as it came, can be fetched for a short while. @throws DomainError not_found where it is not here */
  async xmlAddress(context: OrganizationContext, id: string): Promise<{ url: string; name: string; bytes: number }> {
    const { xmlKey, xmlBytes, accessKey } = await this.note(context, id);
    return this.addressOf({ key: xmlKey!, name: `NFS-e-${accessKey}.xml`, bytes: xmlBytes! }, XML);
  }

  /**
   * Has the printed form drawn where it is not there; open pages hear of the invoice when it is.
   * @returns whether it is there
   * @throws DomainError not_found for a note without XML as well
   */
  async ask(context: OrganizationContext, id: string): Promise<boolean> {
    if (await this.address(context, id)) return true;
    await this.database.transaction(context, (db) =>
      this.outbox.add(db, context, 'billing.render-fiscal-note', { fiscalNoteId: id }),
    );
    return false;
  }

  /**
   * The printed form, drawn where it is not there.
   * @throws DomainError not_found; service_unavailable where too much waits to be drawn
   */
  async render(context: OrganizationContext, id: string): Promise<NoteFile> {
    const note = await this.note(context, id);
    const frame = await this.frame(context, note);
    const hash = hashOf(note, frame);
    const kept = keptForm(note, hash);
    if (kept) return kept;
    const read = readNfse(found(await this.read(note.xmlKey!)));
    if (read.kind !== 'note') throw new Error('The XML of a fiscal note is that of an event');
    const logo = frame.logoKey ? await this.read(frame.logoKey) : undefined;
    const { number, status, isTest, issuedOn } = note;
    const pdf = await this.renderer.danfse(context.organizationId, {
      issuerName: frame.issuerName,
      brandColour: frame.brandColour,
      ...(logo && { logo }),
      ...{ key: read.key, number, issuedOn, lookupUrl: frame.lookupUrl, status, isTest },
      statusText: statusText(note),
      ...printedNote(read),
    });
    const key = `fiscal-notes/${context.organizationId}/${note.invoiceId}/${id}-${hash}.pdf`;
    await this.storage.put(key, Readable.from([pdf]), pdf.length);
    await this.keep(context, note, { key, hash, bytes: pdf.length });
    return { key, name: nameOf(note), bytes: pdf.length };
  }

  /**
   * Both files of a note as a mail takes them along; without the printed form where it cannot be drawn.
   * @throws DomainError service_unavailable where too much waits: a while later it can be drawn
   */
  async toAttach(context: OrganizationContext, id: string): Promise<MailAttachment[]> {
    const { xmlKey, accessKey } = await this.note(context, id);
    const xml = { key: xmlKey!, name: `NFS-e-${accessKey}.xml`, type: XML };
    try {
      const { key, name } = await this.render(context, id);
      return [{ key, name, type: PDF }, xml];
    } catch (error) {
      if (error instanceof DomainError && error.code === 'service_unavailable') throw error;
      this.logger.error({ err: error, fiscalNoteId: id }, 'the printed form of a fiscal note could not be drawn');
      return [xml];
    }
  }

  private addressOf({ key, name, bytes }: NoteFile, type: string) {
    return { url: this.downloads.address({ key, name, type }), name, bytes };
  }

  private async note(context: OrganizationContext, id: string): Promise<Note> {
    const note = await this.database.read(context, (db) =>
      db.first<Note>(sql`
        select ${NOTE} from fiscal_notes f where ${db.account('f')} and f.id = ${id}::uuid and f.xml_key is not null`),
    );
    return found(note);
  }

  /** Read for the organization, whose brand it is. */
  private async frame(context: OrganizationContext, { accessKey }: Note): Promise<Frame> {
    const organization = systemContext(context.organizationId, context);
    const [portal, owner] = await this.database.read(organization, (db) =>
      Promise.all([
        brandedPortal(db),
        db.first<{ name: string }>(
          sql`select o.name from organizations o where o.id = ${context.organizationId}::uuid`,
        ),
      ]),
    );
    return { issuerName: owner!.name, ...paperBrand(portal), lookupUrl: `${this.config.nfseLookupUrl}${accessKey}` };
  }

  private async read(key: string): Promise<Buffer | undefined> {
    const file = await this.storage.get(key);
    return file && buffer(file.content);
  }

  private async keep(
    context: OrganizationContext,
    { id, invoiceId, billingAccountId, documentKey }: Note,
    { key, hash, bytes }: { key: string; hash: string; bytes: number },
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      await db.execute(sql`
        update fiscal_notes f set document_key = ${key}, document_hash = ${hash}, document_bytes = ${bytes}::integer
        where ${db.tenant('f')} and f.id = ${id}::uuid`);
      await this.events.publish(db, context, {
        name: 'invoice.updated',
        ids: { invoiceId },
        billingAccountId,
        portalUserId: undefined,
      });
    });
    if (documentKey && documentKey !== key) await this.storage.delete(documentKey);
  }
}

const nameOf = ({ number }: Pick<Note, 'number'>): string => `NFS-e-${number}.pdf`;

function keptForm(note: Note, hash: string): NoteFile | null {
  const { documentKey, documentHash, documentBytes } = note;
  if (!documentKey || documentHash !== hash) return null;
  return { key: documentKey, name: nameOf(note), bytes: documentBytes! };
}

/** SHA-256 of all that stands in a printed form, in hexadecimal digits. */
function hashOf(note: Note, frame: Frame): string {
  const { xmlKey, status, statusOn, statusReason, replacedByKey } = note;
  const inputs = [DRAWING, xmlKey, status, statusOn, statusReason, replacedByKey, frame];
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}

/** Since when a note counts no more, by which one it was replaced, and why; in Portuguese, as all of it. */
function statusText({ statusOn, statusReason, replacedByKey }: Note): string {
  return [
    statusOn && `em ${formatDay(statusOn, 'pt-BR')}`,
    replacedByKey && `pela NFS-e de chave ${replacedByKey}`,
    statusReason,
  ]
    .filter(Boolean)
    .join(', ');
}
