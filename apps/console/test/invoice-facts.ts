import type { BillingSettings } from '../src/data/billing-settings.js';
import type { Invoice, InvoiceLine, InvoiceSummary } from '../src/data/invoices.js';

const brl = (amount: number) => ({ amount, currency: 'BRL' });

/** Terms that an organization begins with, and whose invoices lack nothing. */
export const billingSettings = (more: Partial<BillingSettings> = {}): BillingSettings => ({
  legalName: 'Aurora Telecom Ltda',
  taxId: '41720538000158',
  municipalRegistration: null,
  email: null,
  phone: null,
  address: {
    street: 'Rua Augusta',
    number: '10',
    complement: null,
    district: null,
    postalCode: '01305000',
    city: 'São Paulo',
    state: 'SP',
  },
  pixKey: null,
  numberPrefix: 'F-',
  firstNumber: 1,
  dueDays: 10,
  finePercent: '2',
  interestPercent: '1',
  lateCharges: 'waive',
  chargesFirst: true,
  appliesCredit: true,
  allowsPartial: false,
  reminderDays: [3],
  proofPauseDays: 3,
  disputesPauseReminders: true,
  overdueDays: [1, 7, 15],
  linkDays: 90,
  version: 1,
  ...more,
});

export const invoiceLine = (more: Partial<InvoiceLine> = {}): InvoiceLine => ({
  id: 'l-1',
  description: 'Visita técnica',
  detail: null,
  startsOn: null,
  endsOn: null,
  quantity: '1',
  unitPrice: brl(12_000),
  discount: null,
  tax: null,
  gross: brl(12_000),
  net: brl(12_000),
  ...more,
});

/** A draft; an opened one has its number, its day and what is owed. */
export const invoice = (more: Partial<Invoice> = {}): Invoice => ({
  id: 'i-1',
  number: null,
  title: 'Visita da loja 2',
  status: 'draft',
  total: brl(12_000),
  owed: brl(0),
  amountDue: brl(0),
  lateCharges: null,
  credited: brl(0),
  openedOn: null,
  dueOn: null,
  payableUntil: null,
  purchaseOrder: null,
  note: null,
  allowsPartial: false,
  lines: [invoiceLine()],
  discount: null,
  gross: brl(12_000),
  discounted: brl(0),
  taxes: [],
  settled: brl(0),
  refunded: brl(0),
  finePercent: '2',
  interestPercent: '1',
  settlements: [],
  creditNotes: [],
  fiscalNotes: [],
  history: [],
  issuer: null,
  billTo: null,
  checkCode: null,
  settledAt: null,
  voidedAt: null,
  voidReason: null,
  billingAccount: { id: 'b-1', name: 'Padaria Estrela' },
  source: 'staff',
  message: null,
  carriedCharges: null,
  createdAt: '2026-11-18T12:00:00Z',
  version: 3,
  ...more,
});

export const openInvoice = (more: Partial<Invoice> = {}): Invoice =>
  invoice({
    number: 'F-2026-000123',
    status: 'open',
    owed: brl(12_000),
    amountDue: brl(12_000),
    openedOn: '2026-11-18',
    dueOn: '2026-12-18',
    payableUntil: '2026-12-18',
    ...more,
  });

export const summaryOf = (of: Invoice): InvoiceSummary => of;
