import type { Money } from './figures.js';

/** Fine and interest that were paid with an invoice. */
export const chargesPaid = ({
  settlements,
  total,
}: {
  settlements: readonly { lateCharges: Money }[];
  total: Money;
}): Money => ({
  ...total,
  amount: settlements.reduce((sum, { lateCharges }) => sum + lateCharges.amount, 0),
});
