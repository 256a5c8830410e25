import { Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  Operation,
  PostAction,
  Public,
  SUCCESS,
  SuccessResponse,
  Summary,
  TakesRaw,
  UuidParam,
} from '@balcao/platform-http';
import { GatewayEventService } from '../gateway-event.service.js';

/** Where payment services tell what has happened. */
@AudienceController('integration', 'api/v1/hooks/gateways', 'Gateway events')
export class GatewayHooksController {
  constructor(private readonly gatewayEvents: GatewayEventService) {}

  @PostAction(':id')
  @Public()
  @TakesRaw('In the words of the service')
  @Operation('receiveGatewayEvent', SuccessResponse, 'event_unproved')
  @Summary('What a payment service tells of an account with it, proved by its signature over the bytes as they come')
  async receive(
    @UuidParam('id') id: string,
    @Req() request: FastifyRequest<{ Body: Buffer }>,
  ): Promise<SuccessResponse> {
    // What has no body proves nothing, by whatever it is signed.
    const body = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
    await this.gatewayEvents.receive(id, body, request.headers as Record<string, string | undefined>);
    return SUCCESS;
  }
}
