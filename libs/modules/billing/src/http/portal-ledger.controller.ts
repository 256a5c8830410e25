import { Get, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PortalCtx,
  RequirePortalPermission,
  Summary,
  pageOf,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { BillingReader } from '../billing-reader.service.js';
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
  constructor(private readonly billing: BillingReader) {}

  @Get('transactions')
  @RequirePortalPermission('invoices:read')
  @Operation('portalListTransactions', [TransactionItem])
  @Summary("What was invoiced, paid and credited in the account's books, the newest first")
  async transactions(@PortalCtx() context: PortalContext, @Query() query: TransactionListQuery) {
    const { rows, nextCursor } = await this.billing.transactions(context, {
      ...query,
      offset: query.offset,
      billingAccountId: context.scope.billingAccountId,
    });
    return pageOf(rows.map(transactionItem), { total: rows.length, totalExact: false }, query, nextCursor);
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
