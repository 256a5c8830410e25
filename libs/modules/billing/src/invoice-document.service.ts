import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { AppConfig } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import type { MailAttachment } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { Downloads, Storage } from '@balcao/platform-storage';
import { Database, sql, systemContext, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { BillingSettingsService } from './billing-settings.service.js';
import { DocumentRenderer } from './documents/document-renderer.js';
import { invoicePaper, type InvoicePaper, type PaperPortal } from './invoice-paper.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import type { InvoiceDetailRow } from './persistence/invoice.rows.js';

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

/**
 * The documents of invoices as PDF. One is kept by all that stands in it, and drawn anew when that is something else: the invoice,
 * what settled it, the brand. Drawing happens in the worker, outside of transactions.
 */
@Injectable()
export class InvoiceDocumentService {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
    private readonly settings: BillingSettingsService,
    private readonly renderer: DocumentRenderer,
    private readonly storage: Storage,
    private readonly downloads: Downloads,
    private readonly outbox: Outbox,
    private readonly events: Events,
    private readonly config: AppConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Where the invoice's document, as it is now, can be fetched for a short while.
   * @returns null where it was not drawn yet (`ask`)
   * @throws DomainError not_found for a draft as well
   */
  async address(
    context: OrganizationContext,
    id: string,
    locale: Locale,
  ): Promise<{ url: string; name: string; bytes: number } | null> {
    const paper = await this.paper(context, id, locale);
    const kept = await this.kept(context, id, paper);
    if (!kept) return null;
    const { key, name, bytes } = kept;
    return { url: this.downloads.address({ key, name, type: PDF }), name, bytes };
  }

  /**
   * Has the document drawn where it is not there; open pages hear of the invoice when it is.
   * @returns whether it is there
   * @throws DomainError not_found for a draft as well
   */
  async ask(context: OrganizationContext, id: string, locale: Locale): Promise<boolean> {
    const paper = await this.paper(context, id, locale);
    if (await this.kept(context, id, paper)) return true;
    await this.database.transaction(context, (db) =>
      this.outbox.add(db, context, 'billing.render-document', { invoiceId: id }),
    );
    return false;
  }

  /**
   * The document, drawn where it is not there.
   * @throws DomainError not_found for a draft as well; service_unavailable where too much waits to be drawn
   */
  async render(context: OrganizationContext, id: string, locale: Locale): Promise<KeptDocument> {
    const paper = await this.paper(context, id, locale);
    const kept = await this.kept(context, id, paper);
    if (kept) return kept;
    const logo = paper.logoKey && (await this.storage.get(paper.logoKey));
    const document = { ...paper.document, ...(logo && { logo: new Uint8Array(await buffer(logo.content)) }) };
    const pdf = await this.renderer.invoice(context.organizationId, document);
    const key = `invoice-documents/${context.organizationId}/${id}/${paper.hash}.pdf`;
    await this.storage.put(key, Readable.from([pdf]), pdf.length);
    await this.keep(context, id, paper, { key, bytes: pdf.length });
    return { key, name: nameOf(paper), bytes: pdf.length };
  }

  /**
   * The document as a mail takes it along; none where it would be too large, or cannot be drawn: the mail has a link besides.
   * @throws DomainError service_unavailable where too much waits: a while later it can be drawn
   */
  async toAttach(context: OrganizationContext, id: string, locale: Locale): Promise<MailAttachment | undefined> {
    try {
      const { key, name, bytes } = await this.render(context, id, locale);
      return bytes > MOST_ATTACHED ? undefined : { key, name, type: PDF };
    } catch (error) {
      if (error instanceof DomainError && error.code === 'service_unavailable') throw error;
      this.logger.error({ err: error, invoiceId: id }, 'the document of an invoice could not be drawn');
      return undefined;
    }
  }

  private async keep(
    context: OrganizationContext,
    invoiceId: string,
    { document, hash }: InvoicePaper,
    { key, bytes }: { key: string; bytes: number },
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const [row] = await db.query<{ billingAccountId: string }>(sql`
        insert into invoice_documents (billing_account_id, invoice_id, id, locale, inputs_hash, storage_key, bytes)
        select t.billing_account_id, t.id, ${newId()}::uuid, ${document.locale}, ${hash}, ${key}, ${bytes}::integer
        from invoices t where ${db.tenant('t')} and t.id = ${invoiceId}::uuid
        on conflict do nothing returning billing_account_id as "billingAccountId"`);
      // Somebody else has drawn the same meanwhile.
      if (!row) return;
      await this.events.publish(db, context, {
        name: 'invoice.updated',
        ids: { invoiceId },
        billingAccountId: row.billingAccountId,
        portalUserId: undefined,
      });
    });
  }

  /** What the document says now. A customer's own invoice is read as theirs, all else for the organization, whose it is. */
  private async paper(context: OrganizationContext, id: string, locale: Locale): Promise<InvoicePaper> {
    const invoice = await this.database.read(context, (db) => this.openedInvoice(db, id));
    const organization = systemContext(context.organizationId, context);
    const [portal, pixKey] = await this.database.read(organization, (db) =>
      Promise.all([brandedPortal(db), this.settings.terms(db, organization).then((terms) => terms.pixKey)]),
    );
    return invoicePaper(invoice, { portal, pixKey, publicUrl: this.config.publicUrl }, locale);
  }

  private async openedInvoice(db: Db, id: string): Promise<InvoiceDetailRow> {
    const invoice = await this.invoices.detail(db, id);
    return found(invoice?.state === 'draft' ? undefined : invoice);
  }

  private async kept(context: OrganizationContext, id: string, paper: InvoicePaper): Promise<KeptDocument | undefined> {
    const row = await this.database.read(context, (db) =>
      db.first<{ key: string; bytes: number }>(sql`
        select d.storage_key as key, d.bytes from invoice_documents d
        where ${db.account('d')} and d.invoice_id = ${id}::uuid and d.locale = ${paper.document.locale} and d.inputs_hash = ${paper.hash}`),
    );
    return row && { ...row, name: nameOf(paper) };
  }
}

/** The organization's first portal, whose brand its documents have. */
const brandedPortal = (db: Db): Promise<PaperPortal | undefined> =>
  db.first<PaperPortal>(sql`
    select p.slug, p.custom_domain as "customDomain", p.domain_leads_here as "domainLeadsHere", p.settings
    from portals p where ${db.tenant('p')} and p.is_default`);

/** Of the number what every file system takes. */
const nameOf = ({ document }: InvoicePaper): string => `${document.number.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.pdf`;
