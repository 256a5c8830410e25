import { Get, Query } from '@nestjs/common';
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
import { GatewayEventService } from '../gateway-event.service.js';
import { StaffPaymentService } from '../staff-payment.service.js';
import { GatewayEventItem, GatewayEventListQuery, gatewayEventItem } from './dto/staff-payment.dto.js';

@AudienceController('staff', 'api/v1/admin/gateway-events', 'Payments')
export class GatewayEventsController {
  constructor(
    private readonly payments: StaffPaymentService,
    private readonly gatewayEvents: GatewayEventService,
  ) {}

  @Get()
  @RequireStaffPermission('payments:write')
  @Operation('adminListGatewayEvents', [GatewayEventItem])
  @Summary('What payment services have told, the latest first, and what became of it')
  async list(@StaffCtx() context: StaffContext, @Query() query: GatewayEventListQuery) {
    const { rows, nextCursor, ...counted } = await this.payments.gatewayEvents(context, {
      ...query,
      offset: query.offset,
    });
    return pageOf(rows.map(gatewayEventItem), counted, query, nextCursor);
  }

  @PostAction(':id/replay')
  @RequireStaffPermission('payments:write')
  @Operation('adminReplayGatewayEvent', SuccessResponse)
  @Summary('Work an event through once more: the payment service is asked how the payment stands now')
  async replay(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<SuccessResponse> {
    await this.gatewayEvents.replay(context, id);
    return SUCCESS;
  }
}
