import { Body, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PortalCtx,
  PostAction,
  RequirePortalPermission,
  SUCCESS,
  SuccessResponse,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { CollectionReader } from '../collection/collection-reader.service.js';
import { MethodSetupService } from '../methods/method-setup.service.js';
import { PaymentMethodService } from '../methods/payment-method.service.js';
import { CollectionListResponse, collectionFacts } from './dto/collection.dto.js';
import {
  MethodSetupResponse,
  PaymentMethodsResponse,
  RemovePaymentMethodQuery,
  UpdatePaymentMethodsRequest,
  methodSetup,
  paymentMethods,
} from './dto/payment-method.dto.js';

/** Saved cards. None is typed here: cards are added on the page of the payment service. */
@AudienceController('portal', 'api/v1/portal', 'Portal: payment methods', 'billing')
export class PortalPaymentMethodsController {
  constructor(
    private readonly methods: PaymentMethodService,
    private readonly setups: MethodSetupService,
    private readonly collections: CollectionReader,
  ) {}

  @Get('payment-methods')
  @RequirePortalPermission('payment_methods:manage')
  @Operation('portalListPaymentMethods', PaymentMethodsResponse)
  @Summary("The account's saved cards, and whether its invoices are paid by them by themselves")
  async list(@PortalCtx() context: PortalContext): Promise<PaymentMethodsResponse> {
    return paymentMethods(await this.methods.list(context, context.scope.billingAccountId));
  }

  @Patch('payment-methods')
  @RequirePortalPermission('payment_methods:manage')
  @Operation('portalUpdatePaymentMethods', PaymentMethodsResponse, 'payment_method_missing')
  @Summary('Have invoices paid by the default card by themselves, each on its due date, or no longer')
  async update(
    @PortalCtx() context: PortalContext,
    @Body() { isAutomatic }: UpdatePaymentMethodsRequest,
  ): Promise<PaymentMethodsResponse> {
    await this.methods.setAutomatic(context, isAutomatic);
    return this.list(context);
  }

  @Post('payment-method-setups')
  @RequirePortalPermission('payment_methods:manage')
  @Operation('portalCreateMethodSetup', MethodSetupResponse, 'saving_cards_unavailable')
  @Summary('Ask for a page of the payment service on which a card is added; its address follows')
  async add(@PortalCtx() context: PortalContext): Promise<MethodSetupResponse> {
    return { setup: methodSetup(await this.setups.create(context)) };
  }

  @Get('payment-method-setups/:id')
  @RequirePortalPermission('payment_methods:manage')
  @Operation('portalGetMethodSetup', MethodSetupResponse)
  @Summary('Where the page is on which a card is added, and whether one was')
  async setup(@PortalCtx() context: PortalContext, @UuidParam('id') id: string): Promise<MethodSetupResponse> {
    return { setup: methodSetup(await this.setups.get(context, id)) };
  }

  @PostAction('payment-methods/:id/make-default')
  @RequirePortalPermission('payment_methods:manage')
  @Operation('portalMakePaymentMethodDefault', PaymentMethodsResponse, 'payment_method_removed')
  @Summary('Make a card the one that is charged; what waits for another card is charged at once')
  async makeDefault(@PortalCtx() context: PortalContext, @UuidParam('id') id: string): Promise<PaymentMethodsResponse> {
    await this.methods.makeDefault(context, id);
    return this.list(context);
  }

  @Delete('payment-methods/:id')
  @RequirePortalPermission('payment_methods:manage')
  @Operation('portalRemovePaymentMethod', SuccessResponse, 'payment_method_in_use')
  @Summary('Take a card away; the payment service forgets it')
  async remove(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Query() { replacementId }: RemovePaymentMethodQuery,
  ): Promise<SuccessResponse> {
    await this.methods.remove(context, id, replacementId);
    return SUCCESS;
  }

  @Get('collections')
  @RequirePortalPermission('invoices:read')
  @Operation('portalListCollections', CollectionListResponse)
  @Summary('Invoices that a saved card pays or was to pay, the latest first; 50 at most')
  async collected(@PortalCtx() context: PortalContext): Promise<CollectionListResponse> {
    const views = await this.collections.ofAccount(context, context.scope.billingAccountId);
    return { data: views.map(collectionFacts) };
  }

  @Get('invoices/:id/collections')
  @RequirePortalPermission('invoices:read')
  @Operation('portalListInvoiceCollections', CollectionListResponse)
  @Summary('How a saved card pays the invoice: each try, the next one, and what comes then; the latest first')
  async ofInvoice(@PortalCtx() context: PortalContext, @UuidParam('id') id: string): Promise<CollectionListResponse> {
    return { data: (await this.collections.ofInvoice(context, id)).map(collectionFacts) };
  }
}
