import { Body, Get, Post, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PageQuery,
  PostAction,
  RequireStaffPermission,
  SendsMails,
  StaffCtx,
  Summary,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { InvitationImportService } from '../invitations/imports/invitation-import.service.js';
import {
  CreateInvitationImportRequest,
  InvitationImportItem,
  InvitationImportResponse,
  RefusedLinesResponse,
} from './dto/invitation-import.dto.js';
import { lineErrorText, readListedPeople } from './read-listed-people.js';

@AudienceController('staff', 'api/v1/admin/invitation-imports', 'Invitations')
export class InvitationImportsController {
  constructor(private readonly imports: InvitationImportService) {}

  @Get()
  @RequireStaffPermission('invitations:read')
  @Operation('adminListInvitationImports', [InvitationImportItem])
  @Summary('Lists of people of the last 30 days, newest first')
  async list(@StaffCtx() context: StaffContext, @Query() query: PageQuery) {
    const { rows, total } = await this.imports.list(context, query);
    return pageOf(rows, total, query);
  }

  @Post()
  @SendsMails(200, 10)
  @RequireStaffPermission('invitations:write')
  @Operation(
    'adminCreateInvitationImport',
    InvitationImportResponse,
    'import_running',
    'PORTAL_INVITATIONS_DISABLED',
    'rate_limited',
  )
  @Summary(
    'Invite the people of a list: those who can be are, one after the other, and every other line is told of with its reason. ' +
      'One list at a time; who has access or an invitation is not invited again, so a list may be sent again once it is mended',
  )
  async create(@StaffCtx() context: StaffContext, @Body() { people, ...target }: CreateInvitationImportRequest) {
    // Before anything is read that could not be taken.
    await this.imports.requireNoneRunning(context);
    return { import: await this.imports.create(context, target, await readListedPeople(people)) };
  }

  @Get(':id')
  @RequireStaffPermission('invitations:read')
  @Operation('adminGetInvitationImport', InvitationImportResponse)
  @Summary('How far a list has come')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { import: await this.imports.get(context, id) };
  }

  @Get(':id/refused')
  @RequireStaffPermission('invitations:read')
  @Operation('adminListRefusedLines', RefusedLinesResponse)
  @Summary('All lines of a list that cannot be invited as they are, each with its reason')
  async refused(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    const lines = await this.imports.refused(context, id);
    return {
      data: lines.map(({ problem, ...line }) => ({
        ...line,
        code: problem,
        message: lineErrorText(problem, context.locale),
      })),
    };
  }

  @PostAction(':id/stop')
  @RequireStaffPermission('invitations:write')
  @Operation('adminStopInvitationImport', InvitationImportResponse)
  @Summary('Invite nobody else of a list; who was invited stays so')
  async stop(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { import: await this.imports.stop(context, id) };
  }
}
