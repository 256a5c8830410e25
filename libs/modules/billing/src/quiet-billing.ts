import { Audit } from '@balcao/platform-audit';
import { unheardEvents, type Events } from '@balcao/platform-events';
import { Outbox } from '@balcao/platform-outbox';
import type { Database } from '@balcao/platform-tenancy';
import { BillingReader } from './billing-reader.service.js';
import { BillingSettingsService } from './billing-settings.service.js';
import { CreditService } from './credit.service.js';
import { FiscalNoteService } from './fiscal-note.service.js';
import { InvoiceDraftService } from './invoice-draft.service.js';
import { InvoiceService } from './invoice.service.js';
import { Ledger } from './ledger.service.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import { LedgerRepository } from './persistence/ledger.repository.js';

/**
 * The module's services, of whose doings nobody is told: for what happened elsewhere, or long ago.
 * @param events what hears of them all the same, such as open pages (`liveOnly`)
 */
export function quietBilling(database: Database, events: Events = unheardEvents) {
  const [invoices, audit] = [new InvoiceRepository(), new Audit()];
  const settings = new BillingSettingsService(database, audit);
  const ledger = new Ledger(new LedgerRepository(), invoices, events);
  return {
    settings,
    reader: new BillingReader(database, invoices),
    ledger,
    drafts: new InvoiceDraftService(database, invoices, settings, audit, events),
    invoices: new InvoiceService(database, invoices, ledger, settings, audit, events),
    credits: new CreditService(database, invoices, ledger, settings, audit, events),
    fiscalNotes: new FiscalNoteService(database, invoices, audit, events, new Outbox(database)),
  };
}
export type QuietBilling = ReturnType<typeof quietBilling>;
