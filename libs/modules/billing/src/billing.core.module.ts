import { Module } from '@nestjs/common';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { ThreadsModule } from '@balcao/platform-threads';
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

const SERVICES = [
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
];

@Module({
  imports: [DirectoryCoreModule, ThreadsModule],
  providers: [DocumentRenderer, InvoiceRepository, LedgerRepository, Ledger, PaperReader, ...SERVICES],
  providers: [DocumentRenderer, InvoiceRepository, LedgerRepository, Ledger, PaymentProofRepository, ...SERVICES],
  exports: [InvoiceRepository, Ledger, ...SERVICES],
})
export class BillingCoreModule {}
