import type { Day, DocumentFrame, Party } from './document-parts.js';
import type { InvoiceDocumentLine, InvoiceDocumentTotals } from './invoice-document.js';

/** What the document of a proposal's version shows. Amounts are minor units of `currency`. */
export interface ProposalDocument extends DocumentFrame {
  billTo: Party;
  number: string;
  /** What staff call it elsewhere. */
  reference?: string;
  /** Counted from 1. */
  version: number;
  /** What has become of this version. */
  state: 'sent' | 'accepted' | 'rejected' | 'withdrawn' | 'expired' | 'superseded';
  title: string;
  issuedOn: Day;
  validUntil: Day;
  /** Code of ISO 4217. */
  currency: string;
  introduction?: string;
  lines: InvoiceDocumentLine[];
  totals: InvoiceDocumentTotals;
  terms?: string;
  /** What acceptance brings, in words. */
  outcome: string;
  /** Attachments by the names under which they are kept, with the SHA-256 of their bytes. */
  files: { name: string; digest: string }[];
  /** The exact text that is proposed and signed, which goes along as a file, and its SHA-256. */
  source: string;
  digest: string;
  /** Of an accepted one. */
  evidence?: ProposalEvidence;
}

/** How it is known who accepted what, and when. */
export interface ProposalEvidence {
  name: string;
  role?: string;
  /** CPF with its mark, its outer digits left out. */
  taxId?: string;
  signature: 'typed' | 'drawn';
  /** Of a drawn one: strokes of points, x and y in turn, within 1000 by 400. */
  strokes?: readonly (readonly number[])[];
  /** The first day that they chose, where they had a choice. */
  startsOn?: Day;
  /** Whether they had signed in, or came by a link, with the address that the link was mailed to. */
  by: 'session' | 'link';
  email?: string;
  /** With its second, where the organization is, and the zone: `18/11/2026 10:52:07 (America/Sao_Paulo)`. */
  at: string;
  ip: string;
  userAgent: string;
  /** Where anybody asks whether a file is this document; absent where the portal shows no proposals. */
  checkUrl?: string;
}
