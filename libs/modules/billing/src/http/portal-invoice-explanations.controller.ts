import { Get } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PortalCtx,
  RequirePortalPermission,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { InvoiceExplanationService } from '../invoice-explanation.service.js';
import { InvoiceExplanationResponse, explanation } from './dto/invoice-explanation.dto.js';

@AudienceController('portal', 'api/v1/portal/invoices/:id/explanation', 'Portal: invoices', 'billing')
export class PortalInvoiceExplanationsController {
  constructor(private readonly explanations: InvoiceExplanationService) {}

  @Get()
  @RequirePortalPermission('invoices:read')
  @Operation('portalExplainInvoice', InvoiceExplanationResponse)
  @Summary('Why an invoice comes to what it does: the way it has come, and what is otherwise than on the one before')
  async get(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return explanation(await this.explanations.explain(context, id));
  }
}
