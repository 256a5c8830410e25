import type { Locale } from '@balcao/contracts';
import { dayAt } from '@balcao/money';
import type { BoletoDocument } from '../documents/boleto-document.js';
import type { Issuer, Party } from '../persistence/billing.entities.js';
import type { DocumentCode } from '../persistence/document-codes.js';
import { gatewayBoleto, gatewayPix } from './code-papers.js';
import { frameOf, paperOf, type Paper, type PaperPortal } from './paper.js';

/** What a boleto's document says of a payment, whose module knows it. */
export interface PrintedBoleto extends Pick<BoletoDocument, 'currency' | 'shares'> {
  paymentId: string;
  billingAccountId: string;
  code: Pick<
    DocumentCode,
    | 'amount'
    | 'pixCode'
    | 'boletoLine'
    | 'barcode'
    | 'dueOn'
    | 'finePercent'
    | 'interestPercent'
    | 'expiresAt'
    | 'isTest'
  >;
  createdAt: Date;
}

/** What the document of a boleto shows; undefined of what is no whole boleto. */
export function boletoPaper(
  { code: known, currency, shares, createdAt }: PrintedBoleto,
  parties: { issuer: Issuer | null; billTo: Party },
  { portal, timeZone }: { portal: PaperPortal | undefined; timeZone: string },
  locale: Locale,
): Paper<BoletoDocument> | undefined {
  const frame = frameOf(locale, portal, parties);
  const code: DocumentCode = { ...known, method: 'boleto', isPayable: true, isOnItsWay: false, isRefused: false };
  const [first, ...others] = shares.map(({ number }) => number);
  const number = others.length > 0 ? `${first} + ${others.length}` : first!;
  const boleto = gatewayBoleto([code], { ...frame, number, issuedOn: dayAt(createdAt, timeZone) }, timeZone);
  if (!boleto) return undefined;
  const pix = gatewayPix([code], timeZone);
  return paperOf({ ...frame, currency, shares, boleto, ...(pix && { pix }) }, portal, `boleto-${number}`);
}
