import { Get, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
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
  StaffFiscalArchiveQuery,
  FiscalMonthsQuery,
  FiscalMonthsResponse,
  StaffFiscalNoteItem,
  StaffFiscalNoteListQuery,
  fiscalMonths,
  staffFiscalNoteItem,
} from './dto/fiscal-note.dto.js';
import { DocumentResponse, DocumentState } from './dto/invoice-document.dto.js';

@AudienceController('staff', 'api/v1/admin/fiscal-notes', 'Invoices')
export class StaffFiscalNotesController {
  constructor(
    private readonly folder: FiscalFolderService,
    private readonly documents: FiscalNoteDocumentService,
  ) {}

  @Get()
  @RequireStaffPermission('invoices:read')
  @Operation('adminListFiscalNotes', [StaffFiscalNoteItem])
  @Summary("Fiscal notes (NFS-e) of all customers' invoices, or of one customer's, the newest first")
  async list(@StaffCtx() context: StaffContext, @Query() query: StaffFiscalNoteListQuery) {
    const { billingAccountId, month, limit, offset } = query;
    const { rows, ...counted } = await this.folder.list(context, { billingAccountId, month }, { limit, offset });
    return pageOf(rows.map(staffFiscalNoteItem), counted, query);
  }

  @Get('months')
  @RequireStaffPermission('invoices:read')
  @Operation('adminListFiscalMonths', FiscalMonthsResponse)
  @Summary('The months in which fiscal notes were issued')
  async months(@StaffCtx() context: StaffContext, @Query() query: FiscalMonthsQuery) {
    return fiscalMonths(await this.folder.months(context, query));
  }

  @Get('archive')
  @RequireStaffPermission('invoices:read')
  @SendsFile()
  @Operation('adminFetchFiscalArchive', 'application/zip', 'export_too_long')
  @Summary("The files (PDF and XML) of a month's fiscal notes as ZIP; of at most 2,000 notes")
  async archive(
    @StaffCtx() context: StaffContext,
    @Query() query: StaffFiscalArchiveQuery,
    @Req() request: FastifyRequest,
  ) {
    return zipFile(request, `nfs-e-${query.month}`, await this.folder.files(context, query));
  }

  @Get(':fiscalNoteId/document')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetFiscalNoteDocument', DocumentResponse)
  @Summary(
    "Where a fiscal note's printed form (DANFSe), a PDF, can be fetched for a minute; one that was not made is asked for",
  )
  async document(@StaffCtx() context: StaffContext, @UuidParam('fiscalNoteId') id: string) {
    return { document: await this.documents.address(context, id) };
  }

  @PostAction(':fiscalNoteId/document')
  @RequireStaffPermission('invoices:read')
  @Operation('adminAskForFiscalNoteDocument', DocumentState)
  @Summary("Have a fiscal note's printed form made; open pages hear of its invoice when it is there")
  async ask(@StaffCtx() context: StaffContext, @UuidParam('fiscalNoteId') id: string) {
    return { isReady: await this.documents.ask(context, id) };
  }

  @Get(':fiscalNoteId/xml')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetFiscalNoteXml', DocumentResponse)
  @Summary("Where a fiscal note's XML can be fetched for a minute")
  async xml(@StaffCtx() context: StaffContext, @UuidParam('fiscalNoteId') id: string) {
    return { document: await this.documents.xmlAddress(context, id) };
  }
}
