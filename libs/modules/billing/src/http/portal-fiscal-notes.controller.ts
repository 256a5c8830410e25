import { Get, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  CacheControl,
  Operation,
  PortalCtx,
  PostAction,
  RequirePortalPermission,
  SendsFile,
  Summary,
  UuidParam,
  pageOf,
  zipFile,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
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

@AudienceController('portal', 'api/v1/portal/fiscal-notes', 'Portal: invoices', 'billing')
export class PortalFiscalNotesController {
  constructor(
    private readonly folder: FiscalFolderService,
    private readonly documents: FiscalNoteDocumentService,
  ) {}

  @Get()
  @RequirePortalPermission('invoices:read')
  @Operation('portalListFiscalNotes', [FiscalNoteItem])
  @Summary("Fiscal notes (NFS-e) of all the account's invoices, the newest first")
  async list(@PortalCtx() context: PortalContext, @Query() query: FiscalNoteListQuery) {
    const { month, limit, offset } = query;
    const { rows, ...counted } = await this.folder.list(context, { month }, { limit, offset });
    return pageOf(rows.map(fiscalNoteItem), counted, query);
  }

  @Get('months')
  @RequirePortalPermission('invoices:read')
  @Operation('portalListFiscalMonths', FiscalMonthsResponse)
  @Summary('The months in which fiscal notes were issued')
  async months(@PortalCtx() context: PortalContext) {
    return fiscalMonths(await this.folder.months(context, {}));
  }

  @Get('months/:month/archive')
  @RequirePortalPermission('invoices:read')
  @SendsFile()
  @Operation('portalFetchFiscalArchive', 'application/zip', 'export_too_long')
  @Summary("The files (PDF and XML) of a month's fiscal notes as ZIP; of at most 2,000 notes")
  async archive(@PortalCtx() context: PortalContext, @Param('month') month: string, @Req() request: FastifyRequest) {
    return zipFile(request, `nfs-e-${month}`, await this.folder.files(context, { month }));
  }

  @Get(':fiscalNoteId/document')
  @RequirePortalPermission('invoices:read')
  @Operation('portalGetFiscalNoteDocument', DocumentResponse)
  @Summary(
    "Where a fiscal note's printed form (DANFSe), a PDF, can be fetched for a minute; one that was not made is asked for",
  )
  async document(@PortalCtx() context: PortalContext, @UuidParam('fiscalNoteId') id: string) {
    return { document: await this.documents.address(context, id) };
  }

  @PostAction(':fiscalNoteId/document')
  @RequirePortalPermission('invoices:read')
  @Operation('portalAskForFiscalNoteDocument', DocumentState)
  @Summary("Have a fiscal note's printed form made; open pages hear of its invoice when it is there")
  async ask(@PortalCtx() context: PortalContext, @UuidParam('fiscalNoteId') id: string) {
    return { isReady: await this.documents.ask(context, id) };
  }

  @Get(':fiscalNoteId/xml')
  @CacheControl('no-store')
  @RequirePortalPermission('invoices:read')
  @Operation('portalGetFiscalNoteXml', DocumentResponse)
  @Summary("Where a fiscal note's XML can be fetched for a minute")
  async xml(@PortalCtx() context: PortalContext, @UuidParam('fiscalNoteId') id: string) {
    return { document: await this.documents.xmlAddress(context, id) };
  }
}
