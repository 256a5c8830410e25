import type { Payment, PaymentOffer } from '../src/api/types.js';
import { reais } from './invoices.js';

export const PIX_CODE =
  '00020101021226820014br.gov.bcb.pix2560pix.sandbox.invalid/qr/v2/cobv/0193a1b2c3d47e8f9a0b1c2d3e4f5a6b5204000053039865802BR5918Pagamento de teste6008Brasilia62070503***6304ABCD';
export const BOLETO = {
  line: '00190500954014481606906809350314337370000000100',
  barcode: '00193373700000001000500940144816060680935031',
  dueOn: '2026-11-25',
  finePercent: '0',
  interestPercent: '0',
};

const target = { invoiceId: 'i-1', number: 'F-2026-004390', title: 'Mensalidade de outubro' };

/** A PIX code of R$ 842,35 that can be paid for half an hour; `more` says what became of it. */
export const payment = (more: Partial<Payment> = {}): Payment => ({
  id: 'p-1',
  method: 'pix',
  status: 'payable',
  amount: reais(84_235),
  targets: [{ ...target, principal: reais(81_940), fine: reais(1_639), interest: reais(656) }],
  expiresAt: '2026-11-18T12:30:00Z',
  pixCode: PIX_CODE,
  boleto: null,
  pageUrl: null,
  failure: null,
  withdrawnFor: null,
  replacedById: null,
  received: reais(0),
  receivedAt: null,
  receivedOn: null,
  refunded: reais(0),
  refunds: [],
  isTest: false,
  reference: '0193a1b2-c3d4-7e8f-9a0b-1c2d3e4f5a6b',
  createdAt: '2026-11-18T12:00:00Z',
  paid: [],
  credit: reais(0),
  ...more,
});

export const PAID: Partial<Payment> = {
  status: 'paid',
  pixCode: null,
  received: reais(84_235),
  receivedAt: '2026-11-18T12:04:00Z',
  receivedOn: '2026-11-18',
  paid: [{ ...target, principal: reais(81_940), charges: reais(2_295), owed: reais(0) }],
};

const way = (method: Payment['method']) => ({ method, min: reais(1), max: reais(999_999_999), isTest: false });

/** R$ 842,35 today for an invoice of R$ 819,40 that is 24 days late. */
export const offer = (more: Partial<PaymentOffer> = {}): PaymentOffer => ({
  invoices: [
    {
      ...target,
      principal: reais(81_940),
      fine: reais(1_639),
      interest: reais(656),
      isOpen: true,
      dueOn: '2026-10-25',
      lateDays: 24,
      finePercent: '2',
      interestPercent: '1',
      total: reais(84_235),
      tomorrow: reais(84_262),
    },
  ],
  total: reais(84_235),
  tomorrow: reais(84_262),
  allowsPartial: true,
  savesCards: false,
  ways: [way('pix'), way('boleto'), way('card')],
  open: [],
  ...more,
});
