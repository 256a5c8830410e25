import { Body, Get, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  CacheControl,
  Operation,
  PortalCtx,
  PostAction,
  RequirePortalPermission,
  Summary,
  TakesFile,
  UuidParam,
  uploadedBytes,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { LARGEST_PROOF } from '../domain/payment-proof.js';
import { PaymentProofService } from '../payment-proof.service.js';
import {
  PortalProofListResponse,
  PortalProofResponse,
  ProofFileQuery,
  ProofFileResponse,
  SendProofRequest,
  portalProof,
} from './dto/payment-proof.dto.js';

/** What customers send to show that an invoice is paid. */
@AudienceController('portal', 'api/v1/portal/invoices/:id/proofs', 'Portal: invoices', 'billing')
export class PortalProofsController {
  constructor(private readonly proofs: PaymentProofService) {}

  @Get()
  @RequirePortalPermission('invoices:read')
  @Operation('portalListPaymentProofs', PortalProofListResponse)
  @Summary('What was sent to show that the invoice is paid, and why its reminders wait')
  async list(@PortalCtx() context: PortalContext, @UuidParam('id') id: string): Promise<PortalProofListResponse> {
    const { proofs, currency, ...reminders } = await this.proofs.list(context, id);
    return { ...reminders, proofs: proofs.map((row) => portalProof(row, currency, context.actor.id)) };
  }

  @Post()
  @RequirePortalPermission('payments:create')
  @TakesFile(LARGEST_PROOF, 'JPEG, PNG, WebP or PDF, of at most 10 MB')
  @Operation('portalUploadPaymentProof', PortalProofResponse, 'invoice_not_open', 'payment_proof_waiting')
  @Summary('Bring the file of a proof of payment: a photo or a PDF; nobody looks at it before it is sent')
  async upload(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Query() { fileName }: ProofFileQuery,
    @Req() request: FastifyRequest,
  ) {
    const { proof, currency } = await this.proofs.upload(context, id, fileName, () => uploadedBytes(request));
    return { proof: portalProof(proof, currency, context.actor.id) };
  }

  @PostAction(':proofId/send')
  @RequirePortalPermission('payments:create')
  @Operation(
    'portalSendPaymentProof',
    PortalProofResponse,
    'invoice_not_open',
    'payment_proof_waiting',
    'payment_proof_decided',
  )
  @Summary('Send a proof whose file is there: reminders wait for a while, and staff decide')
  async send(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @UuidParam('proofId') proofId: string,
    @Body() { paidOn, amount, method, note }: SendProofRequest,
  ) {
    const words = { paidOn, amount: amount ? BigInt(amount) : null, method: method ?? null, note: note ?? null };
    const { proof, currency } = await this.proofs.send(context, id, proofId, words);
    return { proof: portalProof(proof, currency, context.actor.id) };
  }

  @PostAction(':proofId/withdraw')
  @RequirePortalPermission('payments:create')
  @Operation('portalWithdrawPaymentProof', PortalProofResponse, 'payment_proof_decided')
  @Summary('Take back what one has sent and nobody has decided yet; reminders go on')
  async withdraw(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @UuidParam('proofId') proofId: string,
  ) {
    const { proof, currency } = await this.proofs.withdraw(context, id, proofId);
    return { proof: portalProof(proof, currency, context.actor.id) };
  }

  @Get(':proofId/file')
  @CacheControl('no-store')
  @RequirePortalPermission('invoices:read')
  @Operation('portalGetPaymentProofFile', ProofFileResponse)
  @Summary('Where the file of a proof can be fetched for a minute')
  async file(@PortalCtx() context: PortalContext, @UuidParam('id') id: string, @UuidParam('proofId') proofId: string) {
    return { file: await this.proofs.file(context, id, proofId) };
  }
}
