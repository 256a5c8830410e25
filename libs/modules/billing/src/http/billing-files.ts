import type { FastifyRequest } from 'fastify';
import type { Locale } from '@balcao/contracts';
import { minorDigits, printDecimal, type Day } from '@balcao/money';
import { csvFile, type CsvCell } from '@balcao/platform-http';
import { statusOf, type InvoiceStatus } from '../domain/invoice.js';
import type { DepositMethod, EntryKind } from '../persistence/billing.entities.js';
import type { InvoiceListRow, StaffInvoiceListRow } from '../persistence/invoice.rows.js';
import type { TransactionRow } from '../persistence/statement.js';

type Words<Key extends string> = Record<Locale, Record<Key, string>>;

const STATUSES: Words<InvoiceStatus> = {
  'pt-BR': {
    draft: 'rascunho',
    open: 'em aberto',
    partially_paid: 'paga em parte',
    paid: 'paga',
    void: 'anulada',
    refunded: 'devolvida',
    overdue: 'vencida',
  },
  'en-US': {
    draft: 'draft',
    open: 'open',
    partially_paid: 'partially paid',
    paid: 'paid',
    void: 'void',
    refunded: 'refunded',
    overdue: 'overdue',
  },
};

const KINDS: Words<EntryKind> = {
  'pt-BR': {
    invoice: 'fatura',
    late_charge: 'multa e juros',
    refund: 'devolução',
    chargeback: 'contestação',
    adjustment_debit: 'ajuste a débito',
    payment: 'pagamento',
    deposit: 'pagamento recebido',
    credit_note: 'nota de crédito',
    void: 'anulação',
    write_off: 'baixa',
    adjustment_credit: 'ajuste a crédito',
  },
  'en-US': {
    invoice: 'invoice',
    late_charge: 'late charge',
    refund: 'refund',
    chargeback: 'chargeback',
    adjustment_debit: 'debit adjustment',
    payment: 'payment',
    deposit: 'payment received',
    credit_note: 'credit note',
    void: 'void',
    write_off: 'write-off',
    adjustment_credit: 'credit adjustment',
  },
};

const METHODS: Words<DepositMethod> = {
  'pt-BR': {
    transfer: 'transferência',
    pix: 'PIX',
    boleto: 'boleto',
    card: 'cartão',
    cash: 'dinheiro',
    check: 'cheque',
    other: 'outro',
  },
  'en-US': {
    transfer: 'transfer',
    pix: 'PIX',
    boleto: 'boleto',
    card: 'card',
    cash: 'cash',
    check: 'check',
    other: 'other',
  },
};

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
  column('Situação', 'Status', (row, { locale, today }) => STATUSES[locale][statusOf(row, today)]),
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

const TRANSACTIONS: FileColumn<TransactionRow>[] = [
  column('Data', 'Date', ({ postedOn }) => postedOn),
  column('Lançamento', 'Entry', ({ kind }, { locale }) => KINDS[locale][kind]),
  column('Fatura', 'Invoice', ({ invoiceNumber }) => invoiceNumber),
  column('Título', 'Title', ({ invoiceTitle }) => invoiceTitle),
  column('Número', 'Number', ({ number }) => number),
  column('Moeda', 'Currency', ({ currency }) => currency),
  column('Débito', 'Debit', (row, { locale }) => onSide(row, 'debit', locale)),
  column('Crédito', 'Credit', (row, { locale }) => onSide(row, 'credit', locale)),
  column('Forma', 'Method', ({ method }, { locale }) => method && METHODS[locale][method as DepositMethod]),
  column('Referência', 'Reference', ({ reference }) => reference),
  column('Motivo', 'Reason', ({ reason }) => reason),
];

const file =
  <Row>(names: Record<Locale, string>, columns: readonly FileColumn<Row>[]) =>
  (request: FastifyRequest, today: Day, batches: AsyncIterable<Row[]>) => {
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
export const transactionsFile = file({ 'pt-BR': 'extrato', 'en-US': 'transactions' }, TRANSACTIONS);
