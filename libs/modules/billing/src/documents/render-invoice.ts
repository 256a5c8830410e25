import { drawBoleto } from './boleto-slip.js';
import { drawParties, drawWords, headline, openDocument } from './document-head.js';
import { formatAmount, formatDay, formatDecimal, formatMoney, shownUrl } from './formats.js';
import type { InvoiceDocument, InvoiceDocumentLine } from './invoice-document.js';
import type { Entry, Paper } from './page.js';
import { drawPayment } from './payment-part.js';
import { drawSums, drawTable, hasRoomFor, sumsHeight, type Column, type Row, type Sum } from './table.js';
import { textsOf, type DocumentTexts } from './texts.js';
import { TYPE } from './type-scale.js';

/**
 * An invoice as a PDF of A4 pages. The same document gives the same pages; a part to pay is on them only while there is
 * something to pay.
 * @throws RangeError for an unknown currency or a day that is none
 */
export async function renderInvoice(document: InvoiceDocument): Promise<Buffer> {
  const { locale, state, number, issuedOn, dueOn, check } = document;
  const texts = textsOf(locale);
  const name = `${texts.invoice} ${number}`;
  const paper = openDocument(document, { name, issuedOn, watermark: texts.watermarks[state] }, texts);
  paper.flow(headOf(document, texts));
  const facts: [string, string | undefined][] = [
    [texts.dueOn, formatDay(dueOn, locale)],
    [texts.purchaseOrder, document.purchaseOrder],
    [texts.checkCode, check?.code],
  ];
  drawParties(paper, document, document.billTo, facts, texts);

  const sums = sumsOf(document, texts);
  drawLines(paper, document, texts, sumsHeight(paper, sums));
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

/** Whether the words above the amount speak of what is still to pay, which may be nothing; else of what it came to. */
const saysWhatIsLeft = (state: InvoiceDocument['state']): boolean =>
  state === 'partially_paid' || state === 'void' || state === 'credited' || state === 'written_off';

function headOf(document: InvoiceDocument, texts: DocumentTexts): Entry[] {
  const { state, settlement, totals, dueOn, payableUntil, locale, currency, title } = document;
  const [due, paidOn] = [formatDay(dueOn, locale), settlement.paidOn && formatDay(settlement.paidOn, locale)];
  const late = isPayable(document) ? document.late : undefined;
  const amount = late?.total ?? (saysWhatIsLeft(state) ? settlement.left : totals.total);
  const isLonger = isPayable(document) && !late && payableUntil && payableUntil !== dueOn;
  return headline(
    late ? texts.lateHeadline(formatDay(late.on, locale), due) : texts.headline(document, due, paidOn),
    formatMoney(amount, currency, locale),
    title,
    isLonger ? texts.payableUntil(due, formatDay(payableUntil, locale)) : undefined,
  );
}

/** What the table of lines is drawn from. */
type WithLines = Pick<InvoiceDocument, 'lines' | 'currency' | 'locale'>;

/**
 * The lines of an invoice, or of what becomes one.
 * @param tail height of what follows, which the last ones stay with
 */
export function drawLines(paper: Paper, document: WithLines, texts: DocumentTexts, tail: number): void {
  const wide = linesTable(document, texts);
  const { columns, rows } = hasRoomFor(paper, wide.columns, wide.rows) ? wide : narrowTable(document, texts);
  drawTable(paper, columns, rows, tail);
}

const figure = (text: string): Entry[] => [{ text, style: TYPE.figure }];
const words = ({ description, detail }: InvoiceDocumentLine): Entry[] => [
  { text: description, style: TYPE.body },
  ...(detail ? [{ text: detail, style: TYPE.detail }] : []),
];

function discountOf({ discount }: InvoiceDocumentLine, { currency, locale }: WithLines): string {
  if (!discount?.amount) return '';
  if (discount.percent) return `${formatDecimal(discount.percent, locale)}%`;
  return formatAmount(discount.amount, currency, locale);
}

function linesTable(document: WithLines, { columns: heads }: DocumentTexts): { columns: Column[]; rows: Row[] } {
  const { lines, currency, locale } = document;
  const withDiscount = lines.some(({ discount }) => discount?.amount);
  const columns: Column[] = [
    { head: heads.item },
    { head: heads.quantity, least: 44, align: 'right' },
    { head: heads.price, least: 64, align: 'right' },
    ...(withDiscount ? [{ head: heads.discount, least: 60, align: 'right' as const }] : []),
    { head: heads.total, least: 64, align: 'right' },
  ];
  const rows = lines.map((line) => [
    words(line),
    figure(formatDecimal(line.quantity, locale)),
    figure(formatAmount(line.unitPrice, currency, locale)),
    ...(withDiscount ? [figure(discountOf(line, document))] : []),
    figure(formatAmount(line.net, currency, locale)),
  ]);
  return { columns, rows };
}

/** For figures so long that they leave no room for words: what a line's total is made of stands below its words. */
function narrowTable(document: WithLines, texts: DocumentTexts): { columns: Column[]; rows: Row[] } {
  const { lines, currency, locale } = document;
  const rows = lines.map((line) => {
    const price = formatMoney(line.unitPrice, currency, locale);
    const made = texts.lineOf(formatDecimal(line.quantity, locale), price, discountOf(line, document));
    return [[...words(line), { text: made, style: TYPE.detail }], figure(formatAmount(line.net, currency, locale))];
  });
  return { columns: [{ head: texts.columns.item }, { head: texts.columns.total, least: 64, align: 'right' }], rows };
}

const sumIn =
  ({ currency, locale }: Pick<InvoiceDocument, 'currency' | 'locale'>) =>
  (label: string, value: bigint, kind?: Sum['kind']): Sum => ({
    label,
    amount: (kind === 'total' ? formatMoney : formatAmount)(value, currency, locale),
    kind,
  });

/** What lines come to: discounts, taxes, the total. */
export function linesSums(
  document: Pick<InvoiceDocument, 'totals' | 'currency' | 'locale'>,
  texts: DocumentTexts,
): Sum[] {
  const { subtotal, discount, taxesAdded, taxesIncluded, total } = document.totals;
  const sum = sumIn(document);
  return [
    ...(discount || taxesAdded.length ? [sum(texts.subtotal, subtotal)] : []),
    ...(discount ? [sum(texts.discounts, -discount)] : []),
    ...taxesAdded.map((tax) => sum(tax.name, tax.amount)),
    ...taxesIncluded.map((tax) => sum(texts.taxIncluded(tax.name), tax.amount, 'muted')),
    sum(texts.total, total, 'total'),
  ];
}

function sumsOf(document: InvoiceDocument, texts: DocumentTexts): Sum[] {
  const { totals, settlement, state, locale } = document;
  const day = settlement.paidOn && formatDay(settlement.paidOn, locale);
  const sums = linesSums(document, texts);
  const add = (...sum: Parameters<ReturnType<typeof sumIn>>) => sums.push(sumIn(document)(...sum));
  if (settlement.late) add(texts.lateCharges, settlement.late);
  if (settlement.paid) add(texts.alreadyPaid(day), -settlement.paid);
  if (settlement.credited && state !== 'void') add(texts.credited, -settlement.credited);
  if (settlement.writtenOff) add(texts.writtenOff, -settlement.writtenOff);
  if (settlement.refunded) add(texts.refunded, settlement.refunded);
  if (state === 'partially_paid' || (state === 'open' && settlement.left !== totals.total))
    add(texts.left, settlement.left, 'total');
  if (document.late && isPayable(document)) {
    for (const charge of document.late.charges) add(charge.name, charge.amount);
    add(texts.lateTotal(formatDay(document.late.on, locale)), document.late.total, 'total');
  }
  return sums;
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
