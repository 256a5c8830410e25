import { setImmediate } from 'node:timers/promises';
import type { CheckedRow, ImportTable } from '@balcao/module-directory';
import type { FieldErrorCode } from '@balcao/contracts';
import { invoiceTotals, readAmount, type Day, type InvoiceProblemCode } from '@balcao/money';
import {
  customerBy,
  readInvoiceRow,
  type ImportedLine,
  type ImportedPayment,
  type InvoiceColumn,
  type InvoiceHead,
  type InvoiceImportOptions,
  type InvoiceRow,
  type NamedCustomer,
} from './invoice-rows.js';

/** What the worker writes of an invoice. Amounts in minor units, as text: JSON keeps no bigint. */
export interface InvoiceRecord {
  number: string;
  customer: string;
  title: string;
  issuedOn: Day;
  dueOn: Day;
  payment: (Omit<ImportedPayment, 'amount'> & { amount: string }) | null;
  lines: {
    description: string;
    quantity: string;
    unitPrice: string;
    discount: { percent?: string; amount?: string } | null;
  }[];
}

/** What is told of the whole file. Amounts in minor units, as text. */
export interface InvoiceFileSummary {
  /** Of what is going to be written. */
  invoices: number;
  total: string;
  paid: string;
  /** The longest amount of the file, and what it was read as; null where none can be read. */
  sample: { text: string; amount: string | null } | null;
}

/** What is here when a file is checked. */
export interface AlreadyHere {
  taxIds: ReadonlyMap<string, NamedCustomer>;
  externalIds: ReadonlyMap<string, NamedCustomer>;
  numbers: ReadonlySet<string>;
  today: Day;
}

/** Rows, or invoices, that are judged in one turn. */
const ROWS_AT_ONCE = 100;

interface Item {
  places: number[];
  rows: InvoiceRow[];
}

/**
 * Reads the rows, gathers those of one invoice, and says of each what becomes of it. Nothing of an invoice is written unless all
 * is. Others have their turn in between.
 */
export async function planInvoices(
  table: ImportTable<InvoiceColumn>,
  options: InvoiceImportOptions,
  here: AlreadyHere,
): Promise<{ rows: CheckedRow[]; summary: InvoiceFileSummary }> {
  const items = new Map<string, Item>();
  for (const [place, row] of table.rows.entries()) {
    if (place % ROWS_AT_ONCE === 0) await setImmediate();
    // A row without a number is of no other's invoice.
    const key = row.cell('number') || `row ${place}\n`;
    const item = items.get(key) ?? { places: [], rows: [] };
    item.places.push(place);
    item.rows.push(readInvoiceRow(row, options));
    items.set(key, item);
  }
  const rows: CheckedRow[] = [];
  const sums = { invoices: 0, total: 0n, paid: 0n };
  for (const [item, { places, rows: read }] of [...items.values()].entries()) {
    if (item % ROWS_AT_ONCE === 0) await setImmediate();
    const judged = judge(read, options, here);
    if ('record' in judged) {
      sums.invoices += 1;
      sums.total += judged.total;
      sums.paid += BigInt(judged.record.payment?.amount ?? 0);
    }
    places.forEach((place, index) => {
      const { line, cells, cell } = table.rows[place]!;
      const facts = { line, cells, item, title: cell('number'), detail: judged.customer ?? cell('customer') };
      if ('record' in judged)
        rows[place] = { ...facts, status: 'waiting', plan: 'create', ...(index === 0 && { record: judged.record }) };
      else if ('known' in judged) rows[place] = { ...facts, status: 'known' };
      else {
        const problem = judged.problems.get(index) ?? { code: 'rowBeside' as const };
        const heading = problem.column && table.heading(problem.column);
        rows[place] = { ...facts, status: 'refused', problem: problem.code, heading };
      }
    });
  }
  return {
    rows,
    summary: {
      invoices: sums.invoices,
      total: `${sums.total}`,
      paid: `${sums.paid}`,
      sample: sampleOf(table, options),
    },
  };
}

type Problems = ReadonlyMap<number, { code: FieldErrorCode; column?: InvoiceColumn }>;
type Judgement = { customer?: string } & (
  { record: InvoiceRecord; total: bigint } | { known: true } | { problems: Problems }
);

function judge(rows: readonly InvoiceRow[], options: InvoiceImportOptions, here: AlreadyHere): Judgement {
  const problems = new Map<number, { code: FieldErrorCode; column?: InvoiceColumn }>();
  rows.forEach((row, place) => 'code' in row && problems.set(place, row));
  const whole = rows.flatMap((row, place) => ('head' in row ? [{ ...row, place }] : []));
  const [first] = whole;
  if (!first) return { problems };
  const { head } = first;
  for (const { head: other, place } of whole) {
    const column = differing(head, other);
    if (column) problems.set(place, { code: 'rowsDiffer', column });
  }
  const customer = customerBy(head.customer, here);
  const told = typeof customer === 'string' ? {} : { customer: customer.name };
  const refuse = (code: FieldErrorCode, column?: InvoiceColumn, place = first.place) => {
    if (!problems.has(place)) problems.set(place, { code, column });
  };
  // What was imported before is no mistake, whatever else stands there.
  if (here.numbers.has(head.number)) return { ...told, known: true };
  if (typeof customer === 'string') refuse(customer, 'customer');
  if (head.issuedOn > here.today) refuse('notAfterToday', 'issuedOn');
  if (head.payment && head.payment.paidOn > here.today) refuse('notAfterToday', 'paidOn');
  const lines = whole.map(({ line }) => line);
  const { totals, problems: reckoned = [] } = invoiceTotals({
    currency: options.currency,
    lines: lines.map(({ discount, ...line }) => ({ ...line, discount: discount ?? undefined })),
  });
  for (const { code, path, line } of reckoned)
    refuse(RECKONED[code], path.includes('discount') ? 'discount' : 'unitPrice', whole[line ?? 0]!.place);
  if (totals && head.payment && head.payment.amount > totals.total) refuse('paidExceedsTotal', 'paidAmount');
  if (problems.size > 0 || !totals) return { ...told, problems };
  return { ...told, record: recordOf(head, lines), total: totals.total };
}

const RECKONED: Record<InvoiceProblemCode, FieldErrorCode> = {
  unknownCurrency: 'isCurrency',
  tooManyLines: 'csvManyLines',
  notADecimal: 'isDecimal',
  notPositive: 'moneyNotPositive',
  negative: 'amountNegative',
  notAPercentage: 'moneyNotAPercentage',
  exceedsPrice: 'moneyExceedsPrice',
  tooLarge: 'moneyTooLarge',
};

/** What two rows of one invoice do not say alike. */
function differing(one: InvoiceHead, other: InvoiceHead): InvoiceColumn | undefined {
  if (one.customer !== other.customer) return 'customer';
  if (one.title !== other.title) return 'title';
  if (one.issuedOn !== other.issuedOn) return 'issuedOn';
  if (one.dueOn !== other.dueOn) return 'dueOn';
  if (one.payment?.amount !== other.payment?.amount) return 'paidAmount';
  if (one.payment?.paidOn !== other.payment?.paidOn) return 'paidOn';
  return one.payment?.method === other.payment?.method ? undefined : 'method';
}

const recordOf = ({ payment, title, ...head }: InvoiceHead, lines: readonly ImportedLine[]): InvoiceRecord => ({
  ...head,
  title: title ?? lines[0]!.description,
  payment: payment && { ...payment, amount: `${payment.amount}` },
  lines: lines.map(({ unitPrice, discount, ...line }) => ({
    ...line,
    unitPrice: `${unitPrice}`,
    discount:
      discount && (discount.amount === undefined ? { percent: discount.percent } : { amount: `${discount.amount}` }),
  })),
});

/** The amount that shows best how numbers are read. */
function sampleOf(
  table: ImportTable<InvoiceColumn>,
  { locale, currency }: InvoiceImportOptions,
): InvoiceFileSummary['sample'] {
  const longest = table.rows.reduce((best, { cell }) => {
    const text = cell('unitPrice');
    return text.length > best.length && text.length <= 40 ? text : best;
  }, '');
  if (!longest) return null;
  const read = readAmount(longest, locale, currency);
  return { text: longest, amount: typeof read === 'bigint' ? `${read}` : null };
}
