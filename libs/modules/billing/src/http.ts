import { Module } from '@nestjs/common';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { BillingCoreModule } from './billing.core.module.js';
import { BILLING_FIRST_STEPS } from './first-steps.js';
import { AccountBooksController } from './http/account-books.controller.js';
import { BillCheckController } from './http/bill-check.controller.js';
import { BillingSettingsController } from './http/billing-settings.controller.js';
import { InvoiceImportsController } from './http/invoice-imports.controller.js';
import { PortalDocumentsController } from './http/portal-documents.controller.js';
import { PortalInvoicesController } from './http/portal-invoices.controller.js';
import { PortalLedgerController } from './http/portal-ledger.controller.js';
import { ReceivablesReportsController } from './http/receivables-reports.controller.js';
import { StaffDocumentsController } from './http/staff-documents.controller.js';
import { PortalFiscalNotesController } from './http/portal-fiscal-notes.controller.js';
import { PortalInvoiceExplanationsController } from './http/portal-invoice-explanations.controller.js';
import { StaffFiscalNotesController } from './http/staff-fiscal-notes.controller.js';
import { StaffInvoiceExplanationsController } from './http/staff-invoice-explanations.controller.js';
import { StaffInvoiceFiscalNotesController } from './http/staff-invoice-fiscal-notes.controller.js';
import { PortalProofsController } from './http/portal-proofs.controller.js';
import { StaffInvoicesController } from './http/staff-invoices.controller.js';
import { StaffLedgerController } from './http/staff-ledger.controller.js';
import { StaffProofsController } from './http/staff-proofs.controller.js';
import { PaymentLinkController } from './http/payment-link.controller.js';
import { SecondCopyController } from './http/second-copy.controller.js';
import { StaffPaymentLinksController } from './http/staff-payment-links.controller.js';
import { BILLING_ENTITIES } from './persistence/billing.entities.js';

export { reportFile, type ReportColumn } from './http/billing-files.js';
export { ReportQuery, askedReport } from './http/dto/report.dto.js';
export {
  DiscountFacts,
  InvoiceTaxFacts,
  OfferedLineFacts,
  PartyFacts,
  discountFacts,
  offeredLine,
  taxesOf,
} from './http/dto/invoice.dto.js';
export { CurrencyField } from './http/dto/ledger.dto.js';
export {
  DiscountRequest,
  InvoiceCustomer,
  InvoiceLineRequest,
  discountOf,
  draftLines,
} from './http/dto/staff-invoice.dto.js';
export { DocumentQuery, DocumentResponse, DocumentState } from './http/dto/document.dto.js';

@Module({
  imports: [BillingCoreModule, DirectoryCoreModule],
  controllers: [
    AccountBooksController,
    BillCheckController,
    BillingSettingsController,
    InvoiceImportsController,
    PaymentLinkController,
    PortalDocumentsController,
    PortalFiscalNotesController,
    PortalInvoiceExplanationsController,
    PortalInvoicesController,
    PortalLedgerController,
    PortalProofsController,
    ReceivablesReportsController,
    SecondCopyController,
    StaffDocumentsController,
    StaffFiscalNotesController,
    StaffInvoiceExplanationsController,
    StaffInvoiceFiscalNotesController,
    StaffInvoicesController,
    StaffLedgerController,
    StaffPaymentLinksController,
    StaffProofsController,
  ],
})
export class BillingHttpModule {}

/** What the API runs of this module. */
export const billingApi = {
  module: BillingHttpModule,
  entities: BILLING_ENTITIES,
  firstSteps: BILLING_FIRST_STEPS,
};

export { BringsPaymentLink, PaymentLinkToken } from './http/payment-link-key.js';
