import { Body, Get, Post } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  SendsMails,
  StaffCtx,
  Summary,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { BillingReader } from '../billing-reader.service.js';
import { CreditService } from '../credit.service.js';
import {
  AgeingResponse,
  ApplyCreditRequest,
  ApplyCreditResponse,
  RecordDepositRequest,
  RecordDepositResponse,
  ageingBucket,
} from './dto/ledger.dto.js';

@AudienceController('staff', 'api/v1/admin/ledger', 'Ledger')
export class StaffLedgerController {
  constructor(
    private readonly billing: BillingReader,
    private readonly credits: CreditService,
  ) {}

  @Get('ageing')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetAgeing', AgeingResponse)
  @Summary('What all customers owe, by how late it is')
  async ageing(@StaffCtx() context: StaffContext): Promise<AgeingResponse> {
    return { data: (await this.billing.ageing(context)).map(ageingBucket) };
  }

  @Post('deposits')
  @RequireStaffPermission('payments:write')
  @SendsMails()
  @Operation('adminRecordDeposit', RecordDepositResponse)
  @Summary('Write down money that came in elsewhere; it pays invoices, and the rest stays as credit')
  async deposit(@StaffCtx() context: StaffContext, @Body() { amount, invoiceIds, ...body }: RecordDepositRequest) {
    const application = invoiceIds && (invoiceIds.length > 0 ? { invoiceIds } : 'none');
    const { id, allocated } = await this.credits.deposit(context, { ...body, amount: BigInt(amount), application });
    return { id, allocated: Number(allocated) };
  }

  @PostAction('apply-credit')
  @RequireStaffPermission('payments:write')
  @SendsMails()
  @Operation('adminApplyCredit', ApplyCreditResponse)
  @Summary("Let a customer's credit pay what is owed, what is due first before the rest")
  async applyCredit(@StaffCtx() context: StaffContext, @Body() { billingAccountId, currency }: ApplyCreditRequest) {
    const { organization } = context.principal;
    const used = await this.credits.applyCredit(context, billingAccountId, currency ?? organization.currency);
    return { used: Number(used) };
  }
}
