import { Get, Query } from '@nestjs/common';
import {
  AudienceController,
  CacheControl,
  Operation,
  PostAction,
  Public,
  Summary,
  TenantCtx,
} from '@balcao/platform-http';
import { DocumentService } from '../document.service.js';
import { PaymentLinkService } from '../payment-links/payment-link.service.js';
import type { VisitorContext } from '../visitor-context.js';
import { DocumentQuery, DocumentResponse, DocumentState } from './dto/document.dto.js';
import { LinkedInvoiceResponse, linkedInvoice } from './dto/payment-link.dto.js';
import { BringsPaymentLink, PaymentLinkToken } from './payment-link-key.js';

const REFUSALS = ['payment_link_unknown', 'payment_link_revoked', 'payment_link_expired'] as const;

/** One invoice, for whoever has its link: which one says the token alone. */
@AudienceController('portal', 'api/v1/portal/payment-link', 'Portal: payment link', 'billing')
export class PaymentLinkController {
  constructor(
    private readonly links: PaymentLinkService,
    private readonly documents: DocumentService,
  ) {}

  @Get()
  @Public()
  @CacheControl('no-store')
  @BringsPaymentLink()
  @Operation('portalOpenPaymentLink', LinkedInvoiceResponse, ...REFUSALS)
  @Summary('The invoice that a payment link is of, for whoever has it; changes nothing')
  async open(@TenantCtx() visitor: VisitorContext, @PaymentLinkToken() token: string) {
    return linkedInvoice(await this.links.read(visitor, token));
  }

  @Get('document')
  @Public()
  @CacheControl('no-store')
  @BringsPaymentLink()
  @Operation('portalGetLinkedDocument', DocumentResponse, ...REFUSALS)
  @Summary(
    "Where the invoice's document, a PDF, can be fetched for a minute; one that was not made yet is asked for first",
  )
  async document(
    @TenantCtx() visitor: VisitorContext,
    @PaymentLinkToken() token: string,
    @Query() { locale = visitor.locale }: DocumentQuery,
  ) {
    const { context, invoiceId } = await this.links.contextOf(visitor, token);
    return { document: await this.documents.address(context, { invoiceId }, locale) };
  }

  @PostAction('document')
  @Public()
  @BringsPaymentLink()
  @Operation('portalAskForLinkedDocument', DocumentState, ...REFUSALS)
  @Summary("Have the invoice's document made, where it is not there")
  async askForDocument(
    @TenantCtx() visitor: VisitorContext,
    @PaymentLinkToken() token: string,
    @Query() { locale = visitor.locale }: DocumentQuery,
  ) {
    const { context, invoiceId } = await this.links.contextOf(visitor, token);
    return { isReady: await this.documents.ask(context, { invoiceId }, locale) };
  }
}
