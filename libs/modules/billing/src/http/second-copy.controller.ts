import { Body } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PostAction,
  Public,
  SUCCESS,
  SuccessResponse,
  Summary,
  TenantCtx,
} from '@balcao/platform-http';
import { SecondCopyService } from '../second-copy.service.js';
import type { VisitorContext } from '../visitor-context.js';
import { SecondCopyRequest } from './dto/bill-check.dto.js';

@AudienceController('portal', 'api/v1/portal/second-copy', 'Portal: second copy', 'billing', 'secondCopy')
export class SecondCopyController {
  constructor(private readonly copies: SecondCopyService) {}

  @PostAction()
  @Public()
  @Operation('portalAskForSecondCopy', SuccessResponse)
  @Summary(
    'Have the links of what a customer owes mailed to those on file; answers the same whether or not there is such a customer',
  )
  async ask(@TenantCtx() visitor: VisitorContext, @Body() { taxId }: SecondCopyRequest) {
    await this.copies.request(visitor, taxId);
    return SUCCESS;
  }
}
