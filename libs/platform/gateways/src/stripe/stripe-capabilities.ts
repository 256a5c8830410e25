import type { GatewayCapabilities, GatewayMethod } from '../gateway.js';
import { fromStripe, isStripeCurrency, stepOf } from './stripe-amounts.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long Stripe knows a key. */
export const KEY_LIFE_MS = DAY_MS;

/** Eight digits, which most currencies may have. */
const MOST = 99_999_999;

/** docs.stripe.com/payments/boleto, …/pix and …/currencies (minimum and maximum charge amounts) */
export function stripeCapabilities(method: GatewayMethod, currency: string): GatewayCapabilities | null {
  const shared = { step: 1n, keyLifeMs: KEY_LIFE_MS, addsLateCharges: false };
  if (method !== 'card' && currency !== 'BRL') return null;
  switch (method) {
    case 'pix': {
      // A minute less than there is, since clocks differ.
      const validity = { minValidityMs: 2 * MINUTE_MS, maxValidityMs: 14 * DAY_MS - MINUTE_MS };
      return { ...shared, ...validity, refund: 'partial', min: 50n, max: BigInt(MOST) };
    }
    case 'boleto':
      return { ...shared, refund: 'none', min: 500n, max: 4_999_999n, minValidityMs: 0, maxValidityMs: 60 * DAY_MS };
    case 'card': {
      if (!isStripeCurrency(currency)) return null;
      const step = stepOf(currency);
      const validity = { minValidityMs: 31 * MINUTE_MS, maxValidityMs: DAY_MS - MINUTE_MS };
      const most = fromStripe(MOST, currency);
      return {
        ...shared,
        ...validity,
        refund: 'partial',
        step,
        min: currency === 'BRL' ? 50n : step,
        max: most - (most % step),
      };
    }
  }
}
