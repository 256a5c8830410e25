import { nextBankingDay } from '@balcao/brazil';
import { dayAt, lateCharges } from '@balcao/money';
import type { PaymentRow } from './sandbox-rows.js';

/** Banks date by the time of Brasília. */
const BANK_ZONE = 'America/Sao_Paulo';

/** What pays a payment at a moment, in minor units: of a slip behind its due date with the fine and the interest that its bank adds. */
export function payableAt({ amount, boleto }: Pick<PaymentRow, 'amount' | 'boleto'>, at: Date): bigint {
  if (!boleto) return amount;
  const { dueOn, ...terms } = boleto;
  const payableUntil = nextBankingDay(dueOn);
  return lateCharges({ ...terms, owed: amount, dueOn, payableUntil, paidOn: dayAt(at, BANK_ZONE) }).total;
}
