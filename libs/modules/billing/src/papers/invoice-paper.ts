import { pixCode } from '@balcao/brazil';
import type { Locale } from '@balcao/contracts';
import { featureSettings, portalOrigin } from '@balcao/module-directory';
import { addDays, lateCharges, type Day } from '@balcao/money';
import { formatDay, formatDecimal } from '../documents/formats.js';
import { printedCheckCode } from '../domain/check-code.js';
import { pixReference } from '../domain/pix-reference.js';
import type {
  InvoiceDocument,
  InvoiceDocumentLine,
  LateTotal,
  NamedAmount,
  Settlement,
} from '../documents/invoice-document.js';
import type { InvoiceDetailRow, InvoiceLineRow } from '../persistence/invoice.rows.js';
import type { DocumentCode } from '../persistence/document-codes.js';
import { gatewayBoleto, gatewayPix, isOwnKeyMeant, payableCodes } from './code-papers.js';
import { frameOf, paperOf, type Paper, type PaperPortal } from './paper.js';

/** What a late payment costs, and how a tax and a fiscal note are called. */
const WORDS = {
  'pt-BR': {
    fine: (percent: string) => `Multa de ${percent}%`,
    interest: (percent: string, days: number) => `Juros de ${percent}% ao mês, ${days} ${days === 1 ? 'dia' : 'dias'}`,
    late: (fine: string, interest: string) =>
      `Depois do vencimento há ${[fine && `multa de ${fine}%`, interest && `juros de ${interest}% ao mês`].filter(Boolean).join(' e ')}.`,
    tax: (name: string, percent: string) => `${name} de ${percent}%`,
    period: (from: string, to: string) => `${from} a ${to}`,
  },
  'en-US': {
    fine: (percent: string) => `Fine of ${percent}%`,
    interest: (percent: string, days: number) =>
      `Interest of ${percent}% a month, ${days} ${days === 1 ? 'day' : 'days'}`,
    late: (fine: string, interest: string) =>
      `After the due date there is ${[fine && `a fine of ${fine}%`, interest && `interest of ${interest}% a month`].filter(Boolean).join(' and ')}.`,
    tax: (name: string, percent: string) => `${name} of ${percent}%`,
    period: (from: string, to: string) => `${from} to ${to}`,
  },
} satisfies Record<Locale, object>;

/** What the document of an opened invoice shows. @throws Error for a draft, which has none */
export function invoicePaper(
  invoice: InvoiceDetailRow,
  {
    portal,
    pixKey,
    timeZone,
    today,
    codes,
    publicUrl,
  }: {
    portal: PaperPortal | undefined;
    pixKey: string | null;
    timeZone: string;
    today: Day;
    codes: readonly DocumentCode[];
    publicUrl: string;
  },
  locale: Locale,
): Paper<InvoiceDocument> {
  const { number, state, issuer, billTo, openedOn, dueOn, payableUntil, currency, checkCode } = invoice;
  if (state === 'draft' || !number || !billTo || !openedOn || !dueOn || !payableUntil || !checkCode)
    throw new Error('A draft has no document');
  const features = featureSettings.of(portal?.settings ?? {});
  const home = portal && features.billing ? `${portalOrigin(portal, publicUrl)}/portal` : undefined;
  const payable = payableCodes(codes, invoice.owed);
  const lateTotal = lateTotalOf(invoice, today, locale);
  const ownPix = isOwnKeyMeant(codes) ? pixOf(invoice, pixKey, lateTotal?.total ?? invoice.owed) : undefined;
  const pix =
    gatewayPix(payable, timeZone) ?? (ownPix && { code: ownPix, ...(lateTotal && { late: 'of_day' as const }) });
  const frame = frameOf(locale, portal, { issuer, billTo });
  const boleto = gatewayBoleto(payable, { ...frame, number, issuedOn: openedOn }, timeZone);
  const late = lateTerms(invoice, locale);
  const document: InvoiceDocument = {
    ...frame,
    state,
    number,
    title: invoice.title,
    issuedOn: openedOn,
    dueOn,
    ...(payableUntil !== dueOn && { payableUntil }),
    ...(invoice.purchaseOrder && { purchaseOrder: invoice.purchaseOrder }),
    currency,
    lines: invoice.lines.map((line) => printedLine(line, locale)),
    totals: {
      subtotal: invoice.subtotal,
      discount: invoice.discount,
      taxesAdded: taxesOf(invoice.lines, false, locale),
      taxesIncluded: taxesOf(invoice.lines, true, locale),
      total: invoice.total,
    },
    settlement: settlementOf(invoice),
    ...(lateTotal && { late: lateTotal }),
    ...(late && { lateTerms: late }),
    ...(invoice.note && { note: invoice.note }),
    ...(home && { payUrl: `${home}/invoices/${invoice.id}` }),
    ...(home && features.billCheck && { check: { code: printedCheckCode(checkCode), url: `${home}/check` } }),
    ...(pix && { pix }),
    ...(boleto && { boleto }),
    fiscalNotes: invoice.fiscalNotes
      .filter(({ status }) => status === 'authorized')
      .map((note) => ({
        number: `NFS-e ${note.number}`,
        ...(note.accessKey && { key: note.accessKey }),
        ...(note.url && { url: note.url }),
      })),
  };
  return paperOf(document, portal, number);
}

/** A line as papers print it. */
export type PrintedLine = Pick<
  InvoiceLineRow,
  'description' | 'detail' | 'startsOn' | 'endsOn' | 'quantity' | 'unitPrice' | 'gross' | 'discount' | 'discountPercent'
>;

export function printedLine(line: PrintedLine, locale: Locale): InvoiceDocumentLine {
  const { startsOn, endsOn, detail, discount } = line;
  const period =
    startsOn && endsOn
      ? WORDS[locale].period(formatDay(startsOn, locale), formatDay(addDays(endsOn, -1), locale))
      : startsOn && formatDay(startsOn, locale);
  const more = [period, detail].filter(Boolean).join(' · ');
  return {
    description: line.description,
    ...(more && { detail: more }),
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    ...(discount > 0n && {
      discount: { amount: discount, ...(line.discountPercent && { percent: line.discountPercent }) },
    }),
    net: line.gross - discount,
  };
}

/** What a line's tax is summed up by. */
export type TaxedLine = Pick<InvoiceLineRow, 'taxName' | 'taxPercent' | 'taxIsIncluded' | 'tax'>;

/** Taxes on top of prices, or within them, each with its rate. */
export function taxesOf(lines: readonly TaxedLine[], included: boolean, locale: Locale): NamedAmount[] {
  const sums = new Map<string, bigint>();
  for (const { taxName, taxPercent, taxIsIncluded, tax } of lines) {
    if (!taxName || !taxPercent || taxIsIncluded !== included || tax === 0n) continue;
    const name = WORDS[locale].tax(taxName, formatDecimal(taxPercent, locale));
    sums.set(name, (sums.get(name) ?? 0n) + tax);
  }
  return [...sums].map(([name, amount]) => ({ name, amount }));
}

function settlementOf({ settlements, state, owed, refunded }: InvoiceDetailRow): Settlement {
  // What a void invoice is covered by says nothing to whom it is for.
  const counted = state === 'void' ? [] : settlements;
  const isMoney = ({ kind }: (typeof settlements)[number]) => kind === 'payment' || kind === 'deposit';
  const sum = (of: typeof settlements) => of.reduce((all, { amount }) => all + amount, 0n);
  const money = counted.filter(isMoney);
  const late = money.reduce((all, { lateCharges }) => all + lateCharges, 0n);
  const paidOn = money
    .map(({ postedOn }) => postedOn)
    .sort()
    .at(-1);
  return {
    paid: sum(money) + late,
    late,
    credited: sum(counted.filter((each) => !isMoney(each) && each.kind !== 'write_off')),
    writtenOff: sum(counted.filter(({ kind }) => kind === 'write_off')),
    refunded,
    left: owed,
    ...(paidOn && { paidOn }),
  };
}

function lateTerms({ finePercent, interestPercent }: InvoiceDetailRow, locale: Locale): string | undefined {
  const [fine, interest] = [finePercent, interestPercent].map((percent) =>
    Number(percent) > 0 ? formatDecimal(percent, locale) : '',
  ) as [string, string];
  return fine || interest ? WORDS[locale].late(fine, interest) : undefined;
}

/** What lateness adds until that day, as pages and payments reckon it; undefined where it adds nothing. */
function lateTotalOf(invoice: InvoiceDetailRow, on: Day, locale: Locale): LateTotal | undefined {
  const { owed, dueOn, payableUntil, finePercent, interestPercent } = invoice;
  if (owed === 0n) return undefined;
  const terms = { owed, dueOn: dueOn!, payableUntil: payableUntil!, finePercent };
  const { fine, interest, days, total } = lateCharges({
    ...terms,
    paidOn: on,
    interestPercentPerMonth: interestPercent,
  });
  if (total === owed) return undefined;
  const words = WORDS[locale];
  const charges = [
    { name: words.fine(formatDecimal(finePercent, locale)), amount: fine },
    { name: words.interest(formatDecimal(interestPercent, locale), days), amount: interest },
  ];
  return { on, charges: charges.filter(({ amount }) => amount > 0n), total };
}

/** By which what is left is paid without a gateway; none where its parts do not make one. */
function pixOf(
  { issuer, currency, number, checkCode }: InvoiceDetailRow,
  key: string | null,
  amount: bigint,
): string | undefined {
  if (!key || currency !== 'BRL' || amount <= 0n || !issuer?.address?.city) return undefined;
  try {
    const { legalName, name, address } = issuer;
    const txid = pixReference(number!, checkCode!);
    return pixCode({ key, name: legalName ?? name, city: address.city!, amount, txid });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
