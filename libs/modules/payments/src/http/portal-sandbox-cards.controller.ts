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
import { SandboxSetupResponse, SaveSandboxCardRequest, sandboxSetup } from './dto/sandbox-bank.dto.js';

/** The pretended service's page on which a card is added, for whoever holds its name there. */
@AudienceController('portal', 'api/v1/portal/sandbox-cards', 'Portal: payment methods', 'billing')
export class PortalSandboxCardsController {
  constructor(private readonly counter: SandboxCounter) {}

  @Get(':gatewayId')
  @Authenticated()
  @Operation('portalGetSandboxSetup', SandboxSetupResponse)
  @Summary('A page on which a card is added, as the pretended service has it, for those who hold its name there')
  async look(@PortalCtx() context: PortalContext, @UuidParam('gatewayId') gatewayId: string) {
    return { setup: sandboxSetup(await this.counter.lookAtSetup(context, gatewayId)) };
  }

  @PostAction(':gatewayId/save')
  @Authenticated()
  @Operation('portalSaveSandboxCard', SandboxSetupResponse, 'conflict')
  @Summary('Save one of the pretended cards, by what becomes of later charges of it')
  async save(
    @PortalCtx() context: PortalContext,
    @UuidParam('gatewayId') gatewayId: string,
    @Body() { card }: SaveSandboxCardRequest,
  ) {
    return { setup: sandboxSetup(await this.counter.playSetup(context, gatewayId, { kind: 'save', card })) };
  }

  @PostAction(':gatewayId/refuse')
  @Authenticated()
  @Operation('portalRefuseSandboxCard', SandboxSetupResponse, 'conflict')
  @Summary("Play the card's bank: refuse that it is saved")
  async refuse(@PortalCtx() context: PortalContext, @UuidParam('gatewayId') gatewayId: string) {
    return { setup: sandboxSetup(await this.counter.playSetup(context, gatewayId, { kind: 'refuse' })) };
  }
}
