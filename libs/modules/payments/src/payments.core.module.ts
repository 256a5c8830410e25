import { Module } from '@nestjs/common';
import { BillingCoreModule } from '@balcao/module-billing';
import { GatewaysModule } from '@balcao/platform-gateways';
import { DocumentCodes } from './document-codes.service.js';
import { GatewayAccountService } from './gateway-account.service.js';
import { GatewayDesk } from './gateway-desk.js';
import { GatewayEventService } from './gateway-event.service.js';
import { PaymentBooks } from './payment-books.service.js';
import { PaymentReceipts } from './payment-receipt.service.js';
import { PaymentRunner } from './payment-runner.service.js';
import { PaymentService } from './payment.service.js';
import { PaymentRepository } from './persistence/payment.repository.js';
import { RefundRepository } from './persistence/refund.repository.js';
import { SandboxCourier } from './sandbox-courier.js';
import { RefundService } from './refund.service.js';
import { StaffPaymentService } from './staff-payment.service.js';
import { SandboxCounter } from './sandbox-counter.service.js';
import { StrayBooks } from './stray-books.service.js';

const SERVICES = [
  DocumentCodes,
  GatewayAccountService,
  GatewayDesk,
  GatewayEventService,
  PaymentBooks,
  PaymentReceipts,
  PaymentRunner,
  PaymentService,
  RefundService,
  StaffPaymentService,
  SandboxCounter,
  StrayBooks,
];

@Module({
  imports: [BillingCoreModule, GatewaysModule],
  providers: [PaymentRepository, RefundRepository, SandboxCourier, ...SERVICES],
  exports: [PaymentRepository, RefundRepository, BillingCoreModule, GatewaysModule, ...SERVICES],
})
export class PaymentsCoreModule {}
