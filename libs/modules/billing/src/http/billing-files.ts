import type { StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DEPOSIT_METHOD_WORDS, ENTRY_WORDS, INVOICE_STATUS_WORDS, type Locale } from '@balcao/contracts';
import { minorDigits, printDecimal, type Day } from '@balcao/money';
import { csvFile, type CsvCell } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { statusOf } from '../domain/invoice.js';
import { todayOf } from '../today.js';
import type { DepositMethod } from '../persistence/billing.entities.js';
import type { InvoiceListRow, StaffInvoiceListRow } from '../persistence/invoice.rows.js';
import type { ReportMonth } from '../persistence/receivables-report.js';
import type { EntryRow, TransactionRow } from '../persistence/statement.js';

/** A column of a file: its heading in each language, and what stands in it. */
interface FileColumn<Row> {
  heading: Record<Locale, string>;
  of: (row: Row, how: { locale: Locale; today: Day }) => CsvCell;
}

/** An amount as a spreadsheet of that language takes it for a number: without groups, `1234,56`. */
function amountIn(minor: bigint, currency: string, locale: Locale): string {
  const decimal = printDecimal(minor, minorDigits(currency));
  return locale === 'pt-BR' ? decimal.replace('.', ',') : decimal;
}

const column = <Row>(pt: string, en: string, of: FileColumn<Row>['of']): FileColumn<Row> => ({
  heading: { 'pt-BR': pt, 'en-US': en },
  of,
});

const invoiceColumns = (audience: keyof typeof INVOICE_STATUS_WORDS): FileColumn<InvoiceListRow>[] => [
  column('Número', 'Number', ({ number }) => number),
  column('Título', 'Title', ({ title }) => title),
  column(
    'Situação',
    'Status',
    (row, { locale, today }) => INVOICE_STATUS_WORDS[audience][locale][statusOf(row, today)],
  ),
  column('Emissão', 'Issued on', ({ openedOn }) => openedOn),
  column('Vencimento', 'Due on', ({ dueOn }) => dueOn),
  column('Moeda', 'Currency', ({ currency }) => currency),
  column('Total', 'Total', ({ total, currency }, { locale }) => amountIn(total, currency, locale)),
  column('Falta pagar', 'Owed', ({ owed, currency }, { locale }) => amountIn(owed, currency, locale)),
];

const OF_STAFF = invoiceColumns('staff');
const STAFF_INVOICES: FileColumn<StaffInvoiceListRow>[] = [
  OF_STAFF[0]!,
  column('Cliente', 'Customer', ({ billingAccountName }) => billingAccountName),
  ...OF_STAFF.slice(1),
];

const onSide = (row: TransactionRow, side: TransactionRow['side'], locale: Locale): CsvCell =>
  row.side === side ? amountIn(row.amount, row.currency, locale) : null;

const transactionColumns = (audience: keyof typeof ENTRY_WORDS): FileColumn<TransactionRow>[] => [
  column('Data', 'Date', ({ postedOn }) => postedOn),
  column('Lançamento', 'Entry', ({ kind }, { locale }) => ENTRY_WORDS[audience][locale][kind]),
  column(
    'Fatura',
    'Invoice',
    ({ invoiceNumber, paid }) => invoiceNumber ?? (paid.map(({ number }) => number).join(', ') || null),
  ),
  column('Título', 'Title', ({ invoiceTitle }) => invoiceTitle),
  column('Número', 'Number', ({ number }) => number),
  column('Moeda', 'Currency', ({ currency }) => currency),
  column('Débito', 'Debit', (row, { locale }) => onSide(row, 'debit', locale)),
  column('Crédito', 'Credit', (row, { locale }) => onSide(row, 'credit', locale)),
  column(
    'Forma',
    'Method',
    ({ method }, { locale }) => method && DEPOSIT_METHOD_WORDS[locale][method as DepositMethod],
  ),
  column('Referência', 'Reference', ({ reference }) => reference),
  column('Motivo', 'Reason', ({ reason }) => reason),
];

/** As accountants book them: the customer and what they are known by beside each entry. */
const ENTRIES: FileColumn<EntryRow>[] = (() => {
  const [date, entry, ...others] = transactionColumns('staff') as FileColumn<EntryRow>[];
  return [
    date!,
    entry!,
    column<EntryRow>('Cliente', 'Customer', ({ billingAccountName }) => billingAccountName),
    column<EntryRow>('CPF/CNPJ', 'Tax id', ({ billingAccountTaxId }) => billingAccountTaxId),
    column<EntryRow>('Código do cliente', 'Customer code', ({ billingAccountExternalId }) => billingAccountExternalId),
    ...others,
  ];
})();

/** A column of a report by months: an amount in minor units, or a plain count. */
export interface ReportColumn<Month> {
  heading: Record<Locale, string>;
  of: (month: Month) => bigint | number;
}

const RECEIVABLES: readonly ReportColumn<ReportMonth>[] = [
  { heading: { 'pt-BR': 'Faturas', 'en-US': 'Invoices' }, of: ({ invoices }) => invoices },
  { heading: { 'pt-BR': 'Faturado', 'en-US': 'Invoiced' }, of: ({ invoiced }) => invoiced },
  { heading: { 'pt-BR': 'Recebido', 'en-US': 'Received' }, of: ({ received }) => received },
  { heading: { 'pt-BR': 'Devolvido', 'en-US': 'Given back' }, of: ({ returned }) => returned },
  { heading: { 'pt-BR': 'Creditado', 'en-US': 'Credited' }, of: ({ credited }) => credited },
  { heading: { 'pt-BR': 'Baixado', 'en-US': 'Written off' }, of: ({ writtenOff }) => writtenOff },
  { heading: { 'pt-BR': 'Em aberto', 'en-US': 'Open' }, of: ({ open }) => open },
  { heading: { 'pt-BR': 'Vencido', 'en-US': 'Overdue' }, of: ({ overdue }) => overdue },
];

const file =
  <Row>(names: Record<Locale, string>, columns: readonly FileColumn<Row>[]) =>
  (request: FastifyRequest, today: Day, batches: AsyncIterable<Row[]> | readonly [Row[]]) => {
    const { locale } = request.balcao.context;
    async function* rows() {
      yield [columns.map(({ heading }) => heading[locale])];
      for await (const batch of batches) yield batch.map((row) => columns.map(({ of }) => of(row, { locale, today })));
    }
    return csvFile(request, `${names[locale]}-${today}`, rows());
  };

const INVOICES_NAME = { 'pt-BR': 'faturas', 'en-US': 'invoices' };
export const invoicesFile = file(INVOICES_NAME, invoiceColumns('customers'));
export const staffInvoicesFile = file(INVOICES_NAME, STAFF_INVOICES);
const TRANSACTIONS_NAME = { 'pt-BR': 'extrato', 'en-US': 'transactions' };
export const transactionsFile = file(TRANSACTIONS_NAME, transactionColumns('customers'));
export const staffTransactionsFile = file(TRANSACTIONS_NAME, transactionColumns('staff'));
export const entriesFile = file({ 'pt-BR': 'lancamentos', 'en-US': 'entries' }, ENTRIES);

/** The months of a report in one currency as CSV, for a spreadsheet. */
export function reportFile<Month extends { month: Day }>(
  request: FastifyRequest,
  context: StaffContext,
  names: Record<Locale, string>,
  columns: readonly ReportColumn<Month>[],
  { currency, months }: { currency: string; months: Month[] },
): StreamableFile {
  const cells: FileColumn<Month>[] = [
    column('Mês', 'Month', ({ month }) => month.slice(0, 7)),
    column('Moeda', 'Currency', () => currency),
    ...columns.map(({ heading, of }): FileColumn<Month> => ({
      heading,
      of: (month, { locale }) => {
        const value = of(month);
        return typeof value === 'bigint' ? amountIn(value, currency, locale) : String(value);
      },
    })),
  ];
  return file(names, cells)(request, todayOf(context), [months]);
}

export const receivablesFile = (
  request: FastifyRequest,
  context: StaffContext,
  report: { currency: string; months: ReportMonth[] },
) => reportFile(request, context, { 'pt-BR': 'recebiveis', 'en-US': 'receivables' }, RECEIVABLES, report);
