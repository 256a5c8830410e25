import type { Locale } from '@balcao/contracts';
import type { ReceiptDocument } from '../documents/receipt-document.js';
import type { Issuer, Party } from '../persistence/billing.entities.js';
import { frameOf, paperOf, type Paper, type PaperPortal } from './paper.js';

/** What a receipt says of a payment, whose module knows it. */
export interface PrintedReceipt extends Pick<
  ReceiptDocument,
  'method' | 'receivedOn' | 'reference' | 'currency' | 'received' | 'shares' | 'credit' | 'refunded' | 'isTest'
> {
  paymentId: string;
  billingAccountId: string;
}

/** What the document of a receipt shows. */
export function receiptPaper(
  { paymentId: _paymentId, billingAccountId: _billingAccountId, ...receipt }: PrintedReceipt,
  parties: { issuer: Issuer | null; billTo: Party },
  portal: PaperPortal | undefined,
  locale: Locale,
): Paper<ReceiptDocument> {
  const called = `${locale === 'pt-BR' ? 'recibo' : 'receipt'}-${receipt.receivedOn}`;
  return paperOf({ ...frameOf(locale, portal, parties), ...receipt }, portal, called);
}
