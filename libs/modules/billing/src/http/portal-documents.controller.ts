import { Get, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PortalCtx,
  PostAction,
  RequirePortalPermission,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { DocumentService } from '../document.service.js';
import { DocumentQuery, DocumentResponse, DocumentState, StatementDocumentQuery } from './dto/document.dto.js';

/** A customer's papers: each is asked for where it was not made yet. */
@AudienceController('portal', 'api/v1/portal', 'Portal: invoices', 'billing')
export class PortalDocumentsController {
  constructor(private readonly documents: DocumentService) {}

  @Get('invoices/:id/document')
  @RequirePortalPermission('invoices:read')
  @Operation('portalGetInvoiceDocument', DocumentResponse)
  @Summary(
    "Where an invoice's document, a PDF, can be fetched for a minute; one that was not made yet is asked for first",
  )
  async invoice(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') invoiceId: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    return { document: await this.documents.address(context, { invoiceId }, locale) };
  }

  @PostAction('invoices/:id/document')
  @RequirePortalPermission('invoices:read')
  @Operation('portalAskForInvoiceDocument', DocumentState)
  @Summary("Have an invoice's document made; open pages hear of the invoice when it is there")
  async askForInvoice(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') invoiceId: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    return { isReady: await this.documents.ask(context, { invoiceId }, locale) };
  }

  @Get('invoices/:id/credit-notes/:creditNoteId/document')
  @RequirePortalPermission('invoices:read')
  @Operation('portalGetCreditNoteDocument', DocumentResponse)
  @Summary("Where a credit note's document, a PDF, can be fetched for a minute")
  async creditNote(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') invoiceId: string,
    @UuidParam('creditNoteId') creditNoteId: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    return { document: await this.documents.address(context, { creditNoteId, invoiceId }, locale) };
  }

  @PostAction('invoices/:id/credit-notes/:creditNoteId/document')
  @RequirePortalPermission('invoices:read')
  @Operation('portalAskForCreditNoteDocument', DocumentState)
  @Summary("Have a credit note's document made; open pages hear of its invoice when it is there")
  async askForCreditNote(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') invoiceId: string,
    @UuidParam('creditNoteId') creditNoteId: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    return { isReady: await this.documents.ask(context, { creditNoteId, invoiceId }, locale) };
  }

  @Get('statement/document')
  @RequirePortalPermission('invoices:read')
  @Operation('portalGetStatementDocument', DocumentResponse, 'statement_too_long')
  @Summary("Where the account's statement between two days, a PDF, can be fetched for a minute")
  async statement(
    @PortalCtx() context: PortalContext,
    @Query() { locale = context.locale, ...period }: StatementDocumentQuery,
  ) {
    const { billingAccountId } = context.scope;
    return { document: await this.documents.address(context, { statement: { ...period, billingAccountId } }, locale) };
  }

  @PostAction('statement/document')
  @RequirePortalPermission('invoices:read')
  @Operation('portalAskForStatementDocument', DocumentState, 'statement_too_long')
  @Summary("Have the account's statement made; open pages hear of the books when it is there")
  async askForStatement(
    @PortalCtx() context: PortalContext,
    @Query() { locale = context.locale, ...period }: StatementDocumentQuery,
  ) {
    const { billingAccountId } = context.scope;
    return { isReady: await this.documents.ask(context, { statement: { ...period, billingAccountId } }, locale) };
  }
}
