import { Get, Inject, Query, Req, type Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { StaffPermission } from '@balcao/contracts';
import {
  Operation,
  PageQuery,
  PostAction,
  RequireStaffPermission,
  SendsFile,
  StaffCtx,
  Summary,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { DataImportService, type DataImport, type ImportKind } from '../imports/data-import.service.js';
import { ImportRowItem, ImportRowsQuery, importRowItem } from './dto/data-import.dto.js';
import { refusedRowsFile } from './refused-rows-file.js';

/** What the files of a kind are called, and how one is answered. */
interface ImportsOf<Item extends object> {
  kind: ImportKind;
  /** In the names of operations: `adminList{Name}Imports`. */
  name: string;
  /** In sentences. */
  noun: string;
  reads: StaffPermission;
  writes: StaffPermission;
  Item: Type<Item>;
  Response: Type<{ import: Item }>;
  itemOf: (row: DataImport) => Item;
  /** What the worker does once it is started, and what of it stays when it is stopped. */
  starting: string;
  stays: string;
}

/** The routes of files that are imported, but for the check, which reads each kind in its own way. */
export function importsController<Item extends object>(of: ImportsOf<Item>) {
  const { kind, name, noun, reads, writes, itemOf } = of;

  abstract class ImportsController {
    @Inject(DataImportService) protected readonly imports: DataImportService;

    @Get()
    @RequireStaffPermission(reads)
    @Operation(`adminList${name}Imports`, [of.Item])
    @Summary(`Files of ${noun} of the last 30 days that were imported, newest first`)
    async list(@StaffCtx() context: StaffContext, @Query() query: PageQuery) {
      const { rows, total } = await this.imports.list(context, kind, query);
      return pageOf(rows.map(itemOf), total, query);
    }

    @Get(':id')
    @RequireStaffPermission(reads)
    @Operation(`adminGet${name}Import`, of.Response)
    @Summary(`How far an import of ${noun} has come`)
    async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
      return { import: itemOf(await this.imports.get(context, kind, id)) };
    }

    @Get(':id/rows')
    @RequireStaffPermission(reads)
    @Operation(`adminList${name}ImportRows`, [ImportRowItem])
    @Summary(`The rows of a file of ${noun} in their order, with what becomes of each`)
    async rows(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Query() query: ImportRowsQuery) {
      const { status, limit, offset } = query;
      const { rows, total } = await this.imports.rows(context, kind, id, { status, limit, offset });
      return pageOf(
        rows.map((row) => importRowItem(row, context.locale)),
        total,
        query,
      );
    }

    @Get(':id/refused/export')
    @RequireStaffPermission(reads)
    @SendsFile()
    @Operation(`adminExportRefused${name}Rows`, 'text/csv')
    @Summary(`The rows of a file of ${noun} that were refused, as CSV with the reason of each`)
    async refused(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Req() request: FastifyRequest) {
      const { headings } = await this.imports.get(context, kind, id);
      return refusedRowsFile(request, headings, this.imports.refusedRows(context, kind, id));
    }

    @PostAction(':id/start')
    @RequireStaffPermission(writes)
    @Operation(`adminStart${name}Import`, of.Response, 'import_running', 'import_not_ready')
    @Summary(`Import what was checked; ${of.starting}`)
    async start(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
      return { import: itemOf(await this.imports.start(context, kind, id)) };
    }

    @PostAction(':id/stop')
    @RequireStaffPermission(writes)
    @Operation(`adminStop${name}Import`, of.Response)
    @Summary(`Import no more of a file; ${of.stays}`)
    async stop(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
      return { import: itemOf(await this.imports.stop(context, kind, id)) };
    }
  }
  return ImportsController;
}
