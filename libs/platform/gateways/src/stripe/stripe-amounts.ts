import { isCurrency, minorDigits } from '@balcao/money';

/**
 * Whole units are amounts here (docs.stripe.com/currencies, "Zero-decimal currencies"). Less UGX: like ISK it has no decimals any more,
 * and two on the wire, which are 00.
 */
const WITHOUT_DECIMALS = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF';
/** Amounts have three decimals, of which the last is 0. */
const WITH_THREE = 'BHD JOD KWD OMR TND';

const DIGITS = new Map([
  ...WITHOUT_DECIMALS.split(' ').map((currency) => [currency, 0] as const),
  ...WITH_THREE.split(' ').map((currency) => [currency, 3] as const),
]);

const digitsOf = (currency: string): number => DIGITS.get(currency) ?? 2;

/** What the smallest amount is made of: whatever Stripe takes is a multiple of it, in our minor units. */
export const stepOf = (currency: string): bigint => {
  if (WITH_THREE.includes(currency)) return 10n;
  return 10n ** BigInt(Math.max(0, minorDigits(currency) - digitsOf(currency)));
};

/** Whether Stripe has the currency in one of the shapes that it documents. */
export const isStripeCurrency = (currency: string): boolean =>
  isCurrency(currency) && (minorDigits(currency) < 3 || DIGITS.get(currency) === 3);

/** An amount in our minor units as Stripe writes it; null where it has digits that Stripe does not take. */
export function toStripe(amount: bigint, currency: string): number | null {
  if (amount % stepOf(currency) !== 0n) return null;
  const shift = digitsOf(currency) - minorDigits(currency);
  return Number(shift >= 0 ? amount * 10n ** BigInt(shift) : amount / 10n ** BigInt(-shift));
}

/** An amount as Stripe writes it in our minor units. */
export function fromStripe(amount: number, currency: string): bigint {
  const shift = digitsOf(currency) - minorDigits(currency);
  return shift >= 0 ? BigInt(amount) / 10n ** BigInt(shift) : BigInt(amount) * 10n ** BigInt(-shift);
}
