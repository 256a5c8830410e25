import { isCurrency } from '@balcao/money';
import type { GatewayCapabilities, GatewayMethod } from '../gateway.js';
import { KEY_LIFE_MS } from './sandbox-service.js';

const DAY_MS = 86_400_000;

const CAPABILITIES: Record<GatewayMethod, GatewayCapabilities> = {
  pix: {
    refund: 'partial',
    min: 1n,
    max: 999_999_999_999n,
    step: 1n,
    minValidityMs: 1,
    // As codes with a due date are (cobv).
    maxValidityMs: 400 * DAY_MS,
    keyLifeMs: KEY_LIFE_MS,
    addsLateCharges: false,
  },
  boleto: {
    refund: 'none',
    min: 1n,
    max: 9_999_999_999n,
    step: 1n,
    minValidityMs: 1,
    maxValidityMs: 400 * DAY_MS,
    keyLifeMs: KEY_LIFE_MS,
    addsLateCharges: true,
  },
  card: {
    refund: 'partial',
    min: 1n,
    max: 999_999_999_999n,
    step: 1n,
    minValidityMs: 1,
    maxValidityMs: DAY_MS,
    keyLifeMs: KEY_LIFE_MS,
    addsLateCharges: false,
  },
};

/** What the pretended service can do; null of what it does not take. */
export const sandboxCapabilities = (method: GatewayMethod, currency: string): GatewayCapabilities | null =>
  (method === 'card' ? isCurrency(currency) : currency === 'BRL') ? CAPABILITIES[method] : null;
