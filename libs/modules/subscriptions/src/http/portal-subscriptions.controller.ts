import { Body, Get, Post, Query } from '@nestjs/common';
import {
  AudienceController,
  CacheControl,
  Operation,
  PortalCtx,
  RequirePortalPermission,
  SendsMails,
  Summary,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { PortalSubscriptionService } from '../portal-subscription.service.js';
import { SubscriptionReader } from '../subscription-reader.service.js';
import { UsageService } from '../usage.service.js';
import {
  ChoicesQuery,
  ChoicesResponse,
  PortalSubscriptionResponse,
  TokenRequest,
  UsageDaysResponse,
  choicesOf,
} from './dto/portal-subscription.dto.js';
import { StartQuoteResponse, startQuote } from './dto/subscription-quotes.dto.js';
import {
  SubscriptionInvoicesResponse,
  SubscriptionItem,
  SubscriptionListQuery,
  subscriptionInvoices,
  subscriptionItem,
} from './dto/subscription.dto.js';
import { PortalSubscriptionPages } from './portal-subscription-pages.js';

const BRIEFLY_CACHED = 'private, max-age=15, stale-while-revalidate=90';

@AudienceController('portal', 'api/v1/portal/subscriptions', 'Portal: subscriptions', 'billing')
export class PortalSubscriptionsController {
  constructor(
    private readonly reader: SubscriptionReader,
    private readonly subscriptions: PortalSubscriptionService,
    private readonly pages: PortalSubscriptionPages,
    private readonly usage: UsageService,
  ) {}

  @Get()
  @RequirePortalPermission('subscriptions:read')
  @CacheControl(BRIEFLY_CACHED)
  @Operation('portalListSubscriptions', [SubscriptionItem])
  @Summary("The account's subscriptions, ended ones among them, the latest first")
  async list(@PortalCtx() context: PortalContext, @Query() query: SubscriptionListQuery) {
    const page = await this.reader.list(context, { ...query, offset: query.offset });
    return pageOf(page.rows.map(subscriptionItem), page, query, page.nextCursor);
  }

  @Get(':id')
  @RequirePortalPermission('subscriptions:read')
  @Operation('portalGetSubscription', PortalSubscriptionResponse)
  @Summary('One subscription: what it has, what it will ask for next, what is planned, and what became of it')
  async get(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return this.pages.of(context, id);
  }

  @Get(':id/invoices')
  @RequirePortalPermission('invoices:read')
  @Operation('portalListSubscriptionInvoices', SubscriptionInvoicesResponse)
  @Summary('Its invoices, the latest first, 100 at most')
  async invoices(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return subscriptionInvoices(await this.reader.invoices(context, id));
  }

  @Get(':id/usage')
  @RequirePortalPermission('subscriptions:read')
  @Operation('portalListSubscriptionUsage', UsageDaysResponse)
  @Summary('What was used in the last two months, by day and item, the latest first, 200 at most')
  async used(@PortalCtx() context: PortalContext, @UuidParam('id') id: string): Promise<UsageDaysResponse> {
    return { data: await this.usage.days(context, id) };
  }

  @Get(':id/choices')
  @RequirePortalPermission('subscriptions:manage')
  @Operation('portalSubscriptionChoices', ChoicesResponse)
  @Summary('What an item may be changed to; nothing where the portal does not let its customers')
  async choices(@PortalCtx() context: PortalContext, @UuidParam('id') id: string, @Query() { itemId }: ChoicesQuery) {
    return choicesOf(await this.subscriptions.choices(context, id, itemId));
  }

  @Get(':id/restart')
  @RequirePortalPermission('subscriptions:manage')
  @Operation(
    'portalQuoteSubscriptionRestart',
    StartQuoteResponse,
    'subscription_action_not_allowed',
    'subscription_unpaid',
    'subscription_state',
    'plan_archived',
    'plans_do_not_fit',
  )
  @Summary('What taking up an ended one costs, at the prices of today')
  async quoteRestart(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return startQuote(await this.subscriptions.restartQuote(context, id));
  }

  @Post(':id/restart')
  @RequirePortalPermission('subscriptions:manage')
  @SendsMails()
  @Operation(
    'portalRestartSubscription',
    PortalSubscriptionResponse,
    'subscription_action_not_allowed',
    'subscription_unpaid',
    'subscription_state',
    'subscription_price_changed',
    'plan_archived',
    'plans_do_not_fit',
  )
  @Summary('Take up an ended one: a new one of the same items, from today on')
  async restart(@PortalCtx() context: PortalContext, @UuidParam('id') id: string, @Body() { token }: TokenRequest) {
    return this.pages.of(context, await this.subscriptions.restart(context, id, token));
  }
}
