import type { BoletoDocument } from './boleto-document.js';
import { drawBoleto } from './boleto-slip.js';
import { headline, openDocument } from './document-head.js';
import { formatAmount, formatDay, formatMoney } from './formats.js';
import { drawPayment } from './payment-part.js';
import { drawSums, type Sum } from './table.js';
import { textsOf } from './texts.js';

/**
 * A boleto as a PDF of A4 pages: what it pays, its PIX code where it has one, and the slip, which names who asks and who pays.
 * @throws RangeError for an unknown currency or a day that is none
 */
export async function renderBoleto(document: BoletoDocument): Promise<Buffer> {
  const { locale, currency, boleto, shares } = document;
  const texts = textsOf(locale);
  const { issuedOn, dueOn } = boleto;
  const paper = openDocument(document, { name: 'Boleto', issuedOn, said: texts.statementIssuedOn }, texts);
  const total = formatMoney(boleto.amount, currency, locale);
  const [first] = shares;
  const title =
    shares.length === 1 ? `${first!.title} · ${texts.invoiceShare(first!.number)}` : texts.receiptOf(shares.length);
  const told = (value: bigint) => formatMoney(value, currency, locale);
  // Of one invoice all of it is said here, so that it fits one sheet.
  const more =
    shares.length === 1 && first!.charges > 0n
      ? texts.withCharges(told(first!.principal), told(first!.charges))
      : undefined;
  paper.flow(headline(texts.boletoHeadline(formatDay(dueOn, locale)), total, title, more));
  const amount = (value: bigint) => formatAmount(value, currency, locale);
  const sums: Sum[] = shares.flatMap(({ number, principal, charges }) => [
    { label: texts.invoiceShare(number), amount: amount(principal) },
    ...(charges > 0n ? [{ label: texts.chargesShare(number), amount: amount(charges) }] : []),
  ]);
  if (shares.length > 1) drawSums(paper, [...sums, { label: texts.total, amount: total, kind: 'total' }]);
  drawPayment(paper, document, texts);
  drawBoleto(paper, boleto, document, texts);
  return paper.finish();
}
