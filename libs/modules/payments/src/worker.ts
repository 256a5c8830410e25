import { Module } from '@nestjs/common';
import { DocumentCodesSubscriber, RenewDocumentCodesHandler } from './jobs/document-codes.subscriber.js';
import { FollowInvoicesSubscriber } from './jobs/follow-invoices.subscriber.js';
import { ListPaymentsHandler } from './jobs/list-payments.handler.js';
import {
  GatewayEventHandler,
  RefundHandler,
  SendPaymentHandler,
  WithdrawPaymentHandler,
} from './jobs/payment.handlers.js';
import { RenderReceiptHandler } from './jobs/render-receipt.handler.js';
import { ReconcileHandler } from './jobs/reconcile.handler.js';
import { PaymentDueWork } from './payment-due-work.js';
import { PaymentsCoreModule } from './payments.core.module.js';

export { DocumentCodesSubscriber } from './jobs/document-codes.subscriber.js';
export { FollowInvoicesSubscriber } from './jobs/follow-invoices.subscriber.js';

/** Who calls gateways, and works through what they tell. */
@Module({
  imports: [PaymentsCoreModule],
  providers: [
    DocumentCodesSubscriber,
    RenewDocumentCodesHandler,
    FollowInvoicesSubscriber,
    GatewayEventHandler,
    ListPaymentsHandler,
    PaymentDueWork,
    ReconcileHandler,
    RenderReceiptHandler,
    RefundHandler,
    SendPaymentHandler,
    WithdrawPaymentHandler,
  ],
})
export class PaymentsWorkerModule {}

/** What the worker runs of this module. */
export const paymentsWorker = { module: PaymentsWorkerModule, dueWork: [PaymentDueWork] };
