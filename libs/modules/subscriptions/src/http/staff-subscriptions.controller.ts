import { Body, Get, Patch, Post, Query } from '@nestjs/common';
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
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { StaffSubscriptionService } from '../staff-subscription.service.js';
import { SubscriptionCreationService } from '../subscription-creation.service.js';
import { SubscriptionReader } from '../subscription-reader.service.js';
import { UsageService } from '../usage.service.js';
import {
  CreateSubscriptionRequest,
  CreditSubscriptionRequest,
  QuoteSubscriptionRequest,
  RecordUsageRequest,
  RecordUsageResponse,
  ReleaseSubscriptionRequest,
  StaffSubscriptionItem,
  StaffSubscriptionListQuery,
  StaffSubscriptionResponse,
  SubscriptionPeriodsResponse,
  UpdateSubscriptionRequest,
  UsageResponse,
  periodFacts,
  staffSubscription,
  staffSubscriptionItem,
  usageFacts,
} from './dto/staff-subscription.dto.js';
import { StartQuoteResponse, startQuote } from './dto/subscription-quotes.dto.js';
import { SubscriptionInvoicesResponse, subscriptionInvoices } from './dto/subscription.dto.js';

@AudienceController('staff', 'api/v1/admin/subscriptions', 'Subscriptions')
export class StaffSubscriptionsController {
  constructor(
    private readonly reader: SubscriptionReader,
    private readonly creation: SubscriptionCreationService,
    private readonly subscriptions: StaffSubscriptionService,
    private readonly usage: UsageService,
  ) {}

  @Get()
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminListSubscriptions', [StaffSubscriptionItem])
  @Summary('Subscriptions of all customers, the latest first')
  async list(@StaffCtx() context: StaffContext, @Query() query: StaffSubscriptionListQuery) {
    const page = await this.reader.list(context, { ...query, offset: query.offset });
    return pageOf(page.rows.map(staffSubscriptionItem), page, query, page.nextCursor);
  }

  @Post()
  @RequireStaffPermission('subscriptions:write')
  @SendsMails()
  @Operation('adminCreateSubscription', StaffSubscriptionResponse, 'plan_archived', 'plans_do_not_fit')
  @Summary('Begin a subscription; one that starts today has its first invoice at once')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreateSubscriptionRequest) {
    return this.get(context, await this.creation.create(context, body));
  }

  @PostAction('quote')
  @RequireStaffPermission('subscriptions:write')
  @StoresNothing()
  @Operation('adminQuoteSubscription', StartQuoteResponse, 'plan_archived', 'plans_do_not_fit')
  @Summary('What a new subscription would ask for')
  async quote(@StaffCtx() context: StaffContext, @Body() body: QuoteSubscriptionRequest) {
    return startQuote(await this.creation.quote(context, body));
  }

  @Get(':id')
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminGetSubscription', StaffSubscriptionResponse)
  @Summary('One subscription: what it has, what it will ask for next, what is planned, and what became of it')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return staffSubscription(await this.reader.get(context, id));
  }

  @Patch(':id')
  @RequireStaffPermission('subscriptions:write')
  @Operation('adminUpdateSubscription', StaffSubscriptionResponse, 'subscription_changed', 'subscription_state')
  @Summary('Change how it is collected, when what it asks for is due, and what its customer refers to it by')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: UpdateSubscriptionRequest,
  ) {
    await this.subscriptions.update(context, id, body);
    return this.get(context, id);
  }

  @Get(':id/invoices')
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminListSubscriptionInvoices', SubscriptionInvoicesResponse)
  @Summary('Its invoices, the latest first, 100 at most')
  async invoices(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return subscriptionInvoices(await this.reader.invoices(context, id));
  }

  @Get(':id/periods')
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminListSubscriptionPeriods', SubscriptionPeriodsResponse)
  @Summary('The periods that it has lived through, the latest first, 200 at most')
  async periods(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return periodFacts(await this.reader.periods(context, id));
  }

  @PostAction(':id/release')
  @RequireStaffPermission('subscriptions:write')
  @SendsMails()
  @Operation('adminReleaseSubscription', StaffSubscriptionResponse, 'subscription_state')
  @Summary('Go on with one of which nothing more was billed: ask for what was missed, or pass over it')
  async release(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { how }: ReleaseSubscriptionRequest,
  ) {
    await this.subscriptions.release(context, id, how);
    return this.get(context, id);
  }

  @PostAction(':id/credit')
  @RequireStaffPermission('payments:write')
  @SendsMails()
  @Operation('adminCreditSubscription', StaffSubscriptionResponse, 'credit_exceeds_invoice')
  @Summary('Give back so much of what it has asked for, the latest invoices first')
  async credit(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { amount, reason }: CreditSubscriptionRequest,
  ) {
    await this.subscriptions.credit(context, id, { amount: BigInt(amount), reason });
    return this.get(context, id);
  }

  @Get(':id/usage')
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminListSubscriptionUsage', UsageResponse)
  @Summary('What was used, the latest first, 200 at most')
  async listUsage(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return usageFacts(await this.usage.list(context, id));
  }

  @PostAction(':id/usage')
  @RequireStaffPermission('subscriptions:write')
  @Operation(
    'adminRecordSubscriptionUsage',
    RecordUsageResponse,
    'subscription_state',
    'usage_key_taken',
    'usage_period_billed',
  )
  @Summary('Write down what was used; a key that is there already with the same facts changes nothing')
  async recordUsage(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { records }: RecordUsageRequest,
  ) {
    return { recorded: await this.usage.record(context, id, records) };
  }
}
