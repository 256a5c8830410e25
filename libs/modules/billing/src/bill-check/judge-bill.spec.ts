import { describe, expect, it } from '@jest/globals';
import { pixCode, readPixCode, type PixReading } from '@balcao/brazil';
import { pixReference } from '../domain/pix-reference.js';
import type { BillCode } from './bill-codes.js';
import { judgeBill, type BilledInvoice, type IssuedCode } from './judge-bill.js';

const KEY = 'pix@aurora.example';
const OTHER = 'pix@outra.example';
const invoice: BilledInvoice = {
  checkCode: '7K4F92QD',
  state: 'open',
  currency: 'BRL',
  total: 10_000n,
  owed: 10_000n,
  amountDue: 10_000n,
  mostAsked: 10_000n,
  dueOn: '2026-12-10',
};
const part: BilledInvoice = {
  ...invoice,
  checkCode: 'PARTPART',
  state: 'partially_paid',
  owed: 4_000n,
  amountDue: 4_000n,
};
const paid: BilledInvoice = { ...invoice, checkCode: 'PAAAAAAD', state: 'paid', owed: 0n, amountDue: 0n };
const voided: BilledInvoice = { ...invoice, checkCode: 'VVVVVVVD', state: 'void', owed: 0n, amountDue: 0n };
const closed: BilledInvoice = { ...invoice, checkCode: 'WAAAAAAD', state: 'written_off', owed: 0n, amountDue: 0n };
const late: BilledInvoice = { ...invoice, checkCode: 'AAAAAAAD', amountDue: 10_240n, mostAsked: 10_240n };
const invoices = [invoice, part, paid, voided, closed, late];

const pixOf = (
  checkCode: string | null,
  amount: bigint | undefined,
  key = KEY,
  name = 'Aurora Telecom Ltda',
): BillCode => {
  const txid = checkCode ? pixReference('F-2026-000123', checkCode) : undefined;
  const text = pixCode({ key, name, city: 'Campinas', amount, txid });
  return { kind: 'pix', text, reading: readPixCode(text) as PixReading };
};
const own = pixOf(null, undefined) as Extract<BillCode, { kind: 'pix' }>;
const check = (checkCode: string): BillCode => ({ kind: 'check_code', checkCode });
const slip = (barcode: string, amount = 10_000n): BillCode => ({ kind: 'boleto', barcode, amount });
const [SLIP, WITHDRAWN, OF_PAID, OF_BOTH, LATE] = ['1', '2', '3', '4', '5'].map((digit) => digit.repeat(44)) as [
  string,
  string,
  string,
  string,
  string,
];
const issued: IssuedCode[] = [
  { code: SLIP, checkCode: invoice.checkCode!, amount: 10_000n, dueOn: null, counts: true },
  { code: WITHDRAWN, checkCode: invoice.checkCode!, amount: 9_000n, dueOn: null, counts: false },
  { code: OF_PAID, checkCode: paid.checkCode!, amount: 10_000n, dueOn: null, counts: true },
  { code: OF_BOTH, checkCode: invoice.checkCode!, amount: 14_000n, dueOn: null, counts: true },
  { code: OF_BOTH, checkCode: part.checkCode!, amount: 14_000n, dueOn: null, counts: true },
  { code: LATE, checkCode: invoice.checkCode!, amount: 10_211n, dueOn: '2026-12-22', counts: true },
];
const judge = (...codes: BillCode[]) => judgeBill(codes, { own: own.reading, invoices, issued });

describe('a bill', () => {
  it.each<[string, BillCode[], string, string]>([
    ['its check code', [check('7K4F92QD')], 'genuine', 'as_issued'],
    ['our own PIX code', [pixOf('7K4F92QD', 10_000n)], 'genuine', 'as_issued'],
    ['our key without an amount', [pixOf('7K4F92QD', undefined)], 'genuine', 'as_issued'],
    ['what is left', [pixOf('PARTPART', 4_000n)], 'genuine', 'as_issued'],
    ['a slip of ours', [slip(SLIP)], 'genuine', 'as_issued'],
    ['all its codes', [check('7K4F92QD'), pixOf('7K4F92QD', 10_000n), slip(SLIP)], 'genuine', 'as_issued'],
    ['more than it came to', [pixOf('7K4F92QD', 10_001n)], 'changed', 'other_amount'],
    ['less than is owed', [pixOf('7K4F92QD', 9_999n)], 'changed', 'other_amount'],
    ['an invoice of ours, paid to another key', [pixOf('7K4F92QD', 10_000n, OTHER)], 'changed', 'other_receiver'],
    ['our name, another key', [pixOf(null, 10_000n, OTHER)], 'changed', 'other_receiver'],
    ['our paper, a slip of another bank', [check('7K4F92QD'), slip('9'.repeat(44))], 'changed', 'other_receiver'],
    [
      'our paper, a PIX code of a stranger',
      [check('7K4F92QD'), pixOf(null, 10_000n, OTHER, 'Fulano')],
      'changed',
      'other_receiver',
    ],
    ['our paper, the slip of another bill of ours', [check('PARTPART'), slip(SLIP)], 'changed', 'other_bill'],
    [
      'our paper, the PIX code of another bill of ours',
      [check('7K4F92QD'), pixOf('PARTPART', 4_000n)],
      'changed',
      'other_bill',
    ],
    [
      'two bills of ours, each with its code',
      [check('7K4F92QD'), check('PARTPART'), slip(SLIP), pixOf('PARTPART', 4_000n)],
      'genuine',
      'as_issued',
    ],
    ['a slip that pays its bill and another', [check('PARTPART'), slip(OF_BOTH)], 'genuine', 'as_issued'],
    ['what was right until a part was paid', [pixOf('PARTPART', 10_000n)], 'no_longer', 'replaced'],
    ['the PIX code of a late one, as it was issued', [pixOf('AAAAAAAD', 10_000n)], 'genuine', 'as_issued'],
    ['the PIX code of a late one, of today', [pixOf('AAAAAAAD', 10_240n)], 'genuine', 'as_issued'],
    ['the PIX code of a late one, of another day', [pixOf('AAAAAAAD', 10_237n)], 'no_longer', 'replaced'],
    ['more than a late one comes to', [pixOf('AAAAAAAD', 10_241n)], 'changed', 'other_amount'],
    ['a slip that was withdrawn', [slip(WITHDRAWN)], 'no_longer', 'replaced'],
    ['what is paid', [check('PAAAAAAD')], 'no_longer', 'paid'],
    ['the PIX code of what is paid', [pixOf('PAAAAAAD', 10_000n)], 'no_longer', 'paid'],
    ['the slip of what is paid', [slip(OF_PAID)], 'no_longer', 'paid'],
    ['what was given up', [check('WAAAAAAD')], 'no_longer', 'closed'],
    ['what was voided', [check('VVVVVVVD')], 'no_longer', 'voided'],
    ['a check code of nobody', [check('ABCDEFGH')], 'unknown', 'not_ours'],
    ['our key for no bill', [pixOf(null, 10_000n)], 'unknown', 'not_ours'],
    ['a stranger', [pixOf(null, 10_000n, OTHER, 'Fulano')], 'unknown', 'not_ours'],
    ['a slip of a stranger', [slip('9'.repeat(44))], 'unknown', 'not_ours'],
    ['nothing', [], 'unknown', 'unreadable'],
  ])('with %s', (_, codes, verdict, reason) => {
    expect(judge(...codes)).toMatchObject({ verdict, reason });
  });

  it('says what it asks for only where it is genuine', () => {
    expect(judge(check('7K4F92QD')).bill).toEqual({ amount: 10_000n, currency: 'BRL', dueOn: '2026-12-10' });
    expect(judge(pixOf('PARTPART', 4_000n)).bill?.amount).toBe(4_000n);
    expect(judge(slip(SLIP)).bill?.dueOn).toBe('2026-12-10');
    // As the bank shows a slip that was made after the invoice was due.
    expect(judge(slip(LATE)).bill).toEqual({ amount: 10_211n, currency: 'BRL', dueOn: '2026-12-22' });
    for (const codes of [[pixOf('7K4F92QD', 1n)], [check('PAAAAAAD')], [check('ABCDEFGH')], []])
      expect(judge(...codes).bill).toBeNull();
  });

  it('has nothing in its own name where the organization has no PIX key', () => {
    const known = { own: undefined, invoices, issued: [] };
    expect(judgeBill([pixOf(null, 10_000n)], known).reason).toBe('not_ours');
    expect(judgeBill([pixOf('7K4F92QD', 10_000n)], known).reason).toBe('other_receiver');
  });
});
