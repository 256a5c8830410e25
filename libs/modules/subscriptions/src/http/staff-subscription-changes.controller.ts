import { Body, Delete, Get, Post, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  SendsMails,
  StaffCtx,
  StoresNothing,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { SubscriptionChangeService } from '../subscription-change.service.js';
import { SubscriptionCreationService } from '../subscription-creation.service.js';
import { SubscriptionPauseService } from '../subscription-pause.service.js';
import { SubscriptionReader } from '../subscription-reader.service.js';
import {
  ChangeSubscriptionRequest,
  OptionalTokenRequest,
  QuoteChangeRequest,
  StaffPauseQuery,
  StaffPauseRequest,
  StaffSubscriptionResponse,
  staffSubscription,
} from './dto/staff-subscription.dto.js';
import {
  ChangeQuoteResponse,
  PauseQuoteResponse,
  ResumeQuoteResponse,
  StartQuoteResponse,
  changeQuote,
  pauseQuote,
  resumeQuote,
  startQuote,
} from './dto/subscription-quotes.dto.js';

@AudienceController('staff', 'api/v1/admin/subscriptions/:id', 'Subscriptions')
export class StaffSubscriptionChangesController {
  constructor(
    private readonly reader: SubscriptionReader,
    private readonly changes: SubscriptionChangeService,
    private readonly pauses: SubscriptionPauseService,
    private readonly creation: SubscriptionCreationService,
  ) {}

  @PostAction('change-quote')
  @RequireStaffPermission('subscriptions:write')
  @StoresNothing()
  @Operation(
    'adminQuoteSubscriptionChange',
    ChangeQuoteResponse,
    'subscription_state',
    'subscription_changed',
    'subscription_same_plan',
    'plan_archived',
    'plans_do_not_fit',
  )
  @Summary('What having other items would cost: at once, and every period')
  async quoteChange(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { items }: QuoteChangeRequest,
  ) {
    return changeQuote(await this.changes.quote(context, id, items));
  }

  @PostAction('change')
  @RequireStaffPermission('subscriptions:write')
  @SendsMails()
  @Operation(
    'adminChangeSubscription',
    StaffSubscriptionResponse,
    'subscription_state',
    'subscription_price_changed',
    'subscription_same_plan',
    'plan_archived',
    'plans_do_not_fit',
  )
  @Summary('Change what it has: now, with an invoice or a credit of the difference, or with the next period')
  async change(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: ChangeSubscriptionRequest,
  ) {
    await this.changes.change(context, id, body);
    return this.page(context, id);
  }

  @Delete('change')
  @RequireStaffPermission('subscriptions:write')
  @SendsMails()
  @Operation('adminUndoSubscriptionChange', StaffSubscriptionResponse, 'subscription_nothing_planned')
  @Summary('Drop what is planned, or take back what was done and is not paid at all')
  async undoChange(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    await this.changes.undo(context, id);
    return this.page(context, id);
  }

  @Get('pause')
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminQuoteSubscriptionPause', PauseQuoteResponse, 'subscription_state', 'subscription_changed')
  @Summary('What a pause saves')
  async quotePause(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Query() { startsOn, resumesOn }: StaffPauseQuery,
  ) {
    return pauseQuote(await this.pauses.quote(context, id, { startsOn, resumesOn: resumesOn ?? null }));
  }

  @PostAction('pause')
  @RequireStaffPermission('subscriptions:write')
  @SendsMails()
  @Operation('adminPauseSubscription', StaffSubscriptionResponse, 'subscription_state', 'subscription_price_changed')
  @Summary('Pause it from a day on; other days take the place of those that are planned')
  async pause(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { startsOn, resumesOn = null, token }: StaffPauseRequest,
  ) {
    await this.pauses.pause(context, id, { startsOn, resumesOn, token });
    return this.page(context, id);
  }

  @Delete('pause')
  @RequireStaffPermission('subscriptions:write')
  @Operation('adminUndoSubscriptionPause', StaffSubscriptionResponse, 'subscription_nothing_planned')
  @Summary('Take back a pause that has not begun')
  async undoPause(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    await this.pauses.undo(context, id);
    return this.page(context, id);
  }

  @Get('resumption')
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminQuoteSubscriptionResumption', ResumeQuoteResponse, 'subscription_state', 'subscription_changed')
  @Summary('What coming back from a pause today asks for')
  async quoteResumption(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return resumeQuote(await this.pauses.resumeQuote(context, id));
  }

  @PostAction('resumption')
  @RequireStaffPermission('subscriptions:write')
  @SendsMails()
  @Operation('adminResumeSubscription', StaffSubscriptionResponse, 'subscription_state', 'subscription_price_changed')
  @Summary('Come back from a pause today: periods are counted from today on')
  async resume(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { token }: OptionalTokenRequest,
  ) {
    await this.pauses.resume(context, id, token);
    return this.page(context, id);
  }

  @Get('restart')
  @RequireStaffPermission('subscriptions:read')
  @Operation(
    'adminQuoteSubscriptionRestart',
    StartQuoteResponse,
    'subscription_state',
    'plan_archived',
    'plans_do_not_fit',
  )
  @Summary('What taking up an ended one costs, at the prices of today')
  async quoteRestart(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return startQuote(await this.creation.restartQuote(context, id));
  }

  @Post('restart')
  @RequireStaffPermission('subscriptions:write')
  @SendsMails()
  @Operation(
    'adminRestartSubscription',
    StaffSubscriptionResponse,
    'subscription_state',
    'subscription_price_changed',
    'plan_archived',
    'plans_do_not_fit',
  )
  @Summary('Take up an ended one: a new one of the same items, from today on')
  async restart(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { token }: OptionalTokenRequest,
  ) {
    return this.page(context, await this.creation.restart(context, id, token));
  }

  private async page(context: StaffContext, id: string): Promise<StaffSubscriptionResponse> {
    return staffSubscription(await this.reader.get(context, id));
  }
}
