import { Body, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  Operation,
  PostAction,
  Public,
  Summary,
  TakesFile,
  TenantCtx,
  uploadedBytes,
} from '@balcao/platform-http';
import { BillCheckService } from '../bill-check/bill-check.service.js';
import type { VisitorContext } from '../visitor-context.js';
import { BillCheckResponse, CheckBillRequest, billCheck } from './dto/bill-check.dto.js';

/** Bills have a page or two. */
const LARGEST_BILL = 2 * 1024 * 1024;

@AudienceController('portal', 'api/v1/portal/bill-check', 'Portal: is this bill ours', 'billing', 'billCheck')
export class BillCheckController {
  constructor(private readonly bills: BillCheckService) {}

  @PostAction()
  @Public()
  @Operation('portalCheckBill', BillCheckResponse)
  @Summary('Whether a bill is genuine, was changed, or no longer counts; says nothing of whom it is for')
  async check(@TenantCtx() visitor: VisitorContext, @Body() { code }: CheckBillRequest) {
    return billCheck(await this.bills.check(visitor, code));
  }

  @PostAction('file')
  @Public()
  @TakesFile(LARGEST_BILL, 'The bill as PDF; its first ten pages are read')
  @Operation('portalCheckBillFile', BillCheckResponse)
  @Summary('The same of a file, by the codes in its text; pictures are not read')
  async checkFile(@TenantCtx() visitor: VisitorContext, @Req() request: FastifyRequest) {
    return billCheck(await this.bills.checkFile(visitor, () => uploadedBytes(request)));
  }
}
