import { Get, Post } from '@nestjs/common';
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
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { CollectionReader } from '../collection/collection-reader.service.js';
import { CollectionService } from '../collection/collection.service.js';
import { PaymentMethodService } from '../methods/payment-method.service.js';
import { CollectionListResponse, collectionFacts } from './dto/collection.dto.js';
import { PaymentMethodsResponse, paymentMethods } from './dto/payment-method.dto.js';

/** What customers' saved cards pay, as staff follow it. Nobody here adds a card, or takes one away. */
@AudienceController('staff', 'api/v1/admin', 'Payments')
export class StaffCollectionsController {
  constructor(
    private readonly methods: PaymentMethodService,
    private readonly reader: CollectionReader,
    private readonly collections: CollectionService,
  ) {}

  @Get('billing-accounts/:id/payment-methods')
  @RequireStaffPermission('invoices:read')
  @Operation('adminListPaymentMethods', PaymentMethodsResponse)
  @Summary("A customer's saved cards, and whether invoices are paid by them by themselves")
  async ofCustomer(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<PaymentMethodsResponse> {
    return paymentMethods(await this.methods.ofCustomer(context, id));
  }

  @Get('billing-accounts/:id/collections')
  @RequireStaffPermission('invoices:read')
  @Operation('adminListCollections', CollectionListResponse)
  @Summary("A customer's invoices that a saved card pays or was to pay, the latest first; 50 at most")
  async collected(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<CollectionListResponse> {
    await this.methods.demandCustomer(context, id);
    return { data: (await this.reader.ofAccount(context, id)).map(collectionFacts) };
  }

  @Get('invoices/:id/collections')
  @RequireStaffPermission('invoices:read')
  @Operation('adminListInvoiceCollections', CollectionListResponse)
  @Summary('How a saved card pays the invoice: each try, the next one, and what comes then; the latest first')
  async ofInvoice(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<CollectionListResponse> {
    return { data: (await this.reader.ofInvoice(context, id)).map(collectionFacts) };
  }

  @Post('invoices/:id/collections')
  @RequireStaffPermission('payments:write')
  @Operation('adminCollectInvoice', CollectionListResponse, 'invoice_not_owed', 'payment_method_missing')
  @Summary("Have the customer's saved card pay the invoice from now on; one that it pays already stays as it is")
  async collect(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<CollectionListResponse> {
    await this.collections.collectByStaff(context, id);
    return this.ofInvoice(context, id);
  }

  @PostAction('invoices/:id/collections/stop')
  @RequireStaffPermission('payments:write')
  @Operation('adminStopCollection', SuccessResponse)
  @Summary('Have no saved card pay the invoice any more; a try that is on its way is not called back')
  async stop(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<SuccessResponse> {
    await this.collections.stopByStaff(context, id);
    return SUCCESS;
  }
}
