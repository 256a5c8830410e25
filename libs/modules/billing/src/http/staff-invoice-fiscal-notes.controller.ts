import { Body, Delete, Patch, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  Operation,
  RequireStaffPermission,
  SUCCESS,
  SendsMails,
  StaffCtx,
  SuccessResponse,
  Summary,
  TakesFile,
  UuidParam,
  uploadedBytes,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { BillingReader } from '../billing-reader.service.js';
import { FiscalNoteService } from '../fiscal-note.service.js';
import { FiscalXmlService } from '../fiscal/fiscal-xml.service.js';
import { LARGEST_XML } from '../fiscal/xml-tree.js';
import { InvoiceService } from '../invoice.service.js';
import { FISCAL_XML_WORDS, FiscalNoteRequest, FiscalXmlQuery, FiscalXmlResponse } from './dto/fiscal-note.dto.js';
import { StaffInvoiceResponse, staffInvoice } from './dto/staff-invoice.dto.js';

@AudienceController('staff', 'api/v1/admin/invoices/:id/fiscal-notes', 'Fiscal notes')
export class StaffInvoiceFiscalNotesController {
  constructor(
    private readonly billing: BillingReader,
    private readonly invoices: InvoiceService,
    private readonly notes: FiscalNoteService,
    private readonly xml: FiscalXmlService,
  ) {}

  @Post()
  @RequireStaffPermission('invoices:write')
  @Operation('adminAddFiscalNote', StaffInvoiceResponse, 'invoice_not_open', 'fiscal_note_taken')
  @Summary('Say which fiscal note (NFS-e) belongs to an invoice')
  async add(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: FiscalNoteRequest) {
    await this.notes.add(context, id, body);
    return this.invoice(context, id);
  }

  @Post('xml')
  @RequireStaffPermission('invoices:write')
  @SendsMails()
  @TakesFile(LARGEST_XML, FISCAL_XML_WORDS)
  @Operation(
    'adminTakeFiscalXml',
    FiscalXmlResponse,
    'invoice_not_open',
    'fiscal_issuer_unknown',
    'fiscal_issuer_other',
    'fiscal_taker_other',
    'fiscal_note_taken',
    'fiscal_note_absent',
  )
  @Summary(
    'Put the XML of a national NFS-e on its invoice, or that of the event that ended one; digital signatures are not checked',
  )
  async take(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Query() query: FiscalXmlQuery,
    @Req() request: FastifyRequest,
  ) {
    await this.xml.demandInvoice(context, id);
    return { outcome: await this.xml.take(context, id, await uploadedBytes(request), query) };
  }

  @Patch(':fiscalNoteId')
  @RequireStaffPermission('invoices:write')
  @Operation('adminUpdateFiscalNote', StaffInvoiceResponse, 'fiscal_note_taken', 'fiscal_note_from_xml')
  @Summary('Correct a fiscal note, or say that it was cancelled')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @UuidParam('fiscalNoteId') fiscalNoteId: string,
    @Body() body: FiscalNoteRequest,
  ) {
    await this.notes.update(context, id, fiscalNoteId, body);
    return this.invoice(context, id);
  }

  @Delete(':fiscalNoteId')
  @RequireStaffPermission('invoices:write')
  @Operation('adminRemoveFiscalNote', SuccessResponse)
  @Summary('Take a fiscal note off its invoice, and its files away')
  async remove(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @UuidParam('fiscalNoteId') fiscalNoteId: string,
  ) {
    await this.xml.remove(context, id, fiscalNoteId);
    return SUCCESS;
  }

  private async invoice(context: StaffContext, id: string) {
    return staffInvoice(await this.invoices.get(context, id), this.billing.today(context));
  }
}
