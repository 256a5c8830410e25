import { Get, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  CacheControl,
  Operation,
  StaffCtx,
  PostAction,
  RequireStaffPermission,
  SendsFile,
  Summary,
  UuidParam,
  pageOf,
  zipFile,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { FiscalFolderService } from '../fiscal/fiscal-folder.service.js';
import { FiscalNoteDocumentService } from '../fiscal/fiscal-note-document.service.js';
import {
  FiscalMonthsResponse,
  FiscalNoteItem,
  FiscalNoteListQuery,
  fiscalMonths,
  fiscalNoteItem,
} from './dto/fiscal-note.dto.js';
import { DocumentResponse, DocumentState } from './dto/document.dto.js';

@AudienceController('staff', 'api/v1/admin', 'Fiscal notes')
export class StaffFiscalNotesController {
  constructor(
    private readonly folder: FiscalFolderService,
    private readonly documents: FiscalNoteDocumentService,
  ) {}

  @Get('billing-accounts/:id/fiscal-notes')
  @RequireStaffPermission('invoices:read')
  @Operation('adminListFiscalNotes', [FiscalNoteItem])
  @Summary("Fiscal notes (NFS-e) of all a customer's invoices, the newest first")
  async list(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') billingAccountId: string,
    @Query() query: FiscalNoteListQuery,
  ) {
    const { month, limit, offset } = query;
    const { rows, ...counted } = await this.folder.list(context, { billingAccountId, month }, { limit, offset });
    return pageOf(rows.map(fiscalNoteItem), counted, query);
  }

  @Get('billing-accounts/:id/fiscal-notes/months')
  @RequireStaffPermission('invoices:read')
  @Operation('adminListFiscalMonths', FiscalMonthsResponse)
  @Summary("The months in which a customer's fiscal notes were issued")
  async months(@StaffCtx() context: StaffContext, @UuidParam('id') billingAccountId: string) {
    return fiscalMonths(await this.folder.months(context, { billingAccountId }));
  }

  @Get('billing-accounts/:id/fiscal-notes/months/:month/archive')
  @RequireStaffPermission('invoices:read')
  @SendsFile()
  @Operation('adminFetchFiscalArchive', 'application/zip', 'export_too_long')
  @Summary("The files (PDF and XML) of a month's fiscal notes of a customer as ZIP; of at most 2,000 notes")
  async archive(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') billingAccountId: string,
    @Param('month') month: string,
    @Req() request: FastifyRequest,
  ) {
    return zipFile(request, `nfs-e-${month}`, await this.folder.files(context, { billingAccountId, month }));
  }

  @Get('fiscal-notes/:fiscalNoteId/document')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetFiscalNoteDocument', DocumentResponse)
  @Summary(
    "Where a fiscal note's printed form (DANFSe), a PDF, can be fetched for a minute; one that was not made is asked for",
  )
  async document(@StaffCtx() context: StaffContext, @UuidParam('fiscalNoteId') id: string) {
    return { document: await this.documents.address(context, id) };
  }

  @PostAction('fiscal-notes/:fiscalNoteId/document')
  @RequireStaffPermission('invoices:read')
  @Operation('adminAskForFiscalNoteDocument', DocumentState)
  @Summary("Have a fiscal note's printed form made; open pages hear of its invoice when it is there")
  async ask(@StaffCtx() context: StaffContext, @UuidParam('fiscalNoteId') id: string) {
    return { isReady: await this.documents.ask(context, id) };
  }

  @Get('fiscal-notes/:fiscalNoteId/xml')
  @CacheControl('no-store')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetFiscalNoteXml', DocumentResponse)
  @Summary("Where a fiscal note's XML can be fetched for a minute")
  async xml(@StaffCtx() context: StaffContext, @UuidParam('fiscalNoteId') id: string) {
    return { document: await this.documents.xmlAddress(context, id) };
  }
}
