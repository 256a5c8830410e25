import { Module } from '@nestjs/common';
import { GatewayAccountsController } from './http/gateway-accounts.controller.js';
import { GatewayEventsController } from './http/gateway-events.controller.js';
import { GatewayHooksController } from './http/gateway-hooks.controller.js';
import { LinkedPaymentsController } from './http/linked-payments.controller.js';
import { PaymentReportsController } from './http/payment-reports.controller.js';
import { PortalPaymentMethodsController } from './http/portal-payment-methods.controller.js';
import { PortalPaymentsController } from './http/portal-payments.controller.js';
import { PortalSandboxBankController } from './http/portal-sandbox-bank.controller.js';
import { PortalSandboxCardsController } from './http/portal-sandbox-cards.controller.js';
import { StaffCollectionsController } from './http/staff-collections.controller.js';
import { StaffPaymentsController } from './http/staff-payments.controller.js';
import { StrayPaymentsController } from './http/stray-payments.controller.js';
import { paymentSettings } from './payment-settings.js';
import { PaymentsCoreModule } from './payments.core.module.js';

@Module({
  imports: [PaymentsCoreModule],
  controllers: [
    GatewayAccountsController,
    GatewayEventsController,
    GatewayHooksController,
    LinkedPaymentsController,
    PaymentReportsController,
    PortalPaymentMethodsController,
    PortalPaymentsController,
    PortalSandboxBankController,
    PortalSandboxCardsController,
    StaffCollectionsController,
    StaffPaymentsController,
    StrayPaymentsController,
  ],
})
export class PaymentsHttpModule {}

/** What the API runs of this module. */
export const paymentsApi = { module: PaymentsHttpModule, settings: [paymentSettings] };
