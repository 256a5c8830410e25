import { Body, Get, Post, Query } from '@nestjs/common';
import { DocumentService } from '@balcao/module-billing';
import { DocumentQuery, DocumentResponse, DocumentState } from '@balcao/module-billing/http';
import { DomainError } from '@balcao/platform-errors';
import {
  AudienceController,
  Operation,
  PortalCtx,
  PostAction,
  RequireAnyPortalPermission,
  RequirePortalPermission,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { PaymentBoletos } from '../payment-boleto.service.js';
import { PaymentReceipts } from '../payment-receipt.service.js';
import { PaymentService } from '../payment.service.js';
import { PaymentResponse, paymentFacts, paymentItem } from './dto/payment.dto.js';
import {
  CreatePaymentRequest,
  InvoicePaymentsResponse,
  PaymentOfferQuery,
  PaymentOfferResponse,
  paymentOffer,
} from './dto/portal-payment.dto.js';

@AudienceController('portal', 'api/v1/portal', 'Portal: payments', 'billing')
export class PortalPaymentsController {
  constructor(
    private readonly payments: PaymentService,
    private readonly receipts: PaymentReceipts,
    private readonly boletos: PaymentBoletos,
    private readonly documents: DocumentService,
  ) {}

  @Get('payments/offer')
  @RequirePortalPermission('payments:create')
  @Operation('portalPaymentOffer', PaymentOfferResponse)
  @Summary('What paying these invoices takes today and tomorrow, how it can be done, and what is open for them')
  async offer(@PortalCtx() context: PortalContext, @Query() { invoiceIds }: PaymentOfferQuery) {
    const offer = await this.payments.offer(context, 'portal', invoiceIds);
    const savesCards = offer.savesCards && context.can('payment_methods:manage');
    return paymentOffer({ ...offer, savesCards }, context.clock.now());
  }

  @Post('payments')
  @RequirePortalPermission('payments:create')
  @Operation(
    'portalCreatePayment',
    PaymentResponse,
    'invoice_not_owed',
    'payment_method_unavailable',
    'payment_amount_out_of_range',
    'partial_payment_not_allowed',
    'saving_cards_unavailable',
  )
  @Summary(
    'Ask to pay; what is open already for the same is answered. Its code follows: open pages hear of the payment',
  )
  async create(@PortalCtx() context: PortalContext, @Body() { amount, ...request }: CreatePaymentRequest) {
    if (request.savesMethod && !context.can('payment_methods:manage'))
      throw new DomainError('saving_cards_unavailable');
    const payment = await this.payments.create(context, 'portal', {
      ...request,
      ...(amount !== undefined && { amount: BigInt(amount) }),
    });
    return { payment: paymentFacts({ payment, uses: null }, context.clock.now()) };
  }

  @Get('payments/:id')
  @RequireAnyPortalPermission('payments:create', 'invoices:read')
  @Operation('portalGetPayment', PaymentResponse)
  @Summary('How a payment stands, and what its money has paid')
  async get(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return { payment: paymentFacts(await this.receipts.get(context, id), context.clock.now()) };
  }

  @Get('payments/:id/document')
  @RequirePortalPermission('invoices:read')
  @Operation('portalGetReceiptDocument', DocumentResponse)
  @Summary(
    "Where a payment's receipt, a PDF, can be fetched for a minute; one that was not made yet is asked for first",
  )
  async receipt(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    const receipt = await this.receipts.printed(context, id);
    return { document: receipt ? await this.documents.address(context, { receipt }, locale) : null };
  }

  @PostAction('payments/:id/document')
  @RequirePortalPermission('invoices:read')
  @Operation('portalAskForReceiptDocument', DocumentState, 'payment_not_paid')
  @Summary("Have a payment's receipt made; open pages hear of the payment when it is there")
  async askForReceipt(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    const receipt = await this.receipts.printed(context, id);
    if (!receipt) throw new DomainError('payment_not_paid');
    return { isReady: await this.documents.ask(context, { receipt }, locale) };
  }

  @Get('payments/:id/boleto')
  @RequireAnyPortalPermission('payments:create', 'invoices:read')
  @Operation('portalGetBoletoDocument', DocumentResponse)
  @Summary('Where a boleto, a PDF, can be fetched for a minute; one that was not made yet is asked for first')
  async boleto(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    const boleto = await this.boletos.printed(context, id);
    return { document: boleto ? await this.documents.address(context, { boleto }, locale) : null };
  }

  @PostAction('payments/:id/boleto')
  @RequireAnyPortalPermission('payments:create', 'invoices:read')
  @Operation('portalAskForBoletoDocument', DocumentState, 'payment_not_open')
  @Summary('Have the PDF of a boleto that can be paid made; open pages hear of the payment when it is there')
  async askForBoleto(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    const boleto = await this.boletos.printed(context, id);
    if (!boleto) throw new DomainError('payment_not_open');
    return { isReady: await this.documents.ask(context, { boleto }, locale) };
  }

  @Get('invoices/:id/payments')
  @RequirePortalPermission('invoices:read')
  @Operation('portalListInvoicePayments', InvoicePaymentsResponse)
  @Summary('The payments of an invoice, the latest first, 50 at most: what can be paid, and what became of the others')
  async ofInvoice(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    const payments = await this.payments.ofInvoice(context, id);
    return { data: payments.map((payment) => paymentItem(payment, context.clock.now())) };
  }
}
