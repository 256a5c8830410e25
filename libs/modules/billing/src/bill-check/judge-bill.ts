import type { PixReading } from '@balcao/brazil';
import type { Day } from '@balcao/money';
import { checkCodeOfReference } from '../domain/pix-reference.js';
import type { InvoiceEntity } from '../persistence/billing.entities.js';
import type { BillCode } from './bill-codes.js';

/** What is answered to who asks whether a bill is genuine. */
export const BILL_VERDICTS = ['genuine', 'changed', 'no_longer', 'unknown'] as const;
export type BillVerdict = (typeof BILL_VERDICTS)[number];

/** Why, and of each verdict which reasons there are. */
const VERDICT_OF = {
  as_issued: 'genuine',
  other_receiver: 'changed',
  other_amount: 'changed',
  other_bill: 'changed',
  paid: 'no_longer',
  closed: 'no_longer',
  voided: 'no_longer',
  replaced: 'no_longer',
  not_ours: 'unknown',
  unreadable: 'unknown',
} as const satisfies Record<string, BillVerdict>;
export type BillReason = keyof typeof VERDICT_OF;
export const BILL_REASONS = Object.keys(VERDICT_OF) as BillReason[];

/** Worst first: of a bill with several codes this one is told. */
const ORDER: readonly BillVerdict[] = ['changed', 'no_longer', 'genuine', 'unknown'];

/** An invoice, as far as it says whether a bill of it counts. Amounts are minor units. */
export type BilledInvoice = Pick<InvoiceEntity, 'checkCode' | 'state' | 'currency' | 'total' | 'owed' | 'dueOn'> & {
  /** What pays it whole today, with what lateness has added. */
  amountDue: bigint;
  /** The most that a copy of it has asked for up to today, whatever was paid since, and to whatever day its due date was moved. */
  mostAsked: bigint;
};

/** A code that a payment of ours has, or had. */
export interface IssuedCode {
  /** `text` of a PIX code, `barcode` of a slip. */
  code: string;
  /** Of the invoice that it pays. */
  checkCode: string;
  amount: bigint;
  /** Until when it can be paid, as it says itself; null where only the invoice says when. */
  dueOn: Day | null;
  /** Whether money that comes by it still pays what it was made for. */
  counts: boolean;
}

/** What is known of who issues bills here. */
export interface KnownBills {
  /** How a PIX code of the organization's own reads; undefined where it has no key. */
  own: PixReading | undefined;
  invoices: readonly BilledInvoice[];
  issued: readonly IssuedCode[];
}

export interface Judgement {
  verdict: BillVerdict;
  reason: BillReason;
  /** As the bill says it, in minor units; null unless it is genuine. */
  bill: { amount: bigint; currency: string; dueOn: Day | null } | null;
}

/**
 * What is to be said of the codes of one bill. A paper with a check code of ours on which somebody else is paid is a changed one:
 * that is how it is done. Of what cannot be guessed nothing is told to who does not have it: a PIX code leads to an invoice by the
 * check code in it alone.
 */
export function judgeBill(codes: readonly BillCode[], known: KnownBills): Judgement {
  if (codes.length === 0) return judged('unreadable');
  const each = codes.map((code) => ({ code, judgement: judgeCode(code, known) }));
  const isPayment = ({ code }: (typeof each)[number]) => code.kind !== 'check_code';
  const knownPaper = each.some((one) => !isPayment(one) && one.judgement.verdict !== 'unknown');
  if (knownPaper && each.some((one) => isPayment(one) && one.judgement.verdict === 'unknown'))
    return judged('other_receiver');
  if (each.some((one) => isPayment(one) && paysAnother(one.code, codes, known))) return judged('other_bill');
  // What is paid says more exactly how much than the paper's own code.
  const told = [...each.filter(isPayment), ...each.filter((one) => !isPayment(one))].map(({ judgement }) => judgement);
  return ORDER.map((verdict) => told.find((one) => one.verdict === verdict)).find((one) => one)!;
}

/** Whether a way to pay is of other invoices than those whose check codes stand on the same paper. */
function paysAnother(code: BillCode, codes: readonly BillCode[], known: KnownBills): boolean {
  const paid = paidBy(code, known);
  const printed = codes.flatMap((other) => (other.kind === 'check_code' ? other.checkCode : []));
  const named = printed.filter((checkCode) => invoiceOf(checkCode, known));
  return paid.length > 0 && named.length > 0 && !paid.some((checkCode) => named.includes(checkCode));
}

/** The check codes of what a way to pay is for, as far as it is known. */
function paidBy(code: BillCode, known: KnownBills): string[] {
  if (code.kind === 'check_code') return [];
  const text = code.kind === 'boleto' ? code.barcode : code.text;
  const issued = known.issued.filter((each) => each.code === text).map(({ checkCode }) => checkCode);
  if (issued.length > 0 || code.kind === 'boleto') return issued;
  const checkCode = checkCodeOfReference(code.reading.txid ?? '');
  return checkCode && invoiceOf(checkCode, known) ? [checkCode] : [];
}

function judgeCode(code: BillCode, known: KnownBills): Judgement {
  switch (code.kind) {
    case 'check_code':
      return ofInvoice(invoiceOf(code.checkCode, known));
    case 'boleto':
      return ofIssued(code.barcode, known) ?? judged('not_ours');
    case 'pix':
      return ofIssued(code.text, known) ?? ofOwnPix(code.reading, known);
  }
}

const invoiceOf = (checkCode: string | undefined, { invoices }: KnownBills) =>
  invoices.find((invoice) => invoice.checkCode === checkCode);

/** A code that was made at a gateway. */
function ofIssued(text: string, known: KnownBills): Judgement | undefined {
  const issued = known.issued.find(({ code }) => code === text);
  if (!issued) return undefined;
  const judgement = ofInvoice(invoiceOf(issued.checkCode, known), issued.amount, issued.dueOn);
  return judgement.verdict === 'genuine' && !issued.counts ? judged('replaced') : judgement;
}

/** A code that we make alone, or that pretends to be one. */
function ofOwnPix({ key, name, amount, txid }: PixReading, known: KnownBills): Judgement {
  const { own } = known;
  const invoice = invoiceOf(checkCodeOfReference(txid ?? ''), known);
  if (!own || key === null || key !== own.key) {
    // A key that another one stands behind, with our name or an invoice of ours on it.
    const pretends = key !== null && own !== undefined && name.toUpperCase() === own.name.toUpperCase();
    return judged(invoice || pretends ? 'other_receiver' : 'not_ours');
  }
  const judgement = ofInvoice(invoice);
  if (
    !invoice ||
    judgement.verdict !== 'genuine' ||
    amount === null ||
    amount === invoice.owed ||
    amount === invoice.amountDue
  )
    return ofInvoice(invoice, amount ?? undefined);
  // It was right until a part was paid, or of another day's lateness.
  return judged(amount > invoice.owed && amount <= invoice.mostAsked ? 'replaced' : 'other_amount');
}

function ofInvoice(invoice: BilledInvoice | undefined, amount = invoice?.total, dueOn: Day | null = null): Judgement {
  if (!invoice) return judged('not_ours');
  if (invoice.state === 'void') return judged('voided');
  if (invoice.state === 'credited' || invoice.state === 'written_off') return judged('closed');
  if (invoice.owed === 0n) return judged('paid');
  const bill = { amount: amount!, currency: invoice.currency, dueOn: dueOn ?? invoice.dueOn };
  return { ...judged('as_issued'), bill };
}

const judged = (reason: BillReason): Judgement => ({ verdict: VERDICT_OF[reason], reason, bill: null });
