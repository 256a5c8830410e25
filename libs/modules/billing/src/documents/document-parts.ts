import type { Locale } from '@balcao/contracts';
import type { Day } from '@balcao/money';

/** What every document of an organization shows: plain data, which can be handed to a thread. */
export interface DocumentFrame {
  locale: Locale;
  issuer: Issuer;
  /** As `#rrggbb`. */
  brandColour: string;
  /** PNG; without it, or where it cannot be read, the name stands alone. Two million pixels cost more than the rest of a page. */
  logo?: Uint8Array;
}

/** Who is named on a document, as a law or a bank wants them named. */
export interface Party {
  /** What people call it. */
  name: string;
  legalName: string;
  /** CNPJ or CPF, with its mask or without. */
  taxId: string;
  addressLines: string[];
}

export interface Issuer extends Party {
  email?: string;
  phone?: string;
  /** Of the municipality, for taxes on services. */
  municipalRegistration?: string;
}

/** By what a reader finds out that a document is genuine. */
export interface Check {
  code: string;
  /** Where it is asked for, with its scheme. */
  url: string;
}

export type { Day };
