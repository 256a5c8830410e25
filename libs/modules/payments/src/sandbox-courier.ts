import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SandboxDelivery } from '@balcao/platform-gateways';
import { GatewayEventService } from './gateway-event.service.js';

/** Brings what the pretended payment service tells to where real ones tell it, signature and all. */
@Injectable()
export class SandboxCourier implements OnModuleInit {
  constructor(
    private readonly delivery: SandboxDelivery,
    private readonly gatewayEvents: GatewayEventService,
  ) {}

  onModuleInit(): void {
    this.delivery.courier = async ({ id }, events) => {
      for (const { raw, headers } of events) await this.gatewayEvents.receive(id, raw, headers);
    };
  }
}
