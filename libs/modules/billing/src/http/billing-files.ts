import type { FastifyRequest } from 'fastify';
import { DEPOSIT_METHOD_WORDS, ENTRY_WORDS, INVOICE_STATUS_WORDS, type Locale } from '@balcao/contracts';
import { minorDigits, printDecimal, type Day } from '@balcao/money';
import { csvFile, type CsvCell } from '@balcao/platform-http';
import { statusOf } from '../domain/invoice.js';
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

const INVOICES: FileColumn<InvoiceListRow>[] = [
  column('Número', 'Number', ({ number }) => number),
  column('Título', 'Title', ({ title }) => title),
  column('Situação', 'Status', (row, { locale, today }) => INVOICE_STATUS_WORDS[locale][statusOf(row, today)]),
  column('Emissão', 'Issued on', ({ openedOn }) => openedOn),
  column('Vencimento', 'Due on', ({ dueOn }) => dueOn),
  column('Moeda', 'Currency', ({ currency }) => currency),
  column('Total', 'Total', ({ total, currency }, { locale }) => amountIn(total, currency, locale)),
  column('Falta pagar', 'Owed', ({ owed, currency }, { locale }) => amountIn(owed, currency, locale)),
];

const STAFF_INVOICES: FileColumn<StaffInvoiceListRow>[] = [
  INVOICES[0]!,
  column('Cliente', 'Customer', ({ billingAccountName }) => billingAccountName),
  ...INVOICES.slice(1),
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

type CurrencyMonth = ReportMonth & { currency: string };
const amountOf =
  (key: 'invoiced' | 'received' | 'credited' | 'writtenOff' | 'open' | 'overdue') =>
  (row: CurrencyMonth, { locale }: { locale: Locale }) =>
    amountIn(row[key], row.currency, locale);

const RECEIVABLES: FileColumn<CurrencyMonth>[] = [
  column('Mês', 'Month', ({ month }) => month.slice(0, 7)),
  column('Moeda', 'Currency', ({ currency }) => currency),
  column('Faturas', 'Invoices', ({ invoices }) => String(invoices)),
  column('Faturado', 'Invoiced', amountOf('invoiced')),
  column('Recebido', 'Received', amountOf('received')),
  column('Creditado', 'Credited', amountOf('credited')),
  column('Baixado', 'Written off', amountOf('writtenOff')),
  column('Em aberto', 'Open', amountOf('open')),
  column('Vencido', 'Overdue', amountOf('overdue')),
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
export const invoicesFile = file(INVOICES_NAME, INVOICES);
export const staffInvoicesFile = file(INVOICES_NAME, STAFF_INVOICES);
const TRANSACTIONS_NAME = { 'pt-BR': 'extrato', 'en-US': 'transactions' };
export const transactionsFile = file(TRANSACTIONS_NAME, transactionColumns('customers'));
export const staffTransactionsFile = file(TRANSACTIONS_NAME, transactionColumns('staff'));
export const entriesFile = file({ 'pt-BR': 'lancamentos', 'en-US': 'entries' }, ENTRIES);
const receivables = file({ 'pt-BR': 'recebiveis', 'en-US': 'receivables' }, RECEIVABLES);
export const receivablesFile = (request: FastifyRequest, today: Day, months: CurrencyMonth[]) =>
  receivables(request, today, [months]);
