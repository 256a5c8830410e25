import { Body, Get, Post, Query } from '@nestjs/common';
import { DocumentService, PaymentLinkService, type VisitorContext } from '@balcao/module-billing';
import {
  BringsPaymentLink,
  DocumentQuery,
  DocumentResponse,
  DocumentState,
  PaymentLinkToken,
} from '@balcao/module-billing/http';
import { DomainError } from '@balcao/platform-errors';
import {
  AudienceController,
  CacheControl,
  Operation,
  PostAction,
  Public,
  Summary,
  TenantCtx,
  UuidParam,
} from '@balcao/platform-http';
import { PaymentBoletos } from '../payment-boleto.service.js';
import { PaymentService } from '../payment.service.js';
import { PaymentResponse, paymentFacts } from './dto/payment.dto.js';
import { CreateLinkedPaymentRequest, PaymentOfferResponse, paymentOffer } from './dto/portal-payment.dto.js';

const REFUSALS = ['payment_link_unknown', 'payment_link_revoked', 'payment_link_expired'] as const;

/**
 * Paying the one invoice of a link, by whoever has it: which one says the token alone. Who has paid by card comes back to the link's
 * page, without the token, which no payment service is told: the tab knows it.
 */
@AudienceController('portal', 'api/v1/portal/payment-link', 'Portal: payment link', 'billing')
export class LinkedPaymentsController {
  constructor(
    private readonly links: PaymentLinkService,
    private readonly payments: PaymentService,
    private readonly boletos: PaymentBoletos,
    private readonly documents: DocumentService,
  ) {}

  @Get('offer')
  @Public()
  @CacheControl('no-store')
  @BringsPaymentLink()
  @Operation('portalLinkedPaymentOffer', PaymentOfferResponse, ...REFUSALS)
  @Summary('What paying the invoice takes today and tomorrow, how it can be done, and what is open for it')
  async offer(@TenantCtx() visitor: VisitorContext, @PaymentLinkToken() token: string): Promise<PaymentOfferResponse> {
    const { context, invoiceId } = await this.links.contextOf(visitor, token);
    const offer = await this.payments.offer(context, 'link', [invoiceId]);
    const shown = {
      ...offer,
      savesCards: false,
      // What pays other invoices as well is for who may see those.
      open: offer.open.filter(({ targets }) => targets.every((target) => target.invoiceId === invoiceId)),
    };
    return paymentOffer(shown, context.clock.now());
  }

  @Post('payments')
  @Public()
  @BringsPaymentLink()
  @Operation(
    'portalCreateLinkedPayment',
    PaymentResponse,
    'invoice_not_owed',
    'payment_method_unavailable',
    'payment_amount_out_of_range',
    'partial_payment_not_allowed',
    'rate_limited',
    ...REFUSALS,
  )
  @Summary('Ask to pay the invoice; what is open already for the same is answered')
  async create(
    @TenantCtx() visitor: VisitorContext,
    @PaymentLinkToken() token: string,
    @Body() { amount, ...request }: CreateLinkedPaymentRequest,
  ): Promise<PaymentResponse> {
    const { context, invoiceId } = await this.links.contextOf(visitor, token);
    const payment = await this.payments.create(context, 'link', {
      ...request,
      invoiceIds: [invoiceId],
      ...(amount !== undefined && { amount: BigInt(amount) }),
    });
    return { payment: paymentFacts({ payment, uses: null }, context.clock.now()) };
  }

  @Get('payments/:id')
  @Public()
  @CacheControl('no-store')
  @BringsPaymentLink()
  @Operation('portalGetLinkedPayment', PaymentResponse, ...REFUSALS)
  @Summary('How a payment of the invoice stands')
  async get(
    @TenantCtx() visitor: VisitorContext,
    @PaymentLinkToken() token: string,
    @UuidParam('id') id: string,
  ): Promise<PaymentResponse> {
    const { context, invoiceId } = await this.links.contextOf(visitor, token);
    const payment = await this.payments.ofOneInvoice(context, id, invoiceId);
    return { payment: paymentFacts({ payment, uses: null }, context.clock.now()) };
  }

  @Get('payments/:id/boleto')
  @Public()
  @CacheControl('no-store')
  @BringsPaymentLink()
  @Operation('portalGetLinkedBoleto', DocumentResponse, ...REFUSALS)
  @Summary(
    'Where a boleto of the invoice, a PDF, can be fetched for a minute; one that was not made yet is asked for first',
  )
  async boleto(
    @TenantCtx() visitor: VisitorContext,
    @PaymentLinkToken() token: string,
    @UuidParam('id') id: string,
    @Query() { locale = visitor.locale }: DocumentQuery,
  ): Promise<DocumentResponse> {
    const { context, invoiceId } = await this.links.contextOf(visitor, token);
    const boleto = await this.boletos.printed(context, id, invoiceId);
    return { document: boleto ? await this.documents.address(context, { boleto }, locale) : null };
  }

  @PostAction('payments/:id/boleto')
  @Public()
  @BringsPaymentLink()
  @Operation('portalAskForLinkedBoleto', DocumentState, 'payment_not_open', ...REFUSALS)
  @Summary('Have the PDF of a boleto of the invoice made, where it can be paid')
  async askForBoleto(
    @TenantCtx() visitor: VisitorContext,
    @PaymentLinkToken() token: string,
    @UuidParam('id') id: string,
    @Query() { locale = visitor.locale }: DocumentQuery,
  ): Promise<DocumentState> {
    const { context, invoiceId } = await this.links.contextOf(visitor, token);
    const boleto = await this.boletos.printed(context, id, invoiceId);
    if (!boleto) throw new DomainError('payment_not_open');
    return { isReady: await this.documents.ask(context, { boleto }, locale) };
  }
}
