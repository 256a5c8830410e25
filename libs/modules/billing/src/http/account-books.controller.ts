import { Get, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  Operation,
  RequireStaffPermission,
  SendsFile,
  StaffCtx,
  Summary,
  UuidParam,
  money,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { BillingExporter } from '../billing-exporter.service.js';
import { BillingReader } from '../billing-reader.service.js';
import { staffTransactionsFile } from './billing-files.js';
import {
  BalancesResponse,
  StatementQuery,
  StatementResponse,
  TransactionItem,
  TransactionListQuery,
  statement,
  transactionItem,
} from './dto/ledger.dto.js';

/** A customer's books, as staff read them. */
@AudienceController('staff', 'api/v1/admin/billing-accounts/:id', 'Ledger')
export class AccountBooksController {
  constructor(
    private readonly billing: BillingReader,
    private readonly exporter: BillingExporter,
  ) {}

  @Get('transactions')
  @RequireStaffPermission('invoices:read')
  @Operation('adminListTransactions', [TransactionItem])
  @Summary("A customer's books, the newest first")
  async transactions(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') billingAccountId: string,
    @Query() query: TransactionListQuery,
  ) {
    const { rows, nextCursor, ...counted } = await this.billing.transactions(context, {
      ...query,
      offset: query.offset,
      billingAccountId,
    });
    return pageOf(rows.map(transactionItem), counted, query, nextCursor);
  }

  @Get('transactions/export')
  @RequireStaffPermission('invoices:read')
  @SendsFile()
  @Operation('adminExportTransactions', 'text/csv', 'export_too_long')
  @Summary("A customer's books as CSV, all pages of them; at most 1,000,000 rows")
  async export(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') billingAccountId: string,
    @Query() query: TransactionListQuery,
    @Req() request: FastifyRequest,
  ) {
    const { kind, from, to } = query;
    const batches = await this.exporter.transactions(context, { billingAccountId, kind, from, to });
    return staffTransactionsFile(request, this.billing.today(context), batches);
  }

  @Get('statement')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetStatement', StatementResponse)
  @Summary("A customer's books between two days, with what was owed behind each line")
  async statement(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') billingAccountId: string,
    @Query() query: StatementQuery,
  ) {
    return statement(await this.billing.statement(context, { ...query, billingAccountId }));
  }

  @Get('balances')
  @RequireStaffPermission('invoices:read')
  @Operation('adminListBalances', BalancesResponse)
  @Summary('What a customer owes in each currency, and the credit that is left')
  async balances(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') billingAccountId: string,
  ): Promise<BalancesResponse> {
    const rows = await this.billing.balances(context, billingAccountId);
    return {
      data: rows.map(({ balance, credit, currency }) => ({
        balance: money(balance, currency),
        credit: money(credit, currency),
      })),
    };
  }
}
