import type { Check, Day, DocumentFrame, Party } from './document-parts.js';

/** What a statement shows of an account. Amounts are minor units of `currency`; a balance above nothing is owed. */
export interface StatementDocument extends DocumentFrame {
  billTo: Party;
  issuedOn: Day;
  from: Day;
  /** The last day of the period. */
  until: Day;
  /** Code of ISO 4217. */
  currency: string;
  opening: bigint;
  entries: StatementEntry[];
  closing: bigint;
  ageing?: Ageing;
  check?: Check;
}

export interface StatementEntry {
  day: Day;
  description: string;
  detail?: string;
  /** One of both. */
  debit?: bigint;
  credit?: bigint;
  /** After this entry. */
  balance: bigint;
}

/** What is open, by how many days it is late. */
export interface Ageing {
  notDue: bigint;
  upTo30: bigint;
  upTo60: bigint;
  upTo90: bigint;
  over90: bigint;
}
