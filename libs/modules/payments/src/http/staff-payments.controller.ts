import { Body, Get, Post, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  SUCCESS,
  StaffCtx,
  SuccessResponse,
  Summary,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { RefundService } from '../refund.service.js';
import { StaffPaymentService } from '../staff-payment.service.js';
import {
  RefundPaymentRequest,
  RefundPaymentResponse,
  StaffPaymentItem,
  StaffPaymentListQuery,
  StaffPaymentResponse,
  staffPayment,
  staffPaymentItem,
} from './dto/staff-payment.dto.js';

@AudienceController('staff', 'api/v1/admin/payments', 'Payments')
export class StaffPaymentsController {
  constructor(
    private readonly payments: StaffPaymentService,
    private readonly refunds: RefundService,
  ) {}

  @Get()
  @RequireStaffPermission('invoices:read')
  @Operation('adminListPayments', [StaffPaymentItem])
  @Summary("The organization's payments through payment services, the latest first")
  async list(@StaffCtx() context: StaffContext, @Query() query: StaffPaymentListQuery) {
    const { rows, nextCursor, ...counted } = await this.payments.list(context, { ...query, offset: query.offset });
    return pageOf(rows.map(staffPaymentItem), counted, query, nextCursor);
  }

  @Get(':id')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetPayment', StaffPaymentResponse)
  @Summary('One payment with what it pays, what came, what went back and who contests it')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<StaffPaymentResponse> {
    return staffPayment(await this.payments.get(context, id));
  }

  @PostAction(':id/withdraw')
  @RequireStaffPermission('payments:write')
  @Operation('adminWithdrawPayment', SuccessResponse, 'payment_not_open')
  @Summary('Have a code end that nobody shall pay any more; money that comes all the same counts')
  async withdraw(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<SuccessResponse> {
    await this.payments.withdraw(context, id);
    return SUCCESS;
  }

  @PostAction(':id/ask')
  @RequireStaffPermission('payments:write')
  @Operation('adminAskAfterPayment', SuccessResponse, 'gateway_unreachable')
  @Summary('Ask the payment service at once how it stands')
  async ask(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<SuccessResponse> {
    await this.payments.ask(context, id);
    return SUCCESS;
  }

  @Post(':id/refunds')
  @RequireStaffPermission('payments:write')
  @Operation(
    'adminRefundPayment',
    RefundPaymentResponse,
    'payment_not_open',
    'refund_not_possible',
    'refund_exceeds_payment',
  )
  @Summary('Give back what came, or a part; the payment service is asked behind the answer')
  async refund(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { amount, ...request }: RefundPaymentRequest,
  ): Promise<RefundPaymentResponse> {
    const refund = { ...request, ...(amount !== undefined && { amount: BigInt(amount) }) };
    return { id: await this.refunds.create(context, id, refund) };
  }
}
