import { Get, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  StaffCtx,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { DocumentService } from '../document.service.js';
import { DocumentQuery, DocumentResponse, DocumentState, StatementDocumentQuery } from './dto/document.dto.js';

/** Customers' papers as staff fetch them: each is asked for where it was not made yet. */
@AudienceController('staff', 'api/v1/admin', 'Invoices')
export class StaffDocumentsController {
  constructor(private readonly documents: DocumentService) {}

  @Get('invoices/:id/document')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetInvoiceDocument', DocumentResponse)
  @Summary(
    "Where an invoice's document, a PDF, can be fetched for a minute; one that was not made yet is asked for first",
  )
  async invoice(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') invoiceId: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    return { document: await this.documents.address(context, { invoiceId }, locale) };
  }

  @PostAction('invoices/:id/document')
  @RequireStaffPermission('invoices:read')
  @Operation('adminAskForInvoiceDocument', DocumentState)
  @Summary("Have an invoice's document made; open pages hear of the invoice when it is there")
  async askForInvoice(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') invoiceId: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    return { isReady: await this.documents.ask(context, { invoiceId }, locale) };
  }

  @Get('invoices/:id/credit-notes/:creditNoteId/document')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetCreditNoteDocument', DocumentResponse)
  @Summary("Where a credit note's document, a PDF, can be fetched for a minute")
  async creditNote(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') invoiceId: string,
    @UuidParam('creditNoteId') creditNoteId: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    return { document: await this.documents.address(context, { creditNoteId, invoiceId }, locale) };
  }

  @PostAction('invoices/:id/credit-notes/:creditNoteId/document')
  @RequireStaffPermission('invoices:read')
  @Operation('adminAskForCreditNoteDocument', DocumentState)
  @Summary("Have a credit note's document made; open pages hear of its invoice when it is there")
  async askForCreditNote(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') invoiceId: string,
    @UuidParam('creditNoteId') creditNoteId: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    return { isReady: await this.documents.ask(context, { creditNoteId, invoiceId }, locale) };
  }

  @Get('billing-accounts/:id/statement/document')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetStatementDocument', DocumentResponse, 'statement_too_long')
  @Summary("Where a customer's statement between two days, a PDF, can be fetched for a minute")
  async statement(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') billingAccountId: string,
    @Query() { locale = context.locale, ...period }: StatementDocumentQuery,
  ) {
    return { document: await this.documents.address(context, { statement: { ...period, billingAccountId } }, locale) };
  }

  @PostAction('billing-accounts/:id/statement/document')
  @RequireStaffPermission('invoices:read')
  @Operation('adminAskForStatementDocument', DocumentState, 'statement_too_long')
  @Summary("Have a customer's statement made; open pages hear of the books when it is there")
  async askForStatement(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') billingAccountId: string,
    @Query() { locale = context.locale, ...period }: StatementDocumentQuery,
  ) {
    return { isReady: await this.documents.ask(context, { statement: { ...period, billingAccountId } }, locale) };
  }
}
