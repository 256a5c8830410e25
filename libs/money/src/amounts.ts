/**
 * The largest amount, in minor units, that the house keeps or says: what a JSON number and a JavaScript number still hold
 * exactly. R$ 90.071.992.547.409,91 in a currency of two digits.
 */
export const MOST_MINOR = 2n ** 53n - 1n;

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** Whether an amount, of either sign, is one that can be kept: at most `MOST_MINOR` away from zero. */
export const isKeepable = (minor: bigint): boolean => magnitude(minor) <= MOST_MINOR;

/**
 * n ÷ d to the nearest whole, a half to the even one (ABNT NBR 5891; IEEE 754 roundTiesToEven): 2.5 gives 2 and 7.5 gives 8.
 * The only place where money is rounded; signs change nothing else about the result.
 * @throws RangeError where d is zero
 */
export function divHalfEven(n: bigint, d: bigint): bigint {
  const quotient = n / d;
  const twice = 2n * magnitude(n % d);
  const whole = magnitude(d);
  const away = twice > whole || (twice === whole && quotient % 2n !== 0n);
  return away ? quotient + (n < 0n === d < 0n ? 1n : -1n) : quotient;
}

/** Codes of ISO 4217, up to its amendment 180, by their minor digits. */
const CODES = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP ' +
    'CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES ' +
    'KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK ' +
    'NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB ' +
    'TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
};

const DIGITS = new Map(
  Object.entries(CODES).flatMap(([digits, codes]) => codes.split(' ').map((code) => [code, Number(digits)] as const)),
);

/** The currencies that somebody can be billed in, by their codes: those of ISO 4217 that are in use in 2026. */
export const CURRENCIES: readonly string[] = [...DIGITS.keys()].sort();

/** Whether a text is the code, in capitals, of a currency that somebody can be billed in: no metal, fund or unit of account. */
export const isCurrency = (code: string): boolean => DIGITS.has(code);

/**
 * How many decimals the minor unit of a currency has (ISO 4217): BRL 2, JPY 0, KWD 3. Intl answers otherwise for some whose
 * coins are gone (IQD), and not the same in every browser.
 * @throws RangeError for what is no currency (`isCurrency`)
 */
export function minorDigits(currency: string): number {
  const digits = DIGITS.get(currency);
  if (digits === undefined) throw new RangeError(`${currency} is no currency of ISO 4217`);
  return digits;
}

/**
 * Parts of a whole by weights, largest remainder first: every part is its exact share, rounded down or up, and together they
 * are the whole. Of equal remainders the earlier gets the unit: 10000 by 1, 1, 1 gives 3334, 3333, 3333. A negative whole
 * gives the negative parts of the positive one. Where all weights are zero, all are equal.
 * @throws RangeError for a negative weight, or where there is something to give and nobody to get it
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.some((weight) => weight < 0n)) throw new RangeError('A weight is negative');
  if (weights.length === 0 && total !== 0n) throw new RangeError(`Nobody to allocate ${total} to`);
  if (total < 0n) return allocate(-total, weights).map((part) => -part);
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  const equal = weights.map(() => 1n);
  if (sum === 0n && equal.length > 0) return allocate(total, equal);

  const shares = weights.map((weight, place) => ({
    place,
    part: (total * weight) / sum,
    remainder: (total * weight) % sum,
  }));
  let left = shares.reduce((rest, { part }) => rest - part, total);
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.place - b.place : a.remainder < b.remainder ? 1 : -1,
  );
  for (const share of byRemainder) {
    if (left === 0n) break;
    share.part += 1n;
    left -= 1n;
  }
  return shares.map(({ part }) => part);
}
