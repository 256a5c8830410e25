import type { Day } from './document-parts.js';

/** A field of a printed note, as it stands there. */
export interface DanfseField {
  label: string;
  value: string;
  /** Of four columns. */
  span: 1 | 2 | 4;
  /** Takes the lines that the rest of the page leaves. */
  isLong?: boolean;
  /** Its row is left out where there is no room for it. */
  mayGo?: boolean;
}

/** Fields below a title; where `says` is there, a sentence in their place. */
export interface DanfseBlock {
  title: string;
  rows: DanfseField[][];
  says?: string;
}

/** What the printed form (DANFSe) of a national fiscal note shows. It is in Portuguese in every language: authorities read it. */
export interface DanfseDocument {
  issuerName: string;
  /** As `#rrggbb`. */
  brandColour: string;
  /** PNG. */
  logo?: Uint8Array;
  key: string;
  number: string;
  issuedOn: Day;
  /** Where anybody can look the note up, by its key. */
  lookupUrl: string;
  status: 'authorized' | 'cancelled' | 'replaced';
  /** What else is to be said of that: when, why, and by which note it was replaced. */
  statusText?: string;
  isTest: boolean;
  /** Municipality of the issuer, and the system that made the note. */
  origin: string[];
  identification: DanfseField[][];
  blocks: DanfseBlock[];
  /** Cut where the page ends. */
  additional: string;
  /** What taxes come to about (Lei 12.741/2012): stands whole below it. */
  taxes: string;
}
