import {
  adminAskAfterPayment,
  adminAssignStrayPayment,
  adminDismissStrayPayment,
  adminGetPayment,
  adminListGatewayEvents,
  adminListPayments,
  adminListStrayPayments,
  adminRefundPayment,
  adminReplayGatewayEvent,
  adminWithdrawPayment,
  type AssignStrayPaymentRequest,
  type RefundPaymentRequest,
} from '@balcao/api-client';
import { list, one, useChange } from './keys.js';

export type {
  GatewayEventItem as GatewayEvent,
  StaffPaymentItem as PaymentSummary,
  StaffPaymentResponse as Payment,
  StrayPaymentItem as StrayPayment,
} from '@balcao/api-client';
export type RefundInput = RefundPaymentRequest;
export type AssignInput = AssignStrayPaymentRequest;

/** Behind what the page hears at once, should that have been lost. */
const INTERVAL = 5 * 60_000;
const SEEN_IN = ['payment', 'payments'];
/** Money that found its customer is in their books as well. */
const STRAYS_SEEN_IN = ['stray_payments', 'invoice', 'invoices', 'ledgers'];

/** The organization's payments through payment services, the latest first. */
export const usePayments = list('payments', adminListPayments, { refetchInterval: INTERVAL });

export const usePayment = one('payment', adminGetPayment);

/** What staff do with a payment. */
export function usePaymentDeeds(id: string) {
  const path = { id };
  return {
    ask: useChange(() => adminAskAfterPayment({ path }), ...SEEN_IN),
    withdraw: useChange(() => adminWithdrawPayment({ path }), ...SEEN_IN),
    refund: useChange((body: RefundInput) => adminRefundPayment({ path, body }), ...SEEN_IN),
  };
}

/** Money at payment services that nobody here asked for, the latest first. */
export const useStrayPayments = list('stray_payments', adminListStrayPayments);

/** What staff decide about such money. */
export function useStrayDeeds(id: string) {
  const path = { id };
  return {
    assign: useChange((body: AssignInput) => adminAssignStrayPayment({ path, body }), ...STRAYS_SEEN_IN),
    dismiss: useChange((body: { note: string }) => adminDismissStrayPayment({ path, body }), 'stray_payments'),
  };
}

/** What payment services have told, the latest first. */
export const useGatewayEvents = list('gateway_events', adminListGatewayEvents);

/** Has one worked through once more. */
export const useReplay = () =>
  useChange((id: string) => adminReplayGatewayEvent({ path: { id } }), 'gateway_events', ...SEEN_IN);
