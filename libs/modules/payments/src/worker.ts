import { Module } from '@nestjs/common';
import { DocumentCodesSubscriber, RenewDocumentCodesHandler } from './jobs/document-codes.subscriber.js';
import { CollectionDueWork } from './collection/collection-due-work.js';
import { CollectionMailReader } from './collection/collection-mail-facts.js';
import { CollectionMailer } from './collection/collection-mailer.js';
import { CollectionRunner } from './collection/collection-runner.service.js';
import { COLLECTION_MAILS } from './collection/collection.mails.js';
import { CollectDueHandler, NoticeExpiringHandler } from './jobs/collect-due.handler.js';
import {
  CollectInvoicesSubscriber,
  ConcludeAttemptHandler,
  ForgetMethodHandler,
  ReconsiderHandler,
  SendSetupHandler,
  TryCollectionHandler,
} from './jobs/collection.handlers.js';
import { FollowInvoicesSubscriber } from './jobs/follow-invoices.subscriber.js';
import { ListPaymentsHandler } from './jobs/list-payments.handler.js';
import {
  GatewayEventHandler,
  RefundHandler,
  SendPaymentHandler,
  WithdrawPaymentHandler,
} from './jobs/payment.handlers.js';
import { RenderBoletoHandler } from './jobs/render-boleto.handler.js';
import { RenderReceiptHandler } from './jobs/render-receipt.handler.js';
import { ReconcileHandler } from './jobs/reconcile.handler.js';
import { ExpiryNoticeService } from './methods/expiry-notice.service.js';
import { PaymentDueWork } from './payment-due-work.js';
import { PaymentsCoreModule } from './payments.core.module.js';

export { DocumentCodesSubscriber } from './jobs/document-codes.subscriber.js';
export { CollectionDueWork } from './collection/collection-due-work.js';
export { CollectionRunner } from './collection/collection-runner.service.js';
export { CollectInvoicesSubscriber } from './jobs/collection.handlers.js';
export { FollowInvoicesSubscriber } from './jobs/follow-invoices.subscriber.js';

/** Who calls gateways, and works through what they tell. */
@Module({
  imports: [PaymentsCoreModule],
  providers: [
    DocumentCodesSubscriber,
    RenewDocumentCodesHandler,
    CollectDueHandler,
    CollectInvoicesSubscriber,
    CollectionDueWork,
    CollectionMailer,
    CollectionMailReader,
    CollectionRunner,
    ConcludeAttemptHandler,
    ExpiryNoticeService,
    FollowInvoicesSubscriber,
    ForgetMethodHandler,
    GatewayEventHandler,
    ListPaymentsHandler,
    NoticeExpiringHandler,
    PaymentDueWork,
    ReconcileHandler,
    ReconsiderHandler,
    RenderBoletoHandler,
    RenderReceiptHandler,
    RefundHandler,
    SendPaymentHandler,
    SendSetupHandler,
    TryCollectionHandler,
    WithdrawPaymentHandler,
    ...COLLECTION_MAILS,
  ],
})
export class PaymentsWorkerModule {}

/** What the worker runs of this module. */
export const paymentsWorker = { module: PaymentsWorkerModule, dueWork: [PaymentDueWork, CollectionDueWork] };
