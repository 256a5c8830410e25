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
import { InvoiceExplanationService } from '../invoice-explanation.service.js';
import { InvoiceExplanationResponse, explanation } from './dto/invoice-explanation.dto.js';

@AudienceController('staff', 'api/v1/admin/invoices/:id/explanation', 'Invoices')
export class StaffInvoiceExplanationsController {
  constructor(private readonly explanations: InvoiceExplanationService) {}

  @Get()
  @RequireStaffPermission('invoices:read')
  @Operation('adminExplainInvoice', InvoiceExplanationResponse)
  @Summary(
    'Why an opened invoice comes to what it does: the way it has come, and what is otherwise than on the one before',
  )
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return explanation(await this.explanations.explain(context, id));
  }
}
