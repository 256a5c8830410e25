import { chargesPaid } from '@balcao/ui';
import type { Invoice, LinkedInvoice, Settlement, Transaction } from '../../api/types.js';

type Translate = (key: string, facts?: Record<string, unknown>) => string;

/** What settled an invoice, in words: *Pago por PIX*, *Nota de crédito NC-2026-000004*. */
export function paymentWord(
  t: Translate,
  { kind, method, number }: Pick<Settlement, 'kind' | 'method' | 'number'>,
): string {
  if (method) return t(`invoices.settled.by.${method}`);
  return number ? t('invoices.settled.creditNote', { number }) : t(`invoices.settled.${kind}`);
}

/** Whether it is money that came in, and no note or correction. */
export const isMoney = ({ kind }: Pick<Settlement, 'kind'>): boolean => kind === 'payment' || kind === 'deposit';

/** What an invoice that is paid has cost in the end, with what its lateness had added. */
export const paidOf = (invoice: Pick<Invoice | LinkedInvoice, 'settlements' | 'total'>) => ({
  ...invoice.total,
  amount: invoice.total.amount + chargesPaid(invoice).amount,
});

/** What a line of the books does to what is owed: more by a debit, less by a credit. */
export const signedAmount = ({ side, amount }: Pick<Transaction, 'side' | 'amount'>): Transaction['amount'] => ({
  ...amount,
  amount: side === 'debit' ? amount.amount : -amount.amount,
});

const CODE_HALF = 4;
/** A check code as it is printed: whoever reads it aloud pauses in its middle. */
export const printedCode = (code: string): string => `${code.slice(0, CODE_HALF)}-${code.slice(CODE_HALF)}`;
