import { Body, Delete, Get, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  SendsMails,
  StaffCtx,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { SubscriptionEndService } from '../subscription-end.service.js';
import { SubscriptionReader } from '../subscription-reader.service.js';
import {
  StaffCancelRequest,
  StaffCancellationQuery,
  StaffSubscriptionResponse,
  staffSubscription,
} from './dto/staff-subscription.dto.js';
import { CancelQuoteResponse, cancelQuote } from './dto/subscription-quotes.dto.js';

/** Staff do as they like: what may be offered to who leaves is all that the organization offers. */
const EVERYTHING = { pause: true, change: true };

@AudienceController('staff', 'api/v1/admin/subscriptions/:id/cancellation', 'Subscriptions')
export class StaffCancellationsController {
  constructor(
    private readonly reader: SubscriptionReader,
    private readonly ends: SubscriptionEndService,
  ) {}

  @Get()
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminQuoteSubscriptionCancellation', CancelQuoteResponse, 'subscription_state', 'subscription_changed')
  @Summary('What cancelling means: when it ends, and what is given back')
  async quote(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Query() wish: StaffCancellationQuery) {
    return cancelQuote(await this.ends.quote(context, id, wish, EVERYTHING));
  }

  @PostAction()
  @RequireStaffPermission('subscriptions:write')
  @SendsMails()
  @Operation('adminCancelSubscription', StaffSubscriptionResponse, 'subscription_state', 'subscription_price_changed')
  @Summary('Cancel it, now or at the end of what is billed; until then that can be undone')
  async cancel(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() wish: StaffCancelRequest) {
    await this.ends.cancel(context, id, wish);
    return staffSubscription(await this.reader.get(context, id));
  }

  @Delete()
  @RequireStaffPermission('subscriptions:write')
  @Operation('adminUndoSubscriptionCancellation', StaffSubscriptionResponse, 'subscription_nothing_planned')
  @Summary('Take back a cancellation that has not taken effect')
  async undo(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    await this.ends.undo(context, id);
    return staffSubscription(await this.reader.get(context, id));
  }
}
