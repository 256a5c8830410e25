import { drawBoleto } from './boleto-slip.js';
import { drawHead, issuerEntries, partyEntries } from './document-head.js';
import { formatAmount, formatDay, formatDecimal, formatMoney, shownUrl } from './formats.js';
import type { InvoiceDocument, InvoiceDocumentLine } from './invoice-document.js';
import { Paper, SHEET, TYPE, type Entry } from './page.js';
import { drawPayment } from './payment-part.js';
import { drawSums, drawTable, sumsHeight, type Column, type Row, type Sum } from './table.js';
import { textsOf, type DocumentTexts } from './texts.js';

/**
 * An invoice as a PDF of A4 pages. The same document gives the same pages; a part to pay is on them only while there is
 * something to pay.
 * @throws RangeError for an unknown currency or a day that is none
 */
export async function renderInvoice(document: InvoiceDocument): Promise<Buffer> {
  const texts = textsOf(document.locale);
  const day = (value: string) => formatDay(value, document.locale);
  const name = `${texts.invoice} ${document.number}`;
  const { issuer, check } = document;
  const paper = new Paper({
    title: `${name} · ${issuer.name}`,
    author: issuer.legalName || issuer.name,
    lang: document.locale,
    createdOn: document.issuedOn,
    runningHead: `${name} · ${issuer.name}`,
    foot: check ? texts.check(check.code, shownUrl(check.url)) : `${name} · ${issuer.name}`,
    pageOf: texts.pageOf,
    watermark: texts.watermarks[document.state],
  });

  drawHead(paper, document, [
    { text: name, style: TYPE.strong },
    { text: texts.issuedOn(day(document.issuedOn)), style: TYPE.muted },
  ]);
  paper.flow(headline(document, texts));
  paper.y += 14;
  const column = (SHEET.inner - 2 * 20) / 3;
  paper.columns(
    [issuerEntries(issuer, texts), partyEntries(texts.billTo, document.billTo, texts), details(document, texts)],
    [column, column, column],
    20,
  );
  paper.y += 16;

  const sums = sumsOf(document, texts);
  const { columns, rows } = linesTable(document, texts);
  drawTable(paper, columns, rows, sumsHeight(paper, sums));
  drawSums(paper, sums);
  drawWords(paper, [isPayable(document) ? document.lateTerms : undefined, document.note]);
  drawFiscalNotes(paper, document, texts);
  if (isPayable(document)) {
    drawPayment(paper, document, texts);
    if (document.boleto) drawBoleto(paper, document.boleto, document, texts);
  }
  return paper.finish();
}

const isPayable = ({ state, settlement }: InvoiceDocument): boolean =>
  (state === 'open' || state === 'partially_paid') && settlement.left > 0n;

function headline(document: InvoiceDocument, texts: DocumentTexts): Entry[] {
  const { state, settlement, totals, dueOn, payableUntil, locale, currency } = document;
  const [due, paidOn] = [formatDay(dueOn, locale), settlement.paidOn && formatDay(settlement.paidOn, locale)];
  const amount = state === 'partially_paid' ? settlement.left : totals.total;
  return [
    { text: texts.headline(document, due, paidOn), style: TYPE.muted },
    { text: formatMoney(amount, currency, locale), style: TYPE.amount },
    { text: document.title, style: TYPE.heading, role: 'H1', gap: 4 },
    ...(isPayable(document) && payableUntil && payableUntil !== dueOn
      ? [{ text: texts.payableUntil(due, formatDay(payableUntil, locale)), style: TYPE.muted, gap: 2 }]
      : []),
  ];
}

function details({ locale, dueOn, purchaseOrder, check }: InvoiceDocument, texts: DocumentTexts): Entry[] {
  const facts: [string, string | undefined][] = [
    [texts.dueOn, formatDay(dueOn, locale)],
    [texts.purchaseOrder, purchaseOrder],
    [texts.checkCode, check?.code],
  ];
  return facts
    .filter((fact): fact is [string, string] => Boolean(fact[1]))
    .flatMap(([label, value], index) => [
      { text: label, style: TYPE.label, gap: index ? 5 : 0 },
      { text: value, style: TYPE.body },
    ]);
}

function linesTable(document: InvoiceDocument, texts: DocumentTexts): { columns: Column[]; rows: Row[] } {
  const { lines, currency, locale } = document;
  const { columns: heads } = texts;
  const amount = (value: bigint) => formatAmount(value, currency, locale);
  const figure = (text: string): Entry[] => [{ text, style: TYPE.figure }];
  const withDiscount = lines.some(({ discount }) => discount?.amount);
  const discountOf = ({ discount }: InvoiceDocumentLine): string => {
    if (!discount?.amount) return '';
    return discount.percent ? `${formatDecimal(discount.percent, locale)}%` : amount(-discount.amount);
  };
  const columns: Column[] = [
    { head: heads.item },
    { head: heads.quantity, least: 44, align: 'right' },
    { head: heads.price, least: 64, align: 'right' },
    ...(withDiscount ? [{ head: heads.discount, least: 60, align: 'right' as const }] : []),
    { head: heads.total, least: 64, align: 'right' },
  ];
  const rows = lines.map((line) => [
    [{ text: line.description, style: TYPE.body }, ...(line.detail ? [{ text: line.detail, style: TYPE.detail }] : [])],
    figure(formatDecimal(line.quantity, locale)),
    figure(amount(line.unitPrice)),
    ...(withDiscount ? [figure(discountOf(line))] : []),
    figure(amount(line.net)),
  ]);
  return { columns, rows };
}

function sumsOf({ totals, settlement, state, currency, locale }: InvoiceDocument, texts: DocumentTexts): Sum[] {
  const amount = (value: bigint) => formatAmount(value, currency, locale);
  const day = settlement.paidOn && formatDay(settlement.paidOn, locale);
  const { discount, taxesAdded, taxesIncluded } = totals;
  const sums: Sum[] = [];
  const add = (label: string, value: bigint, kind?: Sum['kind']) =>
    sums.push({ label, amount: kind === 'total' ? formatMoney(value, currency, locale) : amount(value), kind });
  if (discount || taxesAdded.length) add(texts.subtotal, totals.subtotal);
  if (discount) add(texts.discounts, -discount);
  for (const tax of taxesAdded) add(tax.name, tax.amount);
  for (const tax of taxesIncluded) add(texts.taxIncluded(tax.name), tax.amount, 'muted');
  add(texts.total, totals.total, 'total');
  if (settlement.paid) add(texts.alreadyPaid(day), -settlement.paid);
  if (settlement.credited && state !== 'void') add(texts.credited, -settlement.credited);
  if (settlement.refunded) add(texts.refunded, settlement.refunded);
  if (state === 'partially_paid' || (state === 'open' && settlement.left !== totals.total))
    add(texts.left, settlement.left, 'total');
  return sums;
}

function drawWords(paper: Paper, words: (string | undefined)[]): void {
  const said = words.filter((text): text is string => Boolean(text));
  if (said.length === 0) return;
  paper.y += 12;
  paper.flow(said.map((text, index) => ({ text, style: TYPE.muted, gap: index ? 6 : 0 })));
}

function drawFiscalNotes(paper: Paper, { fiscalNotes = [] }: InvoiceDocument, texts: DocumentTexts): void {
  if (fiscalNotes.length === 0) return;
  paper.y += 16;
  paper.flow([
    { text: texts.fiscalNotes, style: TYPE.heading, role: 'H2' },
    ...fiscalNotes.flatMap(({ number, key, url }) => [
      { text: number, style: TYPE.strong, gap: 4 },
      ...(key ? [{ text: `${texts.fiscalKey} ${key}`, style: TYPE.muted }] : []),
      ...(url ? [{ text: shownUrl(url), style: TYPE.muted, url, role: 'Link' }] : []),
    ]),
  ]);
}
