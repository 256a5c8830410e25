import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { ThreadsModule } from '@balcao/platform-threads';
import { BillCheckService } from './bill-check/bill-check.service.js';
import { BillingExporter } from './billing-exporter.service.js';
import { BillingReader } from './billing-reader.service.js';
import { BillingSettingsService } from './billing-settings.service.js';
import { CreditService } from './credit.service.js';
import { DocumentService } from './document.service.js';
import { DocumentRenderer } from './documents/document-renderer.js';
import { FiscalNoteService } from './fiscal-note.service.js';
import { FiscalFolderService } from './fiscal/fiscal-folder.service.js';
import { FiscalNoteDocumentService } from './fiscal/fiscal-note-document.service.js';
import { FiscalXmlService } from './fiscal/fiscal-xml.service.js';
import { InvoiceExplanationService } from './invoice-explanation.service.js';
import { InvoiceImportService } from './imports/invoice-import.service.js';
import { InvoiceDraftService } from './invoice-draft.service.js';
import { InvoiceService } from './invoice.service.js';
import { Ledger } from './ledger.service.js';
import { PaymentProofService } from './payment-proof.service.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import { PaperReader } from './papers/paper-reader.service.js';
import { LedgerRepository } from './persistence/ledger.repository.js';
import { PaymentProofRepository } from './persistence/payment-proof.repository.js';
import { ProofDecisionService } from './proof-decision.service.js';
import { ProofFiles } from './proof-files/proof-files.js';
import { PaymentLinkDesk } from './payment-links/payment-link-desk.service.js';
import { PaymentLinkRepository } from './payment-links/payment-link.repository.js';
import { PaymentLinkService } from './payment-links/payment-link.service.js';
import { PaymentLinkTokens } from './payment-links/payment-link-tokens.js';
import { PaymentLinksMailer } from './emails/payment-links-mailer.js';
import { ReceivablesReports } from './receivables-report.service.js';
import { SecondCopyService } from './second-copy.service.js';
import { VisitorLimits } from './visitor-limits.js';

const SERVICES = [
  BillCheckService,
  BillingExporter,
  BillingReader,
  BillingSettingsService,
  CreditService,
  FiscalFolderService,
  FiscalNoteDocumentService,
  FiscalNoteService,
  DocumentService,
  FiscalXmlService,
  InvoiceDraftService,
  InvoiceExplanationService,
  InvoiceImportService,
  InvoiceService,
  PaymentProofService,
  ProofDecisionService,
  ProofFiles,
  PaymentLinkDesk,
  PaymentLinkService,
  ReceivablesReports,
  SecondCopyService,
];

const SHARED = [InvoiceRepository, Ledger, PaymentLinkRepository, PaymentLinkTokens, PaymentLinksMailer, VisitorLimits];

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule, ThreadsModule],
  providers: [DocumentRenderer, LedgerRepository, PaperReader, PaymentProofRepository, ...SHARED, ...SERVICES],
  exports: [...SHARED, ...SERVICES],
})
export class BillingCoreModule {}
