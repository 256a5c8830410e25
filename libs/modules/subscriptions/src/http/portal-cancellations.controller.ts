import { Body, Delete, Get, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PortalCtx,
  PostAction,
  RequirePortalPermission,
  SendsMails,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { PortalSubscriptionService } from '../portal-subscription.service.js';
import {
  CancelSubscriptionRequest,
  CancellationQuery,
  PortalSubscriptionResponse,
  TakeDiscountRequest,
} from './dto/portal-subscription.dto.js';
import { CancelQuoteResponse, cancelQuote } from './dto/subscription-quotes.dto.js';
import { PortalSubscriptionPages } from './portal-subscription-pages.js';

@AudienceController('portal', 'api/v1/portal/subscriptions/:id', 'Portal: subscriptions', 'billing')
export class PortalCancellationsController {
  constructor(
    private readonly subscriptions: PortalSubscriptionService,
    private readonly pages: PortalSubscriptionPages,
  ) {}

  @Get('cancellation')
  @RequirePortalPermission('subscriptions:manage')
  @Operation(
    'portalQuoteSubscriptionCancellation',
    CancelQuoteResponse,
    'subscription_action_not_allowed',
    'subscription_state',
    'subscription_changed',
  )
  @Summary('What cancelling means: when it ends, what is given back, and the one offer that fits the reason')
  async quote(@PortalCtx() context: PortalContext, @UuidParam('id') id: string, @Query() wish: CancellationQuery) {
    return cancelQuote(await this.subscriptions.cancelQuote(context, id, wish));
  }

  @PostAction('cancellation')
  @RequirePortalPermission('subscriptions:manage')
  @SendsMails()
  @Operation(
    'portalCancelSubscription',
    PortalSubscriptionResponse,
    'subscription_action_not_allowed',
    'subscription_state',
    'subscription_price_changed',
  )
  @Summary('Cancel it, now or at the end of what is billed; until then that can be undone')
  async cancel(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Body() wish: CancelSubscriptionRequest,
  ) {
    await this.subscriptions.cancel(context, id, wish);
    return this.pages.of(context, id);
  }

  @Delete('cancellation')
  @RequirePortalPermission('subscriptions:manage')
  @Operation(
    'portalUndoSubscriptionCancellation',
    PortalSubscriptionResponse,
    'subscription_action_not_allowed',
    'subscription_nothing_planned',
  )
  @Summary('Take back a cancellation that has not taken effect')
  async undo(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    await this.subscriptions.undo(context, id, 'cancel');
    return this.pages.of(context, id);
  }

  @PostAction('discount')
  @RequirePortalPermission('subscriptions:manage')
  @Operation(
    'portalTakeSubscriptionDiscount',
    PortalSubscriptionResponse,
    'subscription_action_not_allowed',
    'subscription_offer_gone',
  )
  @Summary('Take the discount that is offered to who wants to leave, and stay')
  async takeDiscount(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Body() { reason = null }: TakeDiscountRequest,
  ) {
    await this.subscriptions.takeDiscount(context, id, reason);
    return this.pages.of(context, id);
  }
}
