import { formatTaxId } from '@balcao/brazil';
import { parseDecimal, QUANTITY_DECIMALS, writeQuantity } from '@balcao/money';
import { currentLocale } from '@balcao/ui';
import type { DiscountFacts, OfferedLineFacts } from '@balcao/api-client';
import type { Invoice } from '../../data/invoices.js';
import { typedPercent, type Reckoning } from './draft.js';
import { lastDayOf } from './typed.js';

type Amount = number | bigint;

/** What of an invoice is printed, whether it was opened or is still being written. Amounts are in minor units. */
export interface Paper {
  currency: string;
  issuer: string;
  number: string | null;
  openedOn: string | null;
  title: string;
  dueOn: string | null;
  total: Amount | undefined;
  billTo: { name: string; taxId: string | null };
  purchaseOrder: string;
  lines: PaperLine[];
  gross: Amount;
  discounted: Amount;
  taxes: { name: string; percent: string; included: boolean; amount: Amount }[];
  note: string;
}

export interface PaperLine {
  description: string;
  detail: string;
  startsOn: string;
  /** The last day of the service. */
  endsOn: string;
  /** As people write it. */
  quantity: string;
  unitPrice: Amount;
  discount: { percent?: string; amount?: Amount } | undefined;
  net: Amount | undefined;
}

const quantityOf = (text: string) => writeQuantity(parseDecimal(text, QUANTITY_DECIMALS) ?? 0n, currentLocale());
const discountOf = (discount: DiscountFacts | null) =>
  discount ? { percent: discount.percent ?? undefined, amount: discount.amount?.amount } : undefined;

/** A line as the API answers it. */
export const paperLine = (
  line: Pick<
    OfferedLineFacts,
    'description' | 'detail' | 'startsOn' | 'endsOn' | 'quantity' | 'unitPrice' | 'discount' | 'net'
  >,
): PaperLine => ({
  description: line.description,
  detail: line.detail ?? '',
  startsOn: line.startsOn ?? '',
  endsOn: lastDayOf(line.endsOn),
  quantity: quantityOf(line.quantity),
  unitPrice: line.unitPrice.amount,
  discount: discountOf(line.discount),
  net: line.net.amount,
});

/** An invoice as the API answers it. */
export function paperOf(invoice: Invoice, organization: string): Paper {
  const { billTo, billingAccount, issuer } = invoice;
  return {
    currency: invoice.total.currency,
    issuer: issuer?.legalName ?? issuer?.name ?? organization,
    number: invoice.number,
    openedOn: invoice.openedOn,
    title: invoice.title,
    dueOn: invoice.dueOn,
    total: invoice.total.amount,
    billTo: { name: billTo?.legalName ?? billTo?.name ?? billingAccount.name, taxId: billTo?.taxId ?? null },
    purchaseOrder: invoice.purchaseOrder ?? '',
    lines: invoice.lines.map(paperLine),
    gross: invoice.gross.amount,
    discounted: invoice.discounted.amount,
    taxes: invoice.taxes.map(({ amount, ...tax }) => ({ ...tax, amount: amount.amount })),
    note: invoice.note ?? '',
  };
}

/** A draft as it is being written; what cannot be read yet has no amount. */
export function paperOfDraft(
  { rows, sent, totals, gross, taxes }: Reckoning,
  facts: Pick<Paper, 'currency' | 'issuer' | 'title' | 'dueOn' | 'billTo' | 'purchaseOrder' | 'note'>,
): Paper {
  const nets = rows.flatMap(({ net }) => net ?? []);
  return {
    ...facts,
    number: null,
    openedOn: null,
    total: totals?.total,
    // What was read and does not reckon is told beside its field; here stands what does.
    lines: nets.length === sent.length ? sent.map((line, place) => draftLine(line, nets[place])) : [],
    gross,
    discounted: totals ? gross - totals.subtotal + totals.discount : 0n,
    taxes,
  };
}

/** A line as it is being written. */
export const draftLine = (line: Reckoning['sent'][number], net: bigint | undefined): PaperLine => ({
  description: line.description,
  detail: line.detail ?? '',
  startsOn: line.startsOn ?? '',
  endsOn: lastDayOf(line.endsOn ?? null),
  quantity: quantityOf(line.quantity),
  unitPrice: line.unitPrice,
  discount: line.discount ?? undefined,
  net,
});

/** A percentage as people write it. */
export const percentText = (percent: string): string => `${typedPercent(percent, currentLocale())}%`;

/** Whether a quantity as people write it is one: then nobody needs to be told. */
export const isOne = (quantity: string): boolean => quantity === '1';

export const taxIdText = (taxId: string | null): string => (taxId ? formatTaxId(taxId) : '');
