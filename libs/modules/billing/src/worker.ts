import { Module } from '@nestjs/common';
import { DirectoryWorkerModule } from '@balcao/module-directory/worker';
import { BillingCoreModule } from './billing.core.module.js';
import { InvoiceMailReader } from './emails/invoice-mail-facts.js';
import { InvoiceMailer } from './emails/invoice-mailer.js';
import { INVOICE_MAILS } from './emails/invoice.mails.js';
import { InvoiceMails } from './emails/invoice-mails.js';
import { InvoiceImportHandler } from './imports/invoice-import.handler.js';
import { PaymentLinksMail } from './emails/payment-links.mail.js';
import { PaymentLinksReader } from './emails/payment-links-facts.js';
import { RemindHandler } from './jobs/remind.handler.js';
import { RenderCreditNoteHandler } from './jobs/render-credit-note.handler.js';
import { RenderDocumentHandler } from './jobs/render-document.handler.js';
import { RenderStatementHandler } from './jobs/render-statement.handler.js';
import { RenderFiscalNoteHandler } from './jobs/render-fiscal-note.handler.js';
import { SweepProofsHandler } from './jobs/sweep-proofs.handler.js';
import { SecondCopyHandler } from './jobs/second-copy.handler.js';
import { BILLING_ENTITIES } from './persistence/billing.entities.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import { ReminderService } from './reminder.service.js';

export { InvoiceMails } from './emails/invoice-mails.js';
export { InvoiceImportHandler } from './imports/invoice-import.handler.js';
export { SecondCopyHandler } from './jobs/second-copy.handler.js';

/** Who writes to customers about their invoices, reminds them of what they owe, and draws their documents; and who brings invoices in. */
@Module({
  imports: [BillingCoreModule, DirectoryWorkerModule],
  providers: [
    InvoiceImportHandler,
    InvoiceMailer,
    InvoiceMailReader,
    InvoiceMails,
    InvoiceRepository,
    PaymentLinksMail,
    PaymentLinksReader,
    RemindHandler,
    ReminderService,
    RenderCreditNoteHandler,
    RenderDocumentHandler,
    RenderStatementHandler,
    RenderFiscalNoteHandler,
    SweepProofsHandler,
    SecondCopyHandler,
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
