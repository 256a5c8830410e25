import { Body, Get } from '@nestjs/common';
import {
  AudienceController,
  Authenticated,
  Operation,
  PortalCtx,
  PostAction,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { SandboxCounter } from '../sandbox-counter.service.js';
import {
  DeclineSandboxPaymentRequest,
  PaySandboxPaymentRequest,
  SandboxPaymentResponse,
  sandboxPayment,
} from './dto/sandbox-bank.dto.js';

/** Whoever holds a payment's name at the pretended service plays its payer, as whoever holds a code can pay it. */
@AudienceController('portal', 'api/v1/portal/sandbox-bank', 'Portal: payments', 'billing')
export class PortalSandboxBankController {
  constructor(private readonly counter: SandboxCounter) {}

  @Get(':gatewayId')
  @Authenticated()
  @Operation('portalGetSandboxPayment', SandboxPaymentResponse)
  @Summary('A payment as the pretended service has it, for those who hold its name there')
  async look(@PortalCtx() context: PortalContext, @UuidParam('gatewayId') gatewayId: string) {
    return { payment: sandboxPayment(await this.counter.look(context, gatewayId)) };
  }

  @PostAction(':gatewayId/pay')
  @Authenticated()
  @Operation('portalPaySandboxPayment', SandboxPaymentResponse, 'conflict')
  @Summary('Play the payer: pay it, or another amount')
  async pay(
    @PortalCtx() context: PortalContext,
    @UuidParam('gatewayId') gatewayId: string,
    @Body() { amount }: PaySandboxPaymentRequest,
  ) {
    const deed = { kind: 'pay', ...(amount !== undefined && { amount: BigInt(amount) }) } as const;
    return { payment: sandboxPayment(await this.counter.play(context, gatewayId, deed)) };
  }

  @PostAction(':gatewayId/decline')
  @Authenticated()
  @Operation('portalDeclineSandboxPayment', SandboxPaymentResponse, 'conflict')
  @Summary("Play the payer's bank: decline it")
  async decline(
    @PortalCtx() context: PortalContext,
    @UuidParam('gatewayId') gatewayId: string,
    @Body() { failure }: DeclineSandboxPaymentRequest,
  ) {
    return { payment: sandboxPayment(await this.counter.play(context, gatewayId, { kind: 'decline', failure })) };
  }

  @PostAction(':gatewayId/expire')
  @Authenticated()
  @Operation('portalExpireSandboxPayment', SandboxPaymentResponse, 'conflict')
  @Summary('Let its time be over at once')
  async expire(@PortalCtx() context: PortalContext, @UuidParam('gatewayId') gatewayId: string) {
    return { payment: sandboxPayment(await this.counter.play(context, gatewayId, { kind: 'expire' })) };
  }

  @PostAction(':gatewayId/dispute')
  @Authenticated()
  @Operation('portalDisputeSandboxPayment', SandboxPaymentResponse, 'conflict')
  @Summary('Play the payer who demands the money back from their bank')
  async dispute(@PortalCtx() context: PortalContext, @UuidParam('gatewayId') gatewayId: string) {
    return { payment: sandboxPayment(await this.counter.play(context, gatewayId, { kind: 'dispute' })) };
  }
}
