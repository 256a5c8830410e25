import type { DocumentFrame, Party } from './document-parts.js';
import type { BoletoPayment, PixPayment } from './invoice-document.js';

/** What the document of a boleto shows that somebody had made to pay invoices. */
export interface BoletoDocument extends DocumentFrame {
  billTo: Party;
  /** Code of ISO 4217. */
  currency: string;
  boleto: BoletoPayment;
  /** The PIX code that pays the same, where the boleto has one. */
  pix?: PixPayment;
  /** What it asks for of each invoice, in minor units: of what was owed, and for lateness. */
  shares: { number: string; title: string; principal: bigint; charges: bigint }[];
}
