import { drawParties, headline, openDocument } from './document-head.js';
import { formatAmount, formatDay, formatMoney } from './formats.js';
import type { Entry, Paper } from './page.js';
import type { Ageing, StatementDocument } from './statement-document.js';
import { drawSums, drawTable, sumsHeight, type Column, type Row, type Sum } from './table.js';
import { textsOf, type DocumentTexts } from './texts.js';
import { SHEET, TYPE } from './type-scale.js';

/**
 * What happened on an account in a period, as a PDF of A4 pages.
 * @throws RangeError for an unknown currency or a day that is none
 */
export async function renderStatement(document: StatementDocument): Promise<Buffer> {
  const { locale, currency, from, until, issuedOn, closing, ageing, check } = document;
  const texts = textsOf(locale);
  const period = texts.period(formatDay(from, locale), formatDay(until, locale));
  const paper = openDocument(document, { name: texts.statement, issuedOn, said: texts.statementIssuedOn }, texts);
  const owed = closing < 0n ? -closing : closing;
  const label = texts.statementHeadline(formatDay(until, locale), closing >= 0n);
  paper.flow(headline(label, formatMoney(owed, currency, locale), period));
  drawParties(paper, document, document.billTo, [[texts.checkCode, check?.code]], texts);

  if (ageing) drawAgeing(paper, ageing, document, texts);
  const sums: Sum[] = [{ label: texts.closingBalance, amount: formatMoney(closing, currency, locale), kind: 'total' }];
  const { columns, rows } = entriesTable(document, texts);
  drawTable(paper, columns, rows, sumsHeight(paper, sums));
  drawSums(paper, sums);
  return paper.finish();
}

const figure = (text: string): Entry[] => [{ text, style: TYPE.figure }];

function entriesTable(document: StatementDocument, texts: DocumentTexts): { columns: Column[]; rows: Row[] } {
  const { locale, currency, entries } = document;
  const heads = texts.statementColumns;
  const amount = (value: bigint | undefined) => (value === undefined ? '' : formatAmount(value, currency, locale));
  const columns: Column[] = [
    { head: heads.day, least: 54 },
    { head: heads.entry },
    { head: heads.debit, least: 60, align: 'right' },
    { head: heads.credit, least: 60, align: 'right' },
    { head: heads.balance, least: 64, align: 'right' },
  ];
  const opening: Row = [
    figure(formatDay(document.from, locale)),
    [{ text: texts.openingBalance, style: TYPE.muted }],
    figure(''),
    figure(''),
    figure(amount(document.opening)),
  ];
  const rows = entries.map(({ day, description, detail, debit, credit, balance }) => [
    figure(formatDay(day, locale)),
    [{ text: description, style: TYPE.body }, ...(detail ? [{ text: detail, style: TYPE.detail }] : [])],
    figure(amount(debit)),
    figure(amount(credit)),
    figure(amount(balance)),
  ]);
  return { columns, rows: [opening, ...rows] };
}

/** How much is how late, side by side. */
function drawAgeing(paper: Paper, ageing: Ageing, { currency, locale }: StatementDocument, texts: DocumentTexts): void {
  const buckets = Object.entries(texts.ageingBuckets) as [keyof Ageing, string][];
  const gap = 12;
  const width = (SHEET.inner - gap * (buckets.length - 1)) / buckets.length;
  const heading: Entry[] = [{ text: texts.ageing, style: TYPE.heading, role: 'H2' }];
  const stacks = buckets.map(([bucket, label]): Entry[] => [
    { text: label, style: TYPE.label },
    { text: formatAmount(ageing[bucket], currency, locale), style: TYPE.figure },
  ]);
  paper.need(
    paper.heightOf(heading, SHEET.inner) + 6 + Math.max(...stacks.map((stack) => paper.heightOf(stack, width))),
  );
  paper.flow(heading);
  paper.y += 6;
  const widths = buckets.map(() => width);
  paper.columns(stacks, widths, gap);
  paper.y += 18;
}
