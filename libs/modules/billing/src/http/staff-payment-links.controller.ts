import { Get } from '@nestjs/common';
import {
  AudienceController,
  CacheControl,
  Operation,
  PostAction,
  RequireStaffPermission,
  SendsMails,
  StaffCtx,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { PaymentLinkDesk } from '../payment-links/payment-link-desk.service.js';
import {
  PaymentLinkAddressResponse,
  PaymentLinkListResponse,
  PaymentLinkResponse,
  SentPaymentLinkResponse,
  paymentLinkItem,
} from './dto/payment-link.dto.js';

@AudienceController('staff', 'api/v1/admin/invoices/:id/payment-links', 'Payment links')
export class StaffPaymentLinksController {
  constructor(private readonly links: PaymentLinkDesk) {}

  @Get()
  @RequireStaffPermission('invoices:read')
  @Operation('adminListPaymentLinks', PaymentLinkListResponse)
  @Summary('Links by which an invoice is seen and paid without signing in, the newest first; fifty at most')
  async list(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { data: (await this.links.list(context, id)).map(paymentLinkItem) };
  }

  @PostAction()
  @RequireStaffPermission('invoices:write')
  @Operation('adminCreatePaymentLink', PaymentLinkResponse, 'invoice_not_open')
  @Summary('The link that opens an invoice now, with its whole time before it; a new one where there is none')
  async create(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { paymentLink: paymentLinkItem(await this.links.create(context, id)) };
  }

  @PostAction('send')
  @RequireStaffPermission('invoices:write')
  @SendsMails()
  @Operation('adminSendPaymentLink', SentPaymentLinkResponse, 'invoice_not_open')
  @Summary('Mail the link of an invoice that is owed to those on file')
  async send(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { sent: await this.links.send(context, id) };
  }

  @Get(':linkId/address')
  @RequireStaffPermission('invoices:write')
  @CacheControl('no-store')
  @Operation('adminGetPaymentLinkAddress', PaymentLinkAddressResponse, 'payment_link_revoked', 'payment_link_expired')
  @Summary('The address of a link, to be copied: it opens the invoice for whoever has it')
  async address(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @UuidParam('linkId') linkId: string) {
    return { url: await this.links.address(context, id, linkId) };
  }

  @PostAction(':linkId/revoke')
  @RequireStaffPermission('invoices:write')
  @Operation('adminRevokePaymentLink', PaymentLinkResponse)
  @Summary('Make a link worthless, for whoever has it')
  async revoke(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @UuidParam('linkId') linkId: string) {
    return { paymentLink: paymentLinkItem(await this.links.revoke(context, id, linkId)) };
  }
}
