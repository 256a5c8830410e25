import type { Day, DocumentFrame, Party } from './document-parts.js';

/** What the document of a receipt shows: what somebody paid, and what it has paid. */
export interface ReceiptDocument extends DocumentFrame {
  billTo: Party;
  method: 'pix' | 'boleto' | 'card';
  receivedOn: Day;
  /** What the payment is called at the service that it came through. */
  reference: string;
  /** Code of ISO 4217. */
  currency: string;
  /** In minor units, more than nothing; so are all amounts here. */
  received: bigint;
  /** What each invoice got of it: of what was owed, and for lateness. */
  shares: { number: string; title: string; principal: bigint; charges: bigint }[];
  /** What is left of it as credit, and what of it was given back. */
  credit: bigint;
  refunded: bigint;
  /** Whether no money moved, as the payment service is only pretended. */
  isTest: boolean;
}
