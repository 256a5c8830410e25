import { divHalfEven } from './amounts.js';

/** Decimals of a quantity: 1.5 hours is 1500000n. */
export const QUANTITY_DECIMALS = 6;

/** Decimals of a percentage, of a tax, a discount or a fine: 5 % is 50000n. */
export const PERCENT_DECIMALS = 4;

/** Digits before the point that are read: with six decimals, what numeric(18, 6) holds. */
export const WHOLE_DIGITS = 12;

const tenTo = (power: number): bigint => 10n ** BigInt(power);

/** 100 % as a scaled percentage: what a product with a percentage is divided by. */
export const HUNDRED_PERCENT = 100n * tenTo(PERCENT_DECIMALS);

/** One as a scaled quantity: what a product with a quantity is divided by. */
export const ONE = tenTo(QUANTITY_DECIMALS);

const SPELLING = new RegExp(`^(-?)(0|[1-9]\\d{0,${WHOLE_DIGITS - 1}})(?:\\.(\\d+))?$`);

/**
 * A decimal as machines write it (`-12.5`) times ten to the power of `scale`; undefined for any other spelling, for more
 * decimals than `scale` or more than twelve digits before the point.
 */
export function parseDecimal(text: string, scale: number): bigint | undefined {
  const [, sign, whole, decimals = ''] = SPELLING.exec(text) ?? [];
  if (whole === undefined || decimals.length > scale) return undefined;
  const value = BigInt(whole + decimals.padEnd(scale, '0'));
  return sign ? -value : value;
}

/** A scaled decimal as PostgreSQL prints a `numeric` of that scale, `1.500000`: what the API and the database say. */
export function printDecimal(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${value < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
}

/** The same without the zeros that say nothing: `1.5`, as people write it. */
export const plainDecimal = (value: bigint, scale: number): string =>
  scale > 0 ? printDecimal(value, scale).replace(/\.?0+$/, '') : printDecimal(value, scale);

/** So many percent, scaled (`PERCENT_DECIMALS`), of an amount in minor units: 5 % of 150 is 8. */
export const percentOf = (amount: bigint, percent: bigint): bigint => divHalfEven(amount * percent, HUNDRED_PERCENT);
