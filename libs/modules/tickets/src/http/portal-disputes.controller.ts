import { Body, Get, Post } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PortalCtx,
  RequirePortalPermission,
  SendsMails,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { DisputeService } from '../dispute.service.js';
import type { DisputeRow } from '../persistence/ticket.rows.js';
import {
  DisputeInvoiceRequest,
  InvoiceDisputeListResponse,
  InvoiceDisputeResponse,
  disputeItem,
} from './dto/dispute.dto.js';

/** Charges that customers say are wrong. */
@AudienceController('portal', 'api/v1/portal/invoices/:id/disputes', 'Portal: tickets', 'billing', 'tickets')
export class PortalDisputesController {
  constructor(private readonly disputes: DisputeService) {}

  @Get()
  @RequirePortalPermission('invoices:read')
  @Operation('portalListInvoiceDisputes', InvoiceDisputeListResponse)
  @Summary('Tickets in which charges of the invoice are disputed, the latest first')
  async list(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return { data: (await this.disputes.ofInvoice(context, id)).map((row) => asRead(context, row)) };
  }

  @Post()
  @RequirePortalPermission('tickets:create')
  @SendsMails()
  @Operation('portalDisputeInvoice', InvoiceDisputeResponse, 'invoice_not_open')
  @Summary('Say that a charge is wrong: opens a ticket about the invoice, or leads to the one that is open')
  async open(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Body() { lineIds = [], expectedAmount, reason }: DisputeInvoiceRequest,
  ) {
    const expected = expectedAmount ? BigInt(expectedAmount) : null;
    const { dispute, isNew } = await this.disputes.open(context, id, { lineIds, expectedAmount: expected, reason });
    return { dispute: asRead(context, dispute), isNew };
  }
}

/** Somebody else's ticket is known to be there, and read only by who may read the account's. */
const asRead = ({ can, actor }: PortalContext, row: DisputeRow) =>
  disputeItem(row, can('tickets:read_account') || (can('tickets:read_own') && row.submittedById === actor.id));
