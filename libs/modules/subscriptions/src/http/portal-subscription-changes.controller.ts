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
  ChangePlanRequest,
  PauseQuery,
  PauseRequest,
  PlanChangeQuery,
  PortalSubscriptionResponse,
  TokenRequest,
} from './dto/portal-subscription.dto.js';
import {
  ChangeQuoteResponse,
  PauseQuoteResponse,
  ResumeQuoteResponse,
  changeQuote,
  pauseQuote,
  resumeQuote,
} from './dto/subscription-quotes.dto.js';
import { PortalSubscriptionPages } from './portal-subscription-pages.js';

@AudienceController('portal', 'api/v1/portal/subscriptions/:id', 'Portal: subscriptions', 'billing')
export class PortalSubscriptionChangesController {
  constructor(
    private readonly subscriptions: PortalSubscriptionService,
    private readonly pages: PortalSubscriptionPages,
  ) {}

  @Get('change')
  @RequirePortalPermission('subscriptions:manage')
  @Operation(
    'portalQuoteSubscriptionChange',
    ChangeQuoteResponse,
    'subscription_action_not_allowed',
    'subscription_state',
    'subscription_changed',
    'subscription_same_plan',
    'plan_archived',
    'plans_do_not_fit',
  )
  @Summary('What another plan, or more of the same, would cost: at once, and every period')
  async quoteChange(@PortalCtx() context: PortalContext, @UuidParam('id') id: string, @Query() wish: PlanChangeQuery) {
    return changeQuote(await this.subscriptions.changeQuote(context, id, wish));
  }

  @PostAction('change')
  @RequirePortalPermission('subscriptions:manage')
  @SendsMails()
  @Operation(
    'portalChangeSubscription',
    PortalSubscriptionResponse,
    'subscription_action_not_allowed',
    'subscription_state',
    'subscription_price_changed',
    'subscription_same_plan',
    'plan_archived',
    'plans_do_not_fit',
  )
  @Summary('Change it at the price that was shown: now, with an invoice of the difference, or with the next period')
  async change(@PortalCtx() context: PortalContext, @UuidParam('id') id: string, @Body() wish: ChangePlanRequest) {
    await this.subscriptions.change(context, id, wish);
    return this.pages.of(context, id);
  }

  @Delete('change')
  @RequirePortalPermission('subscriptions:manage')
  @SendsMails()
  @Operation(
    'portalUndoSubscriptionChange',
    PortalSubscriptionResponse,
    'subscription_action_not_allowed',
    'subscription_nothing_planned',
  )
  @Summary('Drop what is planned, or take back what was done and is not paid at all')
  async undoChange(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    await this.subscriptions.undo(context, id, 'change');
    return this.pages.of(context, id);
  }

  @Get('pause')
  @RequirePortalPermission('subscriptions:manage')
  @Operation(
    'portalQuoteSubscriptionPause',
    PauseQuoteResponse,
    'subscription_action_not_allowed',
    'subscription_state',
    'subscription_changed',
  )
  @Summary('What a pause saves')
  async quotePause(@PortalCtx() context: PortalContext, @UuidParam('id') id: string, @Query() wish: PauseQuery) {
    return pauseQuote(await this.subscriptions.pauseQuote(context, id, wish));
  }

  @PostAction('pause')
  @RequirePortalPermission('subscriptions:manage')
  @SendsMails()
  @Operation(
    'portalPauseSubscription',
    PortalSubscriptionResponse,
    'subscription_action_not_allowed',
    'subscription_state',
    'subscription_price_changed',
  )
  @Summary('Pause it from a day to another one; other days take the place of those that are planned')
  async pause(@PortalCtx() context: PortalContext, @UuidParam('id') id: string, @Body() wish: PauseRequest) {
    await this.subscriptions.pause(context, id, wish);
    return this.pages.of(context, id);
  }

  @Delete('pause')
  @RequirePortalPermission('subscriptions:manage')
  @Operation(
    'portalUndoSubscriptionPause',
    PortalSubscriptionResponse,
    'subscription_action_not_allowed',
    'subscription_nothing_planned',
  )
  @Summary('Take back a pause that has not begun')
  async undoPause(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    await this.subscriptions.undo(context, id, 'pause');
    return this.pages.of(context, id);
  }

  @Get('resumption')
  @RequirePortalPermission('subscriptions:manage')
  @Operation(
    'portalQuoteSubscriptionResumption',
    ResumeQuoteResponse,
    'subscription_action_not_allowed',
    'subscription_state',
    'subscription_changed',
  )
  @Summary('What coming back from a pause today asks for')
  async quoteResumption(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return resumeQuote(await this.subscriptions.resumeQuote(context, id));
  }

  @PostAction('resumption')
  @RequirePortalPermission('subscriptions:manage')
  @SendsMails()
  @Operation(
    'portalResumeSubscription',
    PortalSubscriptionResponse,
    'subscription_action_not_allowed',
    'subscription_state',
    'subscription_price_changed',
  )
  @Summary('Come back from a pause today: periods are counted from today on')
  async resume(@PortalCtx() context: PortalContext, @UuidParam('id') id: string, @Body() { token }: TokenRequest) {
    await this.subscriptions.resume(context, id, token);
    return this.pages.of(context, id);
  }
}
