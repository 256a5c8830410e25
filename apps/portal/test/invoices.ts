import type { AmountDue, Invoice, InvoiceSummary, Transaction } from '../src/api/types.js';
import type { PaymentProof } from '../src/data/payment-proofs.js';

/** Reais, in cents. */
export const reais = (amount: number) => ({ amount, currency: 'BRL' });

/** A bill of R$ 819,40 that nothing has happened to; `more` says what has. */
export const summary = (more: Partial<InvoiceSummary> = {}): InvoiceSummary => ({
  id: 'i-1',
  number: 'F-2026-004390',
  title: 'Mensalidade de outubro',
  status: 'open',
  total: reais(81_940),
  owed: reais(81_940),
  amountDue: reais(81_940),
  lateCharges: null,
  credited: reais(0),
  openedOn: '2026-10-10',
  dueOn: '2026-10-25',
  payableUntil: '2026-10-26',
  ...more,
});

/** What it is when it has been late for 24 days. */
export const LATE: Partial<InvoiceSummary> = {
  status: 'overdue',
  amountDue: reais(84_235),
  lateCharges: { fine: reais(1_639), interest: reais(656), days: 24, perDay: reais(27) },
};

const line = (id: string, description: string, amount: number, more: Partial<Invoice['lines'][number]> = {}) => ({
  id,
  description,
  detail: null,
  startsOn: null,
  endsOn: null,
  quantity: '1.000000',
  unitPrice: reais(amount),
  discount: null,
  tax: null,
  gross: reais(amount),
  net: reais(amount),
  ...more,
});

export const invoice = (more: Partial<Invoice> = {}): Invoice => ({
  ...summary(),
  purchaseOrder: 'PC-1182',
  note: null,
  allowsPartial: true,
  lines: [
    line('l-1', 'Fibra Empresarial 600', 48_990, { startsOn: '2026-10-10', endsOn: '2026-11-10' }),
    line('l-2', 'Telefonia', 17_960, { quantity: '4.000000', unitPrice: reais(4_490) }),
    line('l-3', 'Wi-Fi gerenciado', 14_990, { detail: '2 pontos, lojas 1 e 2' }),
  ],
  discount: null,
  gross: reais(81_940),
  discounted: reais(0),
  taxes: [],
  settled: reais(0),
  refunded: reais(0),
  finePercent: '2',
  interestPercent: '1',
  settlements: [],
  creditNotes: [],
  fiscalNotes: [],
  history: [],
  issuer: {
    name: 'Aurora Telecom',
    legalName: 'Aurora Telecom Ltda',
    taxId: '29881604000176',
    address: null,
    email: null,
    phone: null,
  },
  billTo: {
    name: 'Padaria Estrela',
    legalName: 'Padaria Estrela Ltda',
    taxId: '41720538000158',
    address: null,
    email: null,
    phone: null,
  },
  checkCode: '7K4F92QD',
  settledAt: null,
  voidedAt: null,
  voidReason: null,
  subscription: null,
  proposal: null,
  ...more,
});

export const due = (more: Partial<AmountDue> = {}): AmountDue => ({
  owed: reais(81_940),
  invoices: 1,
  overdue: reais(0),
  overdueInvoices: 0,
  credit: reais(0),
  ...more,
});

export const transaction = (more: Partial<Transaction> = {}): Transaction => ({
  id: 'e-1',
  kind: 'invoice',
  side: 'debit',
  amount: reais(81_940),
  postedOn: '2026-10-10',
  invoiceId: 'i-1',
  invoiceNumber: 'F-2026-004390',
  invoiceTitle: 'Mensalidade de outubro',
  number: null,
  method: null,
  reference: null,
  reason: null,
  paid: [],
  ...more,
});

/** A proof of payment that its reader sent and that waits; `more` says what has become of it. */
export const proof = (more: Partial<PaymentProof> = {}): PaymentProof => ({
  id: 'f-1',
  status: 'open',
  fileName: 'comprovante.pdf',
  mediaType: 'application/pdf',
  bytes: 217_088,
  paidOn: '2026-11-17',
  amount: null,
  method: null,
  note: null,
  pausedUntil: '2026-11-23',
  sentBy: 'Ana Ribeiro',
  sentAt: '2026-11-18T12:00:00Z',
  decidedAt: null,
  reason: null,
  mine: true,
  ...more,
});
