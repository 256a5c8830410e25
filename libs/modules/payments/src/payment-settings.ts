import { defineSettings } from '@balcao/module-directory';
import { sql } from '@balcao/platform-tenancy';

/** By which ways a portal's customers pay, as far as the organization takes them, and how long what they are given holds. */
export const paymentSettings = defineSettings('payments', {
  pix: { kind: 'switch', default: true, description: 'Customers pay by PIX' },
  boleto: { kind: 'switch', default: true, description: 'Customers pay by boleto' },
  card: { kind: 'switch', default: true, description: 'Customers pay by card' },
  savesCards: {
    kind: 'switch',
    default: true,
    description: 'Customers save cards, and have invoices paid by them on their due date',
  },
  pixMinutes: {
    kind: 'integer',
    default: 30,
    min: 5,
    max: 1440,
    description: 'Minutes for which a PIX code can be paid; never beyond the day, where lateness adds to the amount',
  },
  boletoDays: {
    kind: 'integer',
    default: 30,
    min: 0,
    max: 59,
    description: 'Days behind its due date for which a boleto can be paid, with fine and interest',
  },
  pixOnInvoice: {
    kind: 'switch',
    default: true,
    description: "An invoice's document has a PIX code of the payment service, which reconciles by itself",
  },
  boletoOnInvoice: {
    kind: 'switch',
    default: false,
    description: "An invoice's document has a boleto, which is registered when the invoice opens",
  },
  invoicePixDays: {
    kind: 'integer',
    default: 0,
    min: 0,
    max: 59,
    description:
      'Days behind the last day in time for which the PIX code of a document can be paid, at the amount without charges',
  },
});

export type PaymentSettings = ReturnType<typeof paymentSettings.of>;

/** What of the settings of a portal `p` the section reads. */
export const STORED_PAYMENT_SETTINGS = sql`jsonb_build_object('payments', p.settings -> 'payments')`;
