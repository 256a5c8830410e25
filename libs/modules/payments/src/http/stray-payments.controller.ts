import { Body, Get, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  SUCCESS,
  SendsMails,
  StaffCtx,
  SuccessResponse,
  Summary,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { StaffPaymentService } from '../staff-payment.service.js';
import {
  AssignStrayPaymentRequest,
  DismissStrayPaymentRequest,
  StrayPaymentItem,
  StrayPaymentListQuery,
  strayPaymentItem,
} from './dto/staff-payment.dto.js';

@AudienceController('staff', 'api/v1/admin/stray-payments', 'Payments')
export class StrayPaymentsController {
  constructor(private readonly payments: StaffPaymentService) {}

  @Get()
  @RequireStaffPermission('payments:write')
  @Operation('adminListStrayPayments', [StrayPaymentItem])
  @Summary('Money at payment services that nobody here asked for, the latest first')
  async list(@StaffCtx() context: StaffContext, @Query() query: StrayPaymentListQuery) {
    const { rows, nextCursor, ...counted } = await this.payments.strays(context, { ...query, offset: query.offset });
    return pageOf(rows.map(strayPaymentItem), counted, query, nextCursor);
  }

  @PostAction(':id/assign')
  @RequireStaffPermission('payments:write')
  @SendsMails()
  @Operation('adminAssignStrayPayment', SuccessResponse, 'stray_payment_decided')
  @Summary('Say whose money it is: it becomes a deposit of theirs')
  async assign(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: AssignStrayPaymentRequest,
  ): Promise<SuccessResponse> {
    await this.payments.assign(context, id, body);
    return SUCCESS;
  }

  @PostAction(':id/dismiss')
  @RequireStaffPermission('payments:write')
  @Operation('adminDismissStrayPayment', SuccessResponse, 'stray_payment_decided')
  @Summary("Say that it is no customer's money, and why")
  async dismiss(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { note }: DismissStrayPaymentRequest,
  ): Promise<SuccessResponse> {
    await this.payments.dismiss(context, id, note);
    return SUCCESS;
  }
}
