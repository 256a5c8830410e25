export { BillingCoreModule } from './billing.core.module.js';
export { BillingReader } from './billing-reader.service.js';
export { BillingSettingsService } from './billing-settings.service.js';
export { CreditService } from './credit.service.js';
export { InvoiceDraftService } from './invoice-draft.service.js';
export { InvoiceService } from './invoice.service.js';
