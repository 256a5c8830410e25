import { bankCode, readBoleto } from '@balcao/brazil';
import { dayAt } from '@balcao/money';
import { formatDay, formatDecimal } from '../documents/formats.js';
import type { BoletoPayment, InvoiceDocument, PixPayment } from '../documents/invoice-document.js';
import type { DocumentCode } from '../persistence/document-codes.js';

/** No bank has this number: slips of the pretended payment service are of it. */
const NO_BANK = '000';

/** Codes of gateways by which the whole of what is owed can be paid. */
export const payableCodes = (codes: readonly DocumentCode[], owed: bigint): DocumentCode[] =>
  codes.filter(({ isPayable, amount }) => isPayable && amount === owed);

/** The PIX code of a gateway: one of its own, or that of the boleto. */
export function gatewayPix(codes: readonly DocumentCode[], timeZone: string): PixPayment | undefined {
  const code = codes.find(({ method }) => method === 'pix') ?? codes.find(({ pixCode }) => pixCode !== null);
  if (!code?.pixCode) return undefined;
  const grows = Number(code.finePercent) > 0 || Number(code.interestPercent) > 0;
  return { code: code.pixCode, validUntil: lastDayOf(code, timeZone), ...(grows && { late: 'grows' }) };
}

/** Whether the organization's own key may stand on a document: none of its codes has ever been a gateway's. */
export const isOwnKeyMeant = (codes: readonly DocumentCode[]): boolean =>
  codes.every(({ method, isRefused }) => method !== 'pix' || isRefused);

/** The slip of a gateway. What only the bank knows of it, its own number and the account, stands in its bar code alone. */
export function gatewayBoleto(
  codes: readonly DocumentCode[],
  document: Pick<InvoiceDocument, 'issuer' | 'billTo' | 'number' | 'issuedOn'>,
  timeZone: string,
): BoletoPayment | undefined {
  const code = codes.find(({ method, barcode }) => method === 'boleto' && barcode !== null);
  const { issuedOn, number } = document;
  const read = code && readBoleto(code.barcode!, { issuedOn });
  if (!code?.boletoLine || !code.dueOn || !read || 'problem' in read) return undefined;
  const until = formatDay(lastDayOf(code, timeZone), 'pt-BR');
  return {
    line: code.boletoLine,
    barcode: read.barcode,
    bankCode: bankCode(read.bank),
    bankName: read.bank === NO_BANK ? 'Banco de teste' : `Banco ${read.bank}`,
    beneficiary: document.issuer,
    payer: document.billTo,
    documentNumber: number,
    issuedOn,
    dueOn: code.dueOn,
    amount: code.amount,
    paymentPlace: `Pagável em qualquer banco até ${until}`,
    instructions: [...lateInstructions(code), ...(code.isTest ? ['Boleto de teste: nenhum banco o recebe.'] : [])],
  };
}

function lateInstructions({ finePercent, interestPercent }: DocumentCode): string[] {
  const said = [
    Number(finePercent) > 0 && `multa de ${formatDecimal(finePercent, 'pt-BR')}%`,
    Number(interestPercent) > 0 && `juros de ${formatDecimal(interestPercent, 'pt-BR')}% ao mês`,
  ].filter(Boolean);
  return said.length > 0 ? [`Depois do vencimento, cobrar ${said.join(' e ')}.`] : [];
}

const lastDayOf = ({ expiresAt }: DocumentCode, timeZone: string) => dayAt(new Date(expiresAt.getTime() - 1), timeZone);
