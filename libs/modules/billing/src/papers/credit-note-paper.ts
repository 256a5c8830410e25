import type { Locale } from '@balcao/contracts';
import type { Day } from '@balcao/money';
import type { CreditNoteDocument } from '../documents/credit-note-document.js';
import type { Issuer, Party } from '../persistence/billing.entities.js';
import { frameOf, paperOf, type Paper, type PaperPortal } from './paper.js';

/** A credit note with what its document takes from the invoice, whose parties it has as well. */
export interface PrintedNote {
  number: string;
  amount: bigint;
  reason: string;
  issuedOn: Day;
  currency: string;
  invoiceId: string;
  billingAccountId: string;
  invoiceNumber: string;
  title: string;
  issuer: Issuer | null;
  billTo: Party;
}

/** What the document of a credit note shows. */
export function creditNotePaper(
  note: PrintedNote,
  portal: PaperPortal | undefined,
  locale: Locale,
): Paper<CreditNoteDocument> {
  const { number, amount, reason, issuedOn, currency, invoiceNumber, title } = note;
  const document = {
    ...frameOf(locale, portal, note),
    ...{ number, amount, reason, issuedOn, currency, invoiceNumber, title },
  };
  return paperOf(document, portal, number);
}
