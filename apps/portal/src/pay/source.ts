import type { Ref } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import type { Payment, PaymentMethod, PaymentOffer } from '../api/types.js';

/** What somebody asks to pay with. */
export interface PaymentWish {
  invoiceIds: readonly string[];
  method: PaymentMethod;
  /** A part of one invoice, in minor units; all of it where absent. */
  amount?: number;
  /** A new code in place of one that is there. */
  anew?: boolean;
  /** By card: have it saved for the account. */
  savesMethod?: boolean;
}

interface Asked<Answer> {
  data: Ref<Answer | undefined>;
  error: Ref<Error | null>;
  isPending: Ref<boolean>;
  refetch: () => unknown;
}

/**
 * Where the sheet has from what it shows, and whom it asks to pay: somebody who is signed in, or whoever holds a link. Both hear by
 * themselves of what changes while the sheet is open.
 */
export interface PaymentSource {
  /** Called while a component is set up; asked again where the invoices change. */
  useOffer: (invoiceIds: () => readonly string[]) => Asked<PaymentOffer>;
  /** The same of a payment; of none while there is no id. */
  usePayment: (id: () => string | undefined) => Asked<Payment>;
  create: (wish: PaymentWish) => Promise<Payment>;
  /** Where the PDF of a boleto that can be paid is, and how it is asked for. */
  boletoOf: (id: string) => {
    address: () => Promise<{ url: string; name: string } | null>;
    ask: () => Promise<{ isReady: boolean }>;
  };
  /** Where what was paid is receipted, if somewhere. */
  receiptOf?: (id: string) => RouteLocationRaw;
  /** Where whoever tries the product plays payer and bank of a test payment. */
  bankOf?: (reference: string) => RouteLocationRaw;
}
