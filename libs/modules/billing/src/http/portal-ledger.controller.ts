import { Get, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  Operation,
  PortalCtx,
  RequirePortalPermission,
  SendsFile,
  Summary,
  pageOf,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { BillingExporter } from '../billing-exporter.service.js';
import { BillingReader } from '../billing-reader.service.js';
import { transactionsFile } from './billing-files.js';
import {
  StatementQuery,
  StatementResponse,
  TransactionItem,
  TransactionListQuery,
  statement,
  transactionItem,
} from './dto/ledger.dto.js';

@AudienceController('portal', 'api/v1/portal', 'Portal: invoices', 'billing')
export class PortalLedgerController {
  constructor(
    private readonly billing: BillingReader,
    private readonly exporter: BillingExporter,
  ) {}

  @Get('transactions')
  @RequirePortalPermission('invoices:read')
  @Operation('portalListTransactions', [TransactionItem])
  @Summary("What was invoiced, paid and credited in the account's books, the newest first")
  async transactions(@PortalCtx() context: PortalContext, @Query() query: TransactionListQuery) {
    const { rows, nextCursor, ...counted } = await this.billing.transactions(context, {
      ...query,
      offset: query.offset,
      billingAccountId: context.scope.billingAccountId,
    });
    return pageOf(rows.map(transactionItem), counted, query, nextCursor);
  }

  @Get('transactions/export')
  @RequirePortalPermission('invoices:read')
  @SendsFile()
  @Operation('portalExportTransactions', 'text/csv', 'export_too_long')
  @Summary("The account's books as CSV, all pages of them; at most 1,000,000 rows")
  async export(
    @PortalCtx() context: PortalContext,
    @Query() { kind, from, to }: TransactionListQuery,
    @Req() request: FastifyRequest,
  ) {
    const { billingAccountId } = context.scope;
    const batches = await this.exporter.transactions(context, { billingAccountId, kind, from, to });
    return transactionsFile(request, this.billing.today(context), batches);
  }

  @Get('statement')
  @RequirePortalPermission('invoices:read')
  @Operation('portalGetStatement', StatementResponse)
  @Summary("The account's books between two days, with what was owed behind each line")
  async statement(@PortalCtx() context: PortalContext, @Query() query: StatementQuery) {
    const { billingAccountId } = context.scope;
    return statement(await this.billing.statement(context, { ...query, billingAccountId }));
  }
}
