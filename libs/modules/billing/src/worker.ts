import { Module } from '@nestjs/common';
import { BillingCoreModule } from './billing.core.module.js';
import { InvoiceMailReader } from './emails/invoice-mail-facts.js';
import { InvoiceMailer } from './emails/invoice-mailer.js';
import { INVOICE_MAILS } from './emails/invoice.mails.js';
import { InvoiceMails } from './emails/invoice-mails.js';
import { InvoiceDocumentsSubscriber } from './jobs/invoice-documents.subscriber.js';
import { RemindHandler } from './jobs/remind.handler.js';
import { RenderDocumentHandler } from './jobs/render-document.handler.js';
import { BILLING_ENTITIES } from './persistence/billing.entities.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import { ReminderService } from './reminder.service.js';

/** Who writes to customers about their invoices, reminds them of what they owe, and draws their documents. */
@Module({
  imports: [BillingCoreModule],
  providers: [
    InvoiceDocumentsSubscriber,
    InvoiceMailer,
    InvoiceMailReader,
    InvoiceMails,
    InvoiceRepository,
    RemindHandler,
    ReminderService,
    RenderDocumentHandler,
    ...INVOICE_MAILS,
  ],
})
export class BillingWorkerModule {}

/** What the worker runs of this module. */
export const billingWorker = {
  module: BillingWorkerModule,
  entities: BILLING_ENTITIES,
  dueWork: [ReminderService],
};
