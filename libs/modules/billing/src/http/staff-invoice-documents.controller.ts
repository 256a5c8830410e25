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
import { InvoiceDocumentService } from '../invoice-document.service.js';
import { DocumentQuery, DocumentResponse, DocumentState } from './dto/invoice-document.dto.js';

@AudienceController('staff', 'api/v1/admin/invoices/:id/document', 'Invoices')
export class StaffInvoiceDocumentsController {
  constructor(private readonly documents: InvoiceDocumentService) {}

  @Get()
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetInvoiceDocument', DocumentResponse)
  @Summary(
    "Where an invoice's document, a PDF, can be fetched for a minute; one that was not made yet is asked for first",
  )
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Query() query: DocumentQuery) {
    return { document: await this.documents.address(context, id, query.locale ?? context.locale) };
  }

  @PostAction()
  @RequireStaffPermission('invoices:read')
  @Operation('adminAskForInvoiceDocument', DocumentState)
  @Summary("Have an invoice's document made; open pages hear of the invoice when it is there")
  async ask(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Query() query: DocumentQuery) {
    return { isReady: await this.documents.ask(context, id, query.locale ?? context.locale) };
  }
}
