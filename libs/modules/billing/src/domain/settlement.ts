import { lateCharges, type Day } from '@balcao/money';

/** Of an invoice, what the cost of its lateness follows from. */
export interface OwedInvoice {
  /** In minor units. */
  owed: bigint;
  dueOn: Day;
  payableUntil: Day;
  finePercent: string;
  interestPercent: string;
}

/** What money is to pay, with what is owed of it at the moment that the money is counted. Amounts are minor units. */
export interface SettledTarget extends OwedInvoice {
  /** What was asked for and agreed to; where nothing was, all that is owed. */
  principal: bigint;
  fine: bigint;
  interest: bigint;
}

/** What lateness adds to a target. */
export interface TargetCharge<Target> {
  target: Target;
  /** In minor units. */
  amount: bigint;
}

export interface SettlementRules {
  /** Whether a part pays charges for lateness before what is owed. */
  chargesFirst: boolean;
  /** Whether charges that were left open are asked for by the next invoice, or waived. */
  carries: boolean;
}

export interface Settlement<Target> {
  /** Charges that become owed and are paid at once. */
  charges: TargetCharge<Target>[];
  /** Charges that were left open. */
  carried: TargetCharge<Target>[];
  /** What is left over: the customer's. */
  credit: bigint;
}

/**
 * Divides money that came among what it was to pay, in the targets' order. What it covers of the principal is paid first; of what
 * exceeds it, charges for lateness, as of the day on which it was paid but never less than was asked for and agreed to; the rest is
 * the customer's. Money that does not cover the principal pays, where charges come first, each part with the charges of that part.
 * @param received in minor units, more than zero
 * @param paidOn the day that the payer's bank says
 */
export function settle<Target extends SettledTarget>(
  received: bigint,
  targets: readonly Target[],
  paidOn: Day,
  { chargesFirst, carries }: SettlementRules,
): Settlement<Target> {
  if (received <= 0n) throw new RangeError('Nothing was received');
  const owed = targets.filter((target) => target.owed > 0n);
  const principal = owed.reduce((sum, target) => sum + target.owed, 0n);
  const charges: TargetCharge<Target>[] = [];
  const carried: TargetCharge<Target>[] = [];
  let left = received;
  /** Pays so much of a target, and so much of what that part costs besides. */
  const pay = (target: Target, part: bigint, charge: bigint, cost: bigint): void => {
    left -= part + charge;
    if (charge > 0n) charges.push({ target, amount: charge });
    if (carries && cost > charge) carried.push({ target, amount: cost - charge });
  };
  if (received >= principal) {
    let excess = received - principal;
    for (const target of owed) {
      const cost = chargesOf(target, target.owed, paidOn);
      // Of what is paid in part already, the charges of that part have been asked for with it.
      const asked = target.owed < target.principal ? 0n : target.fine + target.interest;
      const charge = least(cost > asked ? cost : asked, excess);
      excess -= charge;
      pay(target, target.owed, charge, cost);
    }
    return { charges, carried, credit: left };
  }
  for (const target of owed) {
    if (left === 0n) break;
    const whole = target.owed + chargesOf(target, target.owed, paidOn);
    const part = chargesFirst
      ? left >= whole
        ? target.owed
        : partCovered(target, left, paidOn)
      : least(target.owed, left);
    const cost = chargesOf(target, part, paidOn);
    pay(target, part, chargesFirst ? least(cost, left - part) : 0n, cost);
  }
  return { charges, carried, credit: left };
}

/** What the lateness of a part of an invoice costs: parts paid one by one cost what the whole would, but for rounding. */
function chargesOf(target: OwedInvoice, part: bigint, paidOn: Day): bigint {
  const { fine, interest } = lateCharges({
    owed: part,
    dueOn: target.dueOn,
    payableUntil: target.payableUntil,
    paidOn,
    finePercent: target.finePercent,
    interestPercentPerMonth: target.interestPercent,
  });
  return fine + interest;
}

/** The smallest part that, with its charges, uses up the money. */
function partCovered(target: OwedInvoice, money: bigint, paidOn: Day): bigint {
  let [low, high] = [0n, least(target.owed, money)];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (middle + chargesOf(target, middle, paidOn) >= money) high = middle;
    else low = middle + 1n;
  }
  return low;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
