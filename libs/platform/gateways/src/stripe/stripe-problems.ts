import Stripe from 'stripe';
import type { FailureCode, Outcome } from '../gateway.js';

/** Stripe's words for why a card was declined (docs.stripe.com/declines/codes); any other is `declined`. */
const DECLINES: Readonly<Record<string, FailureCode>> = {
  insufficient_funds: 'insufficient_funds',
  withdrawal_count_limit_exceeded: 'limit_exceeded',
  card_velocity_exceeded: 'limit_exceeded',
  expired_card: 'expired_card',
  incorrect_number: 'incorrect_number',
  invalid_number: 'incorrect_number',
  incorrect_cvc: 'incorrect_code',
  invalid_cvc: 'incorrect_code',
  authentication_required: 'authentication_required',
  authentication_not_handled: 'authentication_required',
  lost_card: 'lost_or_stolen',
  stolen_card: 'lost_or_stolen',
  pickup_card: 'lost_or_stolen',
  fraudulent: 'suspected_fraud',
  merchant_blacklist: 'suspected_fraud',
};

/** Stripe's words for why a request cannot be done (docs.stripe.com/error-codes). */
const REFUSALS: Readonly<Record<string, FailureCode>> = {
  ...DECLINES,
  amount_too_large: 'amount_out_of_range',
  amount_too_small: 'amount_out_of_range',
  card_declined: 'declined',
  charge_already_refunded: 'refund_refused',
  charge_disputed: 'refund_refused',
  charge_not_refundable: 'refund_refused',
  refund_disputed_payment: 'refund_refused',
  tax_id_invalid: 'payer_incomplete',
  payment_method_billing_details_address_missing: 'payer_incomplete',
  payment_intent_authentication_failure: 'authentication_required',
  payment_method_unactivated: 'method_unavailable',
  payment_method_not_available: 'method_unavailable',
  payment_method_unsupported_type: 'method_unavailable',
  payment_method_currency_mismatch: 'method_unavailable',
  payment_method_unexpected_state: 'method_gone',
  livemode_mismatch: 'misconfigured',
  testmode_charges_only: 'misconfigured',
};

/** Why a card or another means did not pay. */
export const failureOf = (problem: { code?: string; decline_code?: string }): FailureCode =>
  DECLINES[problem.decline_code ?? ''] ?? REFUSALS[problem.code ?? ''] ?? 'declined';

/** The problem that Stripe has answered with; anything else that was thrown is a fault of ours, and thrown on. */
export function problemOf(thrown: unknown): Stripe.errors.StripeError {
  if (thrown instanceof Stripe.errors.StripeError) return thrown;
  throw thrown;
}

/** Whether Stripe has answered that there is no such thing, or that an id is none. */
export const isMissing = ({ statusCode, code }: Stripe.errors.StripeError): boolean =>
  statusCode === 404 || (statusCode === 400 && code === 'resource_missing');

/**
 * What a problem says of the call. Classes of the SDK mislead, so status and `rawType` decide: nothing answered, a failure of
 * the service, a key that is in use and too many calls say nothing of whether it was done.
 */
export function refusalOf(problem: Stripe.errors.StripeError): Exclude<Outcome<never>, { known: never }> {
  const { statusCode, rawType, code, param } = problem;
  if (statusCode === undefined || statusCode >= 500 || statusCode === 409 || statusCode === 429) return 'unknown';
  const detail = [rawType, code, problem.decline_code, param].filter(Boolean).join(' ') || null;
  if (statusCode === 401 || statusCode === 403) return { refused: 'misconfigured', detail };
  if (rawType === 'card_error') return { refused: failureOf(problem), detail };
  if (isMissing(problem) && /^(?:payment_method|customer)$/.test(param ?? ''))
    return { refused: 'method_gone', detail };
  if (param?.includes('billing_details') || param?.includes('tax_id')) return { refused: 'payer_incomplete', detail };
  if (param === 'currency') return { refused: 'method_unavailable', detail };
  return { refused: REFUSALS[code ?? ''] ?? 'other', detail };
}
