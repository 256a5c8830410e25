import { Module } from '@nestjs/common';
import { BillingCoreModule } from '@balcao/module-billing';
import { GatewaysModule } from '@balcao/platform-gateways';
import { CollectionReader } from './collection/collection-reader.service.js';
import { DocumentCodes } from './document-codes.service.js';
import { CollectionRepository } from './collection/collection.repository.js';
import { CollectionService } from './collection/collection.service.js';
import { GatewayAccountService } from './gateway-account.service.js';
import { GatewayDesk } from './gateway-desk.js';
import { GatewayEventService } from './gateway-event.service.js';
import { MethodKeeper } from './methods/method-keeper.service.js';
import { MethodRunner } from './methods/method-runner.service.js';
import { MethodSetupService } from './methods/method-setup.service.js';
import { PaymentMethodRepository } from './methods/payment-method.repository.js';
import { PaymentMethodService } from './methods/payment-method.service.js';
import { PaymentBooks } from './payment-books.service.js';
import { PaymentBoletos } from './payment-boleto.service.js';
import { PaymentReceipts } from './payment-receipt.service.js';
import { PaymentReports } from './payment-report.service.js';
import { PaymentRunner } from './payment-runner.service.js';
import { PaymentService } from './payment.service.js';
import { PaymentRepository } from './persistence/payment.repository.js';
import { RefundRepository } from './persistence/refund.repository.js';
import { SandboxCourier } from './sandbox-courier.js';
import { RefundService } from './refund.service.js';
import { StaffPaymentService } from './staff-payment.service.js';
import { SandboxCounter } from './sandbox-counter.service.js';
import { StrayBooks } from './stray-books.service.js';

const REPOSITORIES = [CollectionRepository, PaymentMethodRepository, PaymentRepository, RefundRepository];
const SERVICES = [
  CollectionReader,
  DocumentCodes,
  CollectionService,
  GatewayAccountService,
  GatewayDesk,
  GatewayEventService,
  MethodKeeper,
  MethodRunner,
  MethodSetupService,
  PaymentBooks,
  PaymentMethodService,
  PaymentBoletos,
  PaymentReceipts,
  PaymentReports,
  PaymentRunner,
  PaymentService,
  RefundService,
  StaffPaymentService,
  SandboxCounter,
  StrayBooks,
];

@Module({
  imports: [BillingCoreModule, GatewaysModule],
  providers: [...REPOSITORIES, SandboxCourier, ...SERVICES],
  exports: [...REPOSITORIES, BillingCoreModule, GatewaysModule, ...SERVICES],
})
export class PaymentsCoreModule {}
