import { Audit } from '@balcao/platform-audit';
import { unheardEvents } from '@balcao/platform-events';
import type { Database } from '@balcao/platform-tenancy';
import { BillingSettingsService } from './billing-settings.service.js';
import { CreditService } from './credit.service.js';
import { FiscalNoteService } from './fiscal-note.service.js';
import { InvoiceDraftService } from './invoice-draft.service.js';
import { InvoiceService } from './invoice.service.js';
import { Ledger } from './ledger.service.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import { LedgerRepository } from './persistence/ledger.repository.js';

/** The module's services, of whose doings nobody is told: for what happened elsewhere, or long ago. */
export function quietBilling(database: Database) {
  const [invoices, audit] = [new InvoiceRepository(), new Audit()];
  const settings = new BillingSettingsService(database, audit);
  const ledger = new Ledger(new LedgerRepository(), invoices, unheardEvents);
  return {
    settings,
    ledger,
    drafts: new InvoiceDraftService(database, invoices, settings, audit, unheardEvents),
    invoices: new InvoiceService(database, invoices, ledger, settings, audit, unheardEvents),
    credits: new CreditService(database, invoices, ledger, settings, audit, unheardEvents),
    fiscalNotes: new FiscalNoteService(database, invoices, audit, unheardEvents),
  };
}
export type QuietBilling = ReturnType<typeof quietBilling>;
