import { Body, Get, Query } from '@nestjs/common';
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
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { ProofDecisionService } from '../proof-decision.service.js';
import { todayOf } from '../today.js';
import {
  AcceptProofRequest,
  PaymentProofQuery,
  ProofFileResponse,
  RefuseProofRequest,
  StaffProofItem,
  StaffProofResponse,
  staffProof,
} from './dto/payment-proof.dto.js';

/** The queue of what customers sent to show that invoices are paid. */
@AudienceController('staff', 'api/v1/admin/payment-proofs', 'Payment proofs')
export class StaffProofsController {
  constructor(private readonly proofs: ProofDecisionService) {}

  @Get()
  @RequireStaffPermission('invoices:read')
  @Operation('adminListPaymentProofs', [StaffProofItem])
  @Summary('Proofs of payment that wait for a decision, or were decided, each beside its invoice')
  async list(@StaffCtx() context: StaffContext, @Query() query: PaymentProofQuery) {
    const { rows, ...total } = await this.proofs.list(context, query);
    return pageOf(
      rows.map((row) => staffProof(row, todayOf(context))),
      total,
      query,
    );
  }

  @Get(':id')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetPaymentProof', StaffProofResponse)
  @Summary('One proof of payment beside its invoice as it is now')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { proof: staffProof(await this.proofs.get(context, id), todayOf(context)) };
  }

  @Get(':id/file')
  @CacheControl('no-store')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetPaymentProofFile', ProofFileResponse)
  @Summary('Where the file of a proof can be fetched for a minute')
  async file(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { file: await this.proofs.file(context, id) };
  }

  @PostAction(':id/accept')
  @RequireStaffPermission('payments:write')
  @SendsMails()
  @Operation('adminAcceptPaymentProof', StaffProofResponse, 'payment_proof_decided', 'invoice_not_open')
  @Summary('Write down the money that a proof shows; it pays the invoice, and the rest stays as credit')
  async accept(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { amount, ...payment }: AcceptProofRequest,
  ) {
    const row = await this.proofs.accept(context, id, { ...payment, amount: BigInt(amount) });
    return { proof: staffProof(row, todayOf(context)) };
  }

  @PostAction(':id/refuse')
  @RequireStaffPermission('payments:write')
  @SendsMails()
  @Operation('adminRefusePaymentProof', StaffProofResponse, 'payment_proof_decided')
  @Summary('Refuse a proof; its sender reads why, and reminders go on')
  async refuse(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() { reason }: RefuseProofRequest) {
    return { proof: staffProof(await this.proofs.refuse(context, id, reason), todayOf(context)) };
  }
}
