import { Module } from '@nestjs/common';
import { ThreadsModule } from '@balcao/platform-threads';
import { BillingReader } from './billing-reader.service.js';
import { BillingSettingsService } from './billing-settings.service.js';
import { CreditService } from './credit.service.js';
import { DocumentRenderer } from './documents/document-renderer.js';
import { FiscalNoteService } from './fiscal-note.service.js';
import { InvoiceDocumentService } from './invoice-document.service.js';
import { InvoiceDraftService } from './invoice-draft.service.js';
import { InvoiceService } from './invoice.service.js';
import { Ledger } from './ledger.service.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import { LedgerRepository } from './persistence/ledger.repository.js';

const SERVICES = [
  BillingReader,
  BillingSettingsService,
  CreditService,
  FiscalNoteService,
  InvoiceDocumentService,
  InvoiceDraftService,
  InvoiceService,
];

@Module({
  imports: [ThreadsModule],
  providers: [DocumentRenderer, InvoiceRepository, LedgerRepository, Ledger, ...SERVICES],
  exports: SERVICES,
})
export class BillingCoreModule {}
