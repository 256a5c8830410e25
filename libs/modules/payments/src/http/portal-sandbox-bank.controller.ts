import { Body, Get } from '@nestjs/common';
import {
  AudienceController,
  CacheControl,
  Operation,
  PostAction,
  Public,
  Summary,
  TenantCtx,
  UuidParam,
} from '@balcao/platform-http';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { SandboxCounter } from '../sandbox-counter.service.js';
import {
  DeclineSandboxPaymentRequest,
  PaySandboxPaymentRequest,
  SandboxPaymentResponse,
  sandboxPayment,
} from './dto/sandbox-bank.dto.js';

/**
 * Whoever holds a payment's name at the pretended service plays its payer, as whoever holds a code can pay it: also somebody with a
 * link, who signs in nowhere.
 */
@AudienceController('portal', 'api/v1/portal/sandbox-bank', 'Portal: payments', 'billing')
export class PortalSandboxBankController {
  constructor(private readonly counter: SandboxCounter) {}

  @Get(':gatewayId')
  @Public()
  @CacheControl('no-store')
  @Operation('portalGetSandboxPayment', SandboxPaymentResponse)
  @Summary('A payment as the pretended service has it, for those who hold its name there')
  async look(@TenantCtx() context: OrganizationContext, @UuidParam('gatewayId') gatewayId: string) {
    return { payment: sandboxPayment(await this.counter.look(context, gatewayId)) };
  }

  @PostAction(':gatewayId/pay')
  @Public()
  @Operation('portalPaySandboxPayment', SandboxPaymentResponse, 'conflict')
  @Summary('Play the payer: pay it, or another amount')
  async pay(
    @TenantCtx() context: OrganizationContext,
    @UuidParam('gatewayId') gatewayId: string,
    @Body() { amount }: PaySandboxPaymentRequest,
  ) {
    const deed = { kind: 'pay', ...(amount !== undefined && { amount: BigInt(amount) }) } as const;
    return { payment: sandboxPayment(await this.counter.play(context, gatewayId, deed)) };
  }

  @PostAction(':gatewayId/decline')
  @Public()
  @Operation('portalDeclineSandboxPayment', SandboxPaymentResponse, 'conflict')
  @Summary("Play the payer's bank: decline it")
  async decline(
    @TenantCtx() context: OrganizationContext,
    @UuidParam('gatewayId') gatewayId: string,
    @Body() { failure }: DeclineSandboxPaymentRequest,
  ) {
    return { payment: sandboxPayment(await this.counter.play(context, gatewayId, { kind: 'decline', failure })) };
  }

  @PostAction(':gatewayId/expire')
  @Public()
  @Operation('portalExpireSandboxPayment', SandboxPaymentResponse, 'conflict')
  @Summary('Let its time be over at once')
  async expire(@TenantCtx() context: OrganizationContext, @UuidParam('gatewayId') gatewayId: string) {
    return { payment: sandboxPayment(await this.counter.play(context, gatewayId, { kind: 'expire' })) };
  }

  @PostAction(':gatewayId/dispute')
  @Public()
  @Operation('portalDisputeSandboxPayment', SandboxPaymentResponse, 'conflict')
  @Summary('Play the payer who demands the money back from their bank')
  async dispute(@TenantCtx() context: OrganizationContext, @UuidParam('gatewayId') gatewayId: string) {
    return { payment: sandboxPayment(await this.counter.play(context, gatewayId, { kind: 'dispute' })) };
  }
}
