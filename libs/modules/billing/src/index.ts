export { BillingCoreModule } from './billing.core.module.js';
export { BillingReader } from './billing-reader.service.js';
export { BillingSettingsService, issuerOf } from './billing-settings.service.js';
export { CreditService, creditable } from './credit.service.js';
export { DocumentService } from './document.service.js';
export type { PrintedProposal } from './papers/proposal-paper.js';
export type { PrintedBoleto } from './papers/boleto-paper.js';
export type { PrintedReceipt } from './papers/receipt-paper.js';
export { InvoiceDraftService, totalsOf } from './invoice-draft.service.js';
export { InvoiceService, payableUntil } from './invoice.service.js';
export { PaymentLinkService, type OpenedLink } from './payment-links/payment-link.service.js';
export { LinkTokens, type LinkOfToken } from './payment-links/link-tokens.js';
export { PaymentLinkTokens } from './payment-links/payment-link-tokens.js';
export type { VisitorContext } from './visitor-context.js';
export { VisitorLimits } from './visitor-limits.js';
export type { BillingSettings } from './billing-settings.service.js';
export {
  INVOICE_STATUSES,
  statusOf,
  type DraftLine,
  type InvoiceFields,
  type InvoiceStatus,
  type LineTax,
} from './domain/invoice.js';
export {
  LARGEST_PROOF,
  PROOF_MEDIA_TYPES,
  proofMediaType,
  proofName,
  type ProofMediaType,
} from './domain/payment-proof.js';
export { accountReaders, type AccountReader, type Readership } from './emails/invoice-readers.js';
export { amountOf, fullDay, shortDay, speaking } from './emails/mail-words.js';
export { hasWords, searchedPapers } from './persistence/paper-search.js';
export { partyOf } from './persistence/parties.js';
export { brandedPortal } from './papers/paper-reader.service.js';
export type { Issuer, Party } from './persistence/billing.entities.js';
export { quietBilling, type QuietBilling } from './quiet-billing.js';
export type { DepositMethod } from './persistence/billing.entities.js';
export { Ledger, type AskedTarget, type TakenBack } from './ledger.service.js';
export type { OwedInvoice } from './domain/settlement.js';
export type { BillingTerms } from './billing-settings.service.js';
export type { CreditUse } from './persistence/ledger.repository.js';
export { InvoiceRepository } from './persistence/invoice.repository.js';
export type { InvoiceDetailRow as InvoiceDetail } from './persistence/invoice.rows.js';
export { isInReview } from './persistence/reminder-pauses.js';
export { MOST_REPORT_MONTHS, reportPeriod, type AskedReport } from './receivables-report.service.js';
export { monthsOf, type ReportPeriod } from './persistence/receivables-report.js';
