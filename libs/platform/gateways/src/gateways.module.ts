import { Module } from '@nestjs/common';
import { Gateways } from './gateways.js';
import { SandboxBank } from './sandbox/sandbox-bank.js';
import { SandboxDelivery } from './sandbox/sandbox-delivery.js';

/** Needs `ConfigModule` and `TenancyModule`. */
@Module({
  providers: [Gateways, SandboxBank, SandboxDelivery],
  exports: [Gateways, SandboxBank, SandboxDelivery],
})
export class GatewaysModule {}
