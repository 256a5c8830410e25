import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import type { MailAttachment } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { Downloads, Storage } from '@balcao/platform-storage';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { DocumentRenderer } from './documents/document-renderer.js';
import { PaperReader, type DocumentSubject, type SubjectPaper } from './papers/paper-reader.service.js';

const PDF = 'application/pdf';
/** Larger ones are fetched at the portal, in bytes. */
const MOST_ATTACHED = 5 * 1024 * 1024;

/** A document that is there. */
export interface KeptDocument {
  key: string;
  /** `F-2026-000123.pdf` */
  name: string;
  bytes: number;
}

/** Where a document can be fetched for a short while. */
export interface DocumentAddress {
  url: string;
  name: string;
  bytes: number;
}

/**
 * Invoices, credit notes, receipts, boletos, proposals and statements as PDF. One is kept by all that stands in it, and drawn anew when that is something else:
 * what was posted, the brand, the day of a statement. Drawing happens in the worker, outside of transactions. Of each method
 * DomainErrors `not_found`, for a draft as well, `validation_failed` and `statement_too_long` say that there is nothing to draw.
 */
@Injectable()
export class DocumentService {
  constructor(
    private readonly database: Database,
    private readonly papers: PaperReader,
    private readonly renderer: DocumentRenderer,
    private readonly storage: Storage,
    private readonly downloads: Downloads,
    private readonly outbox: Outbox,
    private readonly events: Events,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Where the document, as it is now, can be fetched.
   * @returns null where it was not drawn yet (`ask`)
   */
  async address(
    context: OrganizationContext,
    subject: DocumentSubject,
    locale: Locale,
  ): Promise<DocumentAddress | null> {
    const kept = await this.kept(context, await this.papers.read(context, subject, locale));
    if (!kept) return null;
    const { key, name, bytes } = kept;
    return { url: this.downloads.address({ key, name, type: PDF }), name, bytes };
  }

  /**
   * Has the document drawn where it is not there; open pages hear of the invoice, or of the books, when it is.
   * @returns whether it is there
   */
  async ask(context: OrganizationContext, subject: DocumentSubject, locale: Locale): Promise<boolean> {
    const read = await this.papers.read(context, subject, locale);
    if (await this.kept(context, read)) return true;
    await this.database.transaction(context, async (db) => {
      if ('receipt' in subject)
        await this.outbox.add(db, context, 'payments.render-receipt', { paymentId: subject.receipt.paymentId });
      else if ('boleto' in subject)
        await this.outbox.add(db, context, 'payments.render-boleto', { paymentId: subject.boleto.paymentId });
      else if ('proposal' in subject)
        await this.outbox.add(db, context, 'proposals.render-document', {
          proposalVersionId: subject.proposal.versionId,
        });
      else if ('statement' in subject)
        await this.outbox.add(db, context, 'billing.render-statement', {
          statementId: await statementFor(db, read, locale),
        });
      else if ('creditNoteId' in subject)
        await this.outbox.add(db, context, 'billing.render-credit-note', { creditNoteId: subject.creditNoteId });
      else await this.outbox.add(db, context, 'billing.render-document', { invoiceId: subject.invoiceId });
    });
    return false;
  }

  /**
   * The document, drawn where it is not there.
   * @throws DomainError service_unavailable where too much waits to be drawn
   */
  async render(context: OrganizationContext, subject: DocumentSubject, locale: Locale): Promise<KeptDocument> {
    const read = await this.papers.read(context, subject, locale);
    const kept = await this.kept(context, read);
    if (kept) return kept;
    const { paper, billingAccountId, draw } = read;
    const logo = paper.logoKey && (await this.storage.get(paper.logoKey));
    const pdf = await draw(this.renderer, logo ? { logo: new Uint8Array(await buffer(logo.content)) } : {});
    // What is drawn twice, as somebody died before its row was there, is the same file again.
    const key = `billing-documents/${context.organizationId}/${billingAccountId}/${paper.hash}.pdf`;
    await this.storage.put(key, Readable.from([pdf]), pdf.length);
    const digest = createHash('sha256').update(pdf).digest('hex');
    await this.keep(context, read, { key, bytes: pdf.length, digest });
    return { key, name: paper.name, bytes: pdf.length };
  }

  /**
   * A document as a mail takes it along; none where it would be too large, or cannot be drawn: the mail has a link besides.
   * @throws DomainError service_unavailable where too much waits, or a code of it is on its way: a while later it can be drawn
   */
  async toAttach(
    context: OrganizationContext,
    subject: DocumentSubject,
    locale: Locale,
  ): Promise<MailAttachment | undefined> {
    try {
      const { isAwaited } = await this.papers.read(context, subject, locale);
      if (isAwaited) throw new DomainError('service_unavailable');
      const { key, name, bytes } = await this.render(context, subject, locale);
      return bytes > MOST_ATTACHED ? undefined : { key, name, type: PDF };
    } catch (error) {
      if (error instanceof DomainError && error.code === 'service_unavailable') throw error;
      this.logger.error({ err: error }, 'the document of a mail could not be drawn');
      return undefined;
    }
  }

  /**
   * Of which version of a proposal a file is that was drawn here, and whether its acceptance stands in it.
   * @param digest SHA-256 of its bytes, which nobody knows who has it not
   */
  async proposalFile(
    context: OrganizationContext,
    digest: string,
  ): Promise<{ versionId: string; isSigned: boolean } | undefined> {
    return this.database.read(context, (db) =>
      db.first<{ versionId: string; isSigned: boolean }>(sql`
        select d.proposal_version_id as "versionId", d.is_signed as "isSigned" from billing_documents d
        where ${db.tenant('d')} and d.digest = ${digest} and d.proposal_version_id is not null limit 1`),
    );
  }

  private async keep(
    context: OrganizationContext,
    { paper, billingAccountId, invoiceId, paymentId, proposal }: SubjectPaper,
    file: { key: string; bytes: number; digest: string },
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const [row] = await db.query(sql`
        insert into billing_documents (billing_account_id, invoice_id, proposal_version_id, is_signed, id, inputs_hash, storage_key, bytes, digest)
        values (${billingAccountId}::uuid, ${invoiceId ?? null}::uuid, ${proposal?.versionId ?? null}::uuid, ${proposal?.isSigned ?? null}::boolean,
          ${newId()}::uuid, ${paper.hash}, ${file.key}, ${file.bytes}::integer, ${file.digest})
        on conflict do nothing returning id`);
      // Somebody else has drawn the same meanwhile.
      if (!row) return;
      const concerned = { billingAccountId, portalUserId: undefined };
      await this.events.publish(
        db,
        context,
        invoiceId
          ? { name: 'invoice.updated', ids: { invoiceId }, ...concerned }
          : paymentId
            ? { name: 'payment.changed', ids: { paymentId }, ...concerned }
            : proposal
              ? { name: 'proposal.updated', ids: { proposalId: proposal.id }, ...concerned }
              : { name: 'statement.drawn', ids: { billingAccountId }, ...concerned },
      );
    });
  }

  private async kept(
    context: OrganizationContext,
    { paper, billingAccountId }: SubjectPaper,
  ): Promise<KeptDocument | undefined> {
    const row = await this.database.read(context, (db) =>
      db.first<{ key: string; bytes: number }>(sql`
        select d.storage_key as key, d.bytes from billing_documents d
        where ${db.account('d')} and d.billing_account_id = ${billingAccountId}::uuid and d.inputs_hash = ${paper.hash}`),
    );
    return row && { ...row, name: paper.name };
  }
}

/** The row that says which statement somebody wants, since jobs carry ids only. @returns its id */
async function statementFor(db: Db, { billingAccountId, period }: SubjectPaper, locale: Locale): Promise<string> {
  const { currency, from, to } = period!;
  await db.execute(sql`
    insert into account_statements (billing_account_id, id, currency, starts_on, ends_on, locale)
    values (${billingAccountId}::uuid, ${newId()}::uuid, ${currency}, ${from}::date, ${to}::date, ${locale}) on conflict do nothing`);
  const row = await db.first<{ id: string }>(sql`
    select s.id from account_statements s
    where ${db.account('s')} and s.billing_account_id = ${billingAccountId}::uuid and s.currency = ${currency}
      and s.starts_on = ${from}::date and s.ends_on = ${to}::date and s.locale = ${locale}`);
  return row!.id;
}
