import { inTab } from '@balcao/ui';
import {
  portalAskForLinkedBoleto,
  portalCreateLinkedPayment,
  portalGetLinkedBoleto,
  portalGetLinkedPayment,
  portalLinkedPaymentOffer,
} from '@balcao/api-client';
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import type { Payment } from '../api/types.js';
import type { PaymentSource } from '../pay/source.js';

/** Nothing is heard without a session: so often it is asked whether somebody has paid. */
const LOOK_MS = 3_000;

/** Asks again when `key` changes, and while `goesOn` says so. */
function asked<Answer>(
  key: () => unknown,
  ask: () => Promise<Answer> | undefined,
  goesOn: (answer: Answer) => boolean = () => false,
) {
  const data = shallowRef<Answer>();
  const error = shallowRef<Error | null>(null);
  const isPending = ref(true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  async function refetch(): Promise<void> {
    clearTimeout(timer);
    const mine = ++turn;
    try {
      const answer = await ask();
      if (mine !== turn) return;
      data.value = answer;
      error.value = null;
      if (answer !== undefined && goesOn(answer)) timer = setTimeout(() => void refetch(), LOOK_MS);
    } catch (cause) {
      if (mine !== turn) return;
      error.value = cause as Error;
      // One look that failed is not the last.
      if (data.value !== undefined && goesOn(data.value)) timer = setTimeout(() => void refetch(), LOOK_MS);
    } finally {
      if (mine === turn) isPending.value = false;
    }
  }
  watch(key, () => void refetch(), { immediate: true });
  onScopeDispose(() => {
    turn += 1;
    clearTimeout(timer);
  });
  return { data: data as Ref<Answer | undefined>, error: error as Ref<Error | null>, isPending, refetch };
}

/** Whether something may still become of it by itself. */
const isMoving = ({ status }: Payment) => status === 'preparing' || status === 'unknown' || status === 'payable';

const keyOf = (paymentId: string) => `balcao-pay ${paymentId}`;

/** The link by which a payment was asked for in this tab, for whoever comes back from the page of a payment service. */
export const linkOfPayment = (paymentId: string): string => inTab.read(keyOf(paymentId)) ?? '';

/**
 * Paying by whoever holds a link; called while a component is set up.
 * @param token of the link, which a header carries
 * @param paid told once money has come
 */
export function useLinkedPayments(token: string, paid: () => void): PaymentSource {
  const by = { headers: { 'x-balcao-payment-link': token } };
  return {
    useOffer: (invoiceIds) => asked(invoiceIds, () => portalLinkedPaymentOffer(by)),
    usePayment: (id) =>
      asked(
        id,
        () => {
          const one = id();
          if (one === undefined) return undefined;
          return portalGetLinkedPayment({ ...by, path: { id: one } }).then(({ payment }) => {
            if (payment.status === 'paid') paid();
            if (payment.pageUrl) inTab.write(keyOf(payment.id), token);
            return payment;
          });
        },
        isMoving,
      ),
    create: async ({ invoiceIds: _theOne, ...wish }) =>
      (await portalCreateLinkedPayment({ ...by, body: wish })).payment,
    boletoOf: (id) => ({
      address: async () => (await portalGetLinkedBoleto({ ...by, path: { id } })).document,
      ask: () => portalAskForLinkedBoleto({ ...by, path: { id } }),
    }),
    bankOf: (gatewayId) => ({ name: 'sandbox-bank', params: { gatewayId } }),
  };
}
