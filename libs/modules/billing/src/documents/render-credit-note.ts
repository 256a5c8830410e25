import type { CreditNoteDocument } from './credit-note-document.js';
import { drawParties, drawWords, headline, openDocument } from './document-head.js';
import { formatMoney } from './formats.js';
import { drawSums } from './table.js';
import { textsOf } from './texts.js';

/**
 * A credit note as a PDF of A4 pages.
 * @throws RangeError for an unknown currency or a day that is none
 */
export async function renderCreditNote(document: CreditNoteDocument): Promise<Buffer> {
  const { locale, number, issuedOn, invoiceNumber, title, reason, currency, check } = document;
  const texts = textsOf(locale);
  const paper = openDocument(document, { name: `${texts.creditNote} ${number}`, issuedOn }, texts);
  const amount = formatMoney(document.amount, currency, locale);
  paper.flow(headline(texts.creditNoteHeadline(invoiceNumber), amount, title));
  const facts: [string, string | undefined][] = [
    [texts.creditedInvoice, invoiceNumber],
    [texts.reason, reason],
    [texts.checkCode, check?.code],
  ];
  drawParties(paper, document, document.billTo, facts, texts);
  drawSums(paper, [{ label: texts.total, amount, kind: 'total' }]);
  drawWords(paper, [document.note]);
  return paper.finish();
}
