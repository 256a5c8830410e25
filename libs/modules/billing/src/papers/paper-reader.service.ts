import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { AppConfig } from '@balcao/platform-config';
import { DomainError, found } from '@balcao/platform-errors';
import { Database, columnsOf, sql, systemContext, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { BillingSettingsService, issuerOf } from '../billing-settings.service.js';
import type { DocumentRenderer } from '../documents/document-renderer.js';
import { documentCodes } from '../persistence/document-codes.js';
import { ageing } from '../persistence/invoice-list.js';
import { InvoiceRepository } from '../persistence/invoice.repository.js';
import { partyOf } from '../persistence/parties.js';
import { readStatement, statementPeriod, type AskedPeriod, type StatementPeriod } from '../persistence/statement.js';
import { boletoPaper, type PrintedBoleto } from './boleto-paper.js';
import { creditNotePaper, type PrintedNote } from './credit-note-paper.js';
import { invoicePaper } from './invoice-paper.js';
import type { Paper, PaperPortal } from './paper.js';
import { proposalPaper, type PrintedProposal } from './proposal-paper.js';
import { receiptPaper, type PrintedReceipt } from './receipt-paper.js';
import { statementPaper } from './statement-paper.js';

/** What a document is of: an invoice, a credit note of one, a payment's receipt or boleto, a proposal's version, or a customer's books in a time. */
export type DocumentSubject =
  | { invoiceId: string }
  | { creditNoteId: string; invoiceId?: string }
  | { receipt: PrintedReceipt }
  | { boleto: PrintedBoleto }
  | { proposal: PrintedProposal }
  | { statement: AskedPeriod & { billingAccountId: string } };

/** What a document says now, whose it is, and how it is drawn. */
export interface SubjectPaper {
  paper: Paper;
  billingAccountId: string;
  /** Of what pages hear when it was drawn; none of a statement. */
  invoiceId?: string;
  paymentId?: string;
  proposal?: { id: string; versionId: string; isSigned: boolean };
  /** Whether a code that it is to show is on its way from a gateway. */
  isAwaited?: boolean;
  /** Of a statement alone. */
  period?: StatementPeriod;
  draw: (renderer: DocumentRenderer, logo: { logo?: Uint8Array }) => Promise<Buffer>;
}

/** Reads what documents show: a customer's own as theirs, all else for the organization, whose it is. */
@Injectable()
export class PaperReader {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
    private readonly settings: BillingSettingsService,
    private readonly config: AppConfig,
  ) {}

  /** @throws DomainError not_found, of a draft as well; validation_failed for a time that no statement has */
  async read(context: OrganizationContext, subject: DocumentSubject, locale: Locale): Promise<SubjectPaper> {
    if ('receipt' in subject) return this.receipt(context, subject.receipt, locale);
    if ('boleto' in subject) return this.boleto(context, subject.boleto, locale);
    if ('proposal' in subject) return this.proposal(context, subject.proposal, locale);
    if ('statement' in subject) return this.statement(context, subject.statement, locale);
    return 'creditNoteId' in subject
      ? this.creditNote(context, subject, locale)
      : this.invoice(context, subject.invoiceId, locale);
  }

  private async invoice(context: OrganizationContext, id: string, locale: Locale): Promise<SubjectPaper> {
    const { organizationId } = context;
    const invoice = await this.database.read(context, (db) => this.invoices.detail(db, id));
    const { billingAccountId } = found(invoice?.state === 'draft' ? undefined : invoice);
    const organization = systemContext(organizationId, context);
    const [portal, { pixKey, timeZone, today }, codes] = await this.database.read(organization, (db) =>
      Promise.all([
        brandedPortal(db),
        this.settings.terms(db, organization),
        documentCodes(db, id, context.clock.now()),
      ]),
    );
    const { publicUrl } = this.config;
    const paper = invoicePaper(invoice!, { portal, pixKey, timeZone, today, codes, publicUrl }, locale);
    const isAwaited = codes.some(({ isOnItsWay }) => isOnItsWay);
    return {
      ...{ paper, billingAccountId, invoiceId: id, isAwaited },
      draw: (renderer, logo) => renderer.invoice(organizationId, { ...paper.document, ...logo }),
    };
  }

  private async creditNote(
    context: OrganizationContext,
    { creditNoteId, invoiceId }: { creditNoteId: string; invoiceId?: string },
    locale: Locale,
  ): Promise<SubjectPaper> {
    const { organizationId } = context;
    const note = found(await this.database.read(context, (db) => printedNote(db, creditNoteId)));
    if (invoiceId !== undefined && note.invoiceId !== invoiceId) throw new DomainError('not_found');
    const portal = await this.database.read(systemContext(organizationId, context), brandedPortal);
    const paper = creditNotePaper(note, portal, locale);
    return {
      ...{ paper, billingAccountId: note.billingAccountId, invoiceId: note.invoiceId },
      draw: (renderer, logo) => renderer.creditNote(organizationId, { ...paper.document, ...logo }),
    };
  }

  private async receipt(context: OrganizationContext, receipt: PrintedReceipt, locale: Locale): Promise<SubjectPaper> {
    const { organizationId } = context;
    const { paymentId, billingAccountId } = receipt;
    const organization = systemContext(organizationId, context);
    const [portal, billTo, terms] = await this.database.read(organization, (db) =>
      Promise.all([brandedPortal(db), partyOf(db, billingAccountId), this.settings.terms(db, organization)]),
    );
    const paper = receiptPaper(receipt, { issuer: issuerOf(terms), billTo }, portal, locale);
    return {
      ...{ paper, billingAccountId, paymentId },
      draw: (renderer, logo) => renderer.receipt(organizationId, { ...paper.document, ...logo }),
    };
  }

  private async boleto(context: OrganizationContext, boleto: PrintedBoleto, locale: Locale): Promise<SubjectPaper> {
    const { organizationId } = context;
    const { paymentId, billingAccountId } = boleto;
    const organization = systemContext(organizationId, context);
    const [portal, billTo, terms] = await this.database.read(organization, (db) =>
      Promise.all([brandedPortal(db), partyOf(db, billingAccountId), this.settings.terms(db, organization)]),
    );
    const { timeZone } = terms;
    const paper = found(boletoPaper(boleto, { issuer: issuerOf(terms), billTo }, { portal, timeZone }, locale));
    return {
      ...{ paper, billingAccountId, paymentId },
      draw: (renderer, logo) => renderer.boleto(organizationId, { ...paper.document, ...logo }),
    };
  }

  private async proposal(
    context: OrganizationContext,
    proposal: PrintedProposal,
    locale: Locale,
  ): Promise<SubjectPaper> {
    const { organizationId } = context;
    const { proposalId: id, versionId, billingAccountId } = proposal;
    const portal = await this.database.read(systemContext(organizationId, context), brandedPortal);
    const paper = proposalPaper(proposal, portal, this.config.publicUrl, locale);
    return {
      ...{ paper, billingAccountId, proposal: { id, versionId, isSigned: proposal.evidence !== null } },
      draw: (renderer, logo) => renderer.proposal(organizationId, { ...paper.document, ...logo }),
    };
  }

  private async statement(
    context: OrganizationContext,
    { billingAccountId, ...asked }: AskedPeriod & { billingAccountId: string },
    locale: Locale,
  ): Promise<SubjectPaper> {
    const { organizationId } = context;
    const organization = systemContext(organizationId, context);
    return this.database.read(organization, async (db) => {
      const terms = await this.settings.terms(db, organization);
      const { today } = terms;
      const period = statementPeriod(asked, terms);
      const [portal, billTo, statement, late] = await Promise.all([
        brandedPortal(db),
        partyOf(db, billingAccountId),
        readStatement(db, { billingAccountId, ...period }),
        ageing(db, today, billingAccountId),
      ]);
      if (statement.isCut) throw new DomainError('statement_too_long');
      const facts = { issuer: issuerOf(terms), billTo, ageing: late, today };
      const paper = statementPaper(statement, facts, portal, locale);
      return {
        ...{ paper, billingAccountId, period },
        draw: (renderer, logo) => renderer.statement(organizationId, { ...paper.document, ...logo }),
      };
    });
  }
}

const printedNote = (db: Db, id: string): Promise<PrintedNote | undefined> =>
  db.first<PrintedNote>(sql`
    select ${columnsOf('n', ['number', 'amount', 'reason', 'issuedOn', 'currency', 'invoiceId', 'billingAccountId'])},
      i.number as "invoiceNumber", i.title, i.issuer, i.bill_to as "billTo"
    from credit_notes n join invoices i on ${db.account('i')} and i.id = n.invoice_id
    where ${db.account('n')} and n.id = ${id}::uuid`);

/** The organization's first portal, whose brand its documents have. */
export const brandedPortal = (db: Db): Promise<PaperPortal | undefined> =>
  db.first<PaperPortal>(sql`
    select p.slug, p.custom_domain as "customDomain", p.domain_leads_here as "domainLeadsHere", p.settings
    from portals p where ${db.tenant('p')} and p.is_default`);
