import { Get } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  RequireStaffPermission,
  StaffCtx,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { DisputeService } from '../dispute.service.js';
import { InvoiceDisputeListResponse, disputeItem } from './dto/dispute.dto.js';

/** The tickets beside an invoice. */
@AudienceController('staff', 'api/v1/admin/invoices/:id/disputes', 'Tickets')
export class StaffDisputesController {
  constructor(private readonly disputes: DisputeService) {}

  @Get()
  @RequireStaffPermission('tickets:read')
  @Operation('adminListInvoiceDisputes', InvoiceDisputeListResponse)
  @Summary('Tickets in which charges of the invoice are disputed, the latest first')
  async list(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { data: (await this.disputes.ofInvoice(context, id)).map((row) => disputeItem(row, true)) };
  }
}
