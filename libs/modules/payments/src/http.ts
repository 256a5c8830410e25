import { Module } from '@nestjs/common';
import { GatewayHooksController } from './http/gateway-hooks.controller.js';
import { paymentSettings } from './payment-settings.js';
import { PaymentsCoreModule } from './payments.core.module.js';

@Module({ imports: [PaymentsCoreModule], controllers: [GatewayHooksController] })
export class PaymentsHttpModule {}

/** What the API runs of this module. */
export const paymentsApi = { module: PaymentsHttpModule, settings: [paymentSettings] };
