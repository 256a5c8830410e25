import { normalizeTaxId } from '@balcao/brazil';
import { folded, isCleanLine, isVisibleText, textLength, type FieldErrorCode } from '@balcao/contracts';
import {
  PERCENT_DECIMALS,
  QUANTITY_DECIMALS,
  isDay,
  isKeepableDay,
  plainDecimal,
  readAmount,
  readPercent,
  readQuantity,
  type AmountProblem,
  type Day,
  type NumberLocale,
  type PercentProblem,
  type QuantityProblem,
} from '@balcao/money';
import type { ImportColumn, TableRow } from '@balcao/module-directory';
import type { DepositMethod } from '../persistence/billing.entities.js';

/** Columns of a file of invoices, in Portuguese and English. */
export const INVOICE_COLUMNS = {
  number: { names: ['numero', 'number', 'fatura', 'invoice', 'numero da fatura', 'invoice number'], required: true },
  customer: {
    names: [
      'cliente',
      'customer',
      'cnpj cpf',
      'cpf cnpj',
      'cnpj',
      'cpf',
      'documento',
      'tax id',
      'codigo',
      'external id',
    ],
    required: true,
  },
  title: { names: ['titulo', 'title', 'assunto', 'subject'] },
  issuedOn: { names: ['emissao', 'issued on', 'data de emissao', 'emitida em', 'issue date', 'date'], required: true },
  dueOn: { names: ['vencimento', 'due on', 'data de vencimento', 'vence em', 'due date'], required: true },
  description: { names: ['descricao', 'description', 'item', 'servico', 'service'], required: true },
  quantity: { names: ['quantidade', 'quantity', 'qtd', 'qtde', 'qty'] },
  unitPrice: {
    names: ['valor unitario', 'unit price', 'preco unitario', 'preco', 'valor', 'price', 'amount'],
    required: true,
  },
  discount: { names: ['desconto', 'discount'] },
  paidOn: { names: ['pago em', 'paid on', 'data de pagamento', 'data do pagamento', 'payment date'] },
  paidAmount: { names: ['valor pago', 'paid amount', 'pago', 'amount paid'] },
  method: { names: ['forma de pagamento', 'payment method', 'meio de pagamento', 'method'] },
} as const satisfies Record<string, ImportColumn>;
export type InvoiceColumn = keyof typeof INVOICE_COLUMNS;

/** How a file writes its numbers, and in which currency its amounts are. */
export interface InvoiceImportOptions {
  locale: NumberLocale;
  currency: string;
}

/** A line of an invoice as a row says it. Amounts in minor units. */
export interface ImportedLine {
  description: string;
  quantity: string;
  unitPrice: bigint;
  discount: { percent: string; amount?: undefined } | { amount: bigint; percent?: undefined } | null;
}

/** A payment that was received elsewhere, for the whole invoice. */
export interface ImportedPayment {
  paidOn: Day;
  amount: bigint;
  method: DepositMethod;
}

/** What a row says, besides its line, of the invoice that it is of. What several rows say, they say alike. */
export interface InvoiceHead {
  number: string;
  /** Tax id or external id, as it stands there. */
  customer: string;
  title: string | null;
  issuedOn: Day;
  dueOn: Day;
  payment: ImportedPayment | null;
}

export interface RowProblem {
  code: FieldErrorCode;
  column: InvoiceColumn;
}

/** A row as it was read: whole, or with the first thing that is wrong with it. */
export type InvoiceRow = { head: InvoiceHead; line: ImportedLine } | RowProblem;

/** What is wrong, for whoever leaves the function by it. */
class Wrong extends Error {
  constructor(
    readonly column: InvoiceColumn,
    readonly code: FieldErrorCode,
  ) {
    super(code);
  }
}

/** Reads one row. Nothing is guessed: what is not written as the file is said to write it is refused. */
export function readInvoiceRow(row: Pick<TableRow<InvoiceColumn>, 'cell'>, options: InvoiceImportOptions): InvoiceRow {
  try {
    return whole(row, options);
  } catch (error) {
    if (error instanceof Wrong) return { code: error.code, column: error.column };
    throw error;
  }
}

function whole({ cell }: Pick<TableRow<InvoiceColumn>, 'cell'>, { locale, currency }: InvoiceImportOptions) {
  const text = (column: InvoiceColumn, max: number): string => {
    const written = cell(column);
    if (!isVisibleText(written)) throw new Wrong(column, 'required');
    if (!isCleanLine(written)) throw new Wrong(column, 'isCleanText');
    if (textLength(written) > max) throw new Wrong(column, 'maxLength');
    return written.normalize('NFC');
  };
  const day = (column: InvoiceColumn): Day => {
    if (!cell(column)) throw new Wrong(column, 'required');
    const read = readDay(cell(column));
    if (!read) throw new Wrong(column, 'isWrittenDay');
    if (!isKeepableDay(read)) throw new Wrong(column, 'dayFar');
    return read;
  };
  const amount = (column: InvoiceColumn): bigint => {
    const read = readAmount(cell(column), locale, currency);
    if (typeof read !== 'bigint') throw new Wrong(column, AMOUNT_PROBLEMS[read]);
    if (read < 0n) throw new Wrong(column, 'amountNegative');
    return read;
  };
  const number = text('number', LONGEST_NUMBER);
  const customer = text('customer', LONGEST_CUSTOMER);
  const title = cell('title') ? text('title', LONGEST_TITLE) : null;
  const [issuedOn, dueOn] = [day('issuedOn'), day('dueOn')];
  if (dueOn < issuedOn) throw new Wrong('dueOn', 'dueBeforeIssue');
  const description = text('description', LONGEST_TITLE);
  const quantity = cell('quantity') ? readQuantity(cell('quantity'), locale) : 10n ** BigInt(QUANTITY_DECIMALS);
  if (typeof quantity !== 'bigint') throw new Wrong('quantity', AMOUNT_PROBLEMS[quantity]);
  const line: ImportedLine = {
    description,
    quantity: plainDecimal(quantity, QUANTITY_DECIMALS),
    unitPrice: amount('unitPrice'),
    discount: null,
  };
  const off = cell('discount');
  if (off.includes('%')) {
    const percent = readPercent(off, locale);
    if (typeof percent !== 'bigint') throw new Wrong('discount', AMOUNT_PROBLEMS[percent]);
    if (percent > 0n) line.discount = { percent: plainDecimal(percent, PERCENT_DECIMALS) };
  } else if (off) {
    const taken = amount('discount');
    if (taken > 0n) line.discount = { amount: taken };
  }
  const head: InvoiceHead = { number, customer, title, issuedOn, dueOn, payment: null };
  const paid = cell('paidAmount') ? amount('paidAmount') : 0n;
  if (paid > 0n !== Boolean(cell('paidOn'))) throw new Wrong(paid > 0n ? 'paidOn' : 'paidAmount', 'paidIncomplete');
  const method = methodIn(cell('method'));
  if (!method) throw new Wrong('method', 'isDepositMethod');
  if (paid > 0n) {
    const paidOn = day('paidOn');
    if (paidOn < issuedOn) throw new Wrong('paidOn', 'paidBeforeIssue');
    head.payment = { paidOn, amount: paid, method };
  }
  return { head, line };
}

const LONGEST_NUMBER = 40;
const LONGEST_CUSTOMER = 50;
const LONGEST_TITLE = 255;

const AMOUNT_PROBLEMS: Record<AmountProblem | QuantityProblem | PercentProblem, FieldErrorCode> = {
  empty: 'required',
  notANumber: 'amountNotANumber',
  misgrouped: 'amountMisgrouped',
  ambiguous: 'amountAmbiguous',
  tooManyDecimals: 'moneyTooManyDecimals',
  tooLarge: 'moneyTooLarge',
  otherCurrency: 'amountOtherCurrency',
  notPositive: 'moneyNotPositive',
  notAPercentage: 'moneyNotAPercentage',
};

/** A day as people here write it, 31/12/2026, also with points or hyphens, or as ISO 8601 does; undefined for what is none. */
export function readDay(text: string): Day | undefined {
  const [, day = '', month = '', year] = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text)?.toSpliced(2, 1) ?? [];
  // A time behind it is what spreadsheets and programs add.
  const iso = year
    ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    : text.replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/, '');
  return isDay(iso) ? iso : undefined;
}

const METHODS: Record<DepositMethod, RegExp> = {
  pix: /^pix$/,
  boleto: /^(boleto|bank slip)/,
  card: /(cartao|card|credito|debito)/,
  transfer: /(transfer|ted\b|doc\b|wire|deposito)/,
  cash: /(dinheiro|cash|especie)/,
  check: /(cheque|check)/,
  other: /^(outro|outra|other|outros|)$/,
};

/** How money came in, by what people call it; undefined for what nobody does. */
export function methodIn(text: string): DepositMethod | undefined {
  const words = folded(text.trim());
  return (Object.keys(METHODS) as DepositMethod[]).find((method) => METHODS[method].test(words));
}

/** A customer that is here, by what a file calls it. */
export interface NamedCustomer {
  id: string;
  name: string;
  taxId: string | null;
  externalId: string | null;
}

/** The customer with that tax id, masked or not, or external id; why it is none otherwise. */
export function customerBy(
  text: string,
  customers: { taxIds: ReadonlyMap<string, NamedCustomer>; externalIds: ReadonlyMap<string, NamedCustomer> },
): NamedCustomer | 'customerUnknown' | 'customerAmbiguous' {
  const byTaxId = taxIdsOf(text).flatMap((taxId) => customers.taxIds.get(taxId) ?? [])[0];
  const byExternalId = customers.externalIds.get(text);
  if (byTaxId && byExternalId && byTaxId.id !== byExternalId.id) return 'customerAmbiguous';
  return byTaxId ?? byExternalId ?? 'customerUnknown';
}

/** The tax ids that a text may be: a spreadsheet that took one for a number has lost the zeros before it. */
export function taxIdsOf(text: string): string[] {
  const taxId = normalizeTaxId(text);
  return /^\d{9,13}$/.test(taxId) ? [taxId, taxId.padStart(11, '0'), taxId.padStart(14, '0')] : [taxId];
}
