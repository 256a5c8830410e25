import { drawParties, drawWords, headline, openDocument } from './document-head.js';
import { formatAmount, formatMoney } from './formats.js';
import type { ReceiptDocument } from './receipt-document.js';
import { drawSums, type Sum } from './table.js';
import { textsOf } from './texts.js';

/**
 * A receipt as a PDF of A4 pages.
 * @throws RangeError for an unknown currency or a day that is none
 */
export async function renderReceipt(document: ReceiptDocument): Promise<Buffer> {
  const { locale, currency, method, receivedOn, reference, shares, credit, refunded, isTest } = document;
  const texts = textsOf(locale);
  const paper = openDocument(document, { name: texts.receipt, issuedOn: receivedOn, said: texts.receivedOn }, texts);
  const received = formatMoney(document.received, currency, locale);
  const titles = shares.map(({ title }) => title);
  paper.flow(
    headline(texts.receiptHeadline, received, titles.length === 1 ? titles[0]! : texts.receiptOf(shares.length)),
  );
  const facts: [string, string | undefined][] = [
    [texts.paidBy, texts.methods[method]],
    [texts.reference, reference],
  ];
  drawParties(paper, document, document.billTo, facts, texts);
  const amount = (value: bigint) => formatAmount(value, currency, locale);
  const sums: Sum[] = shares.flatMap(({ number, principal, charges }) => [
    { label: texts.invoiceShare(number), amount: amount(principal) },
    ...(charges > 0n ? [{ label: texts.chargesShare(number), amount: amount(charges) }] : []),
  ]);
  if (credit > 0n) sums.push({ label: texts.leftAsCredit, amount: amount(credit) });
  if (refunded > 0n) sums.push({ label: texts.givenBack, amount: amount(refunded) });
  drawSums(paper, [...sums, { label: texts.totalPaid, amount: received, kind: 'total' }]);
  drawWords(paper, [isTest ? texts.testReceipt : undefined]);
  return paper.finish();
}
