import {
  portalAskForBoletoDocument,
  portalAskForReceiptDocument,
  portalCreatePayment,
  portalDeclineSandboxPayment,
  portalDisputeSandboxPayment,
  portalExpireSandboxPayment,
  portalGetBoletoDocument,
  portalGetPayment,
  portalGetReceiptDocument,
  portalGetSandboxPayment,
  portalListInvoicePayments,
  portalPaymentOffer,
  portalPaySandboxPayment,
} from '@balcao/api-client';
import { useSessionStore } from '../stores/session.js';
import type { Payment } from '../api/types.js';
import type { PaymentSource } from '../pay/source.js';
import { one, query, useChange, useKey } from './keys.js';
import { useQueryClient } from '@tanstack/vue-query';

/** Behind the live bus, which may be away: how often it is asked whether somebody has paid. */
const LOOK_MS = 3_000;

/** Whether this person pays what their company is billed. */
export const paysInvoices = () => useSessionStore().has('billing') && useSessionStore().can('payments:create');

const useOffer = query(
  ['payments', 'offer'],
  (call, invoiceIds: readonly string[]) => portalPaymentOffer({ ...call, query: { invoiceIds: invoiceIds.join(',') } }),
  { enabled: (invoiceIds) => invoiceIds.length > 0, staleTime: 0, keep: true },
);

/** Whether something may still become of it by itself. */
const isMoving = ({ status }: Payment) => status === 'preparing' || status === 'unknown' || status === 'payable';

export const usePayment = one('payment', async (call) => (await portalGetPayment(call)).payment, {
  staleTime: 0,
  refetchInterval: ({ state: { data } }) => (data && isMoving(data) ? LOOK_MS : false),
});

/** Payments of an invoice, the latest first. */
export const useInvoicePayments = query(
  ['payments', 'invoice'],
  async (call, id: string) => (await portalListInvoicePayments({ ...call, path: { id } })).data,
);

/** Where a payment's receipt is as a PDF, and how it is asked for. */
export const receiptDocument = (id: string) => ({
  address: async () => (await portalGetReceiptDocument({ path: { id } })).document,
  ask: () => portalAskForReceiptDocument({ path: { id } }),
});

/** The same of a boleto that can be paid. */
const boletoDocument = (id: string) => ({
  address: async () => (await portalGetBoletoDocument({ path: { id } })).document,
  ask: () => portalAskForBoletoDocument({ path: { id } }),
});

/** A payment as the pretended bank has it. */
export const useSandboxPayment = query(
  ['payments', 'sandbox'],
  async (call, gatewayId: string) => (await portalGetSandboxPayment({ ...call, path: { gatewayId } })).payment,
);

type Refusal = NonNullable<Parameters<typeof portalDeclineSandboxPayment>[0]['body']>['failure'];
/** What whoever plays payer and bank does; amounts in minor units. */
export type BankDeed =
  { kind: 'pay'; amount?: number } | { kind: 'decline'; failure: Refusal } | { kind: 'expire' } | { kind: 'dispute' };

function played(gatewayId: string, deed: BankDeed) {
  const path = { gatewayId };
  switch (deed.kind) {
    case 'pay':
      return portalPaySandboxPayment({ path, body: { amount: deed.amount } });
    case 'decline':
      return portalDeclineSandboxPayment({ path, body: { failure: deed.failure } });
    case 'expire':
      return portalExpireSandboxPayment({ path });
    case 'dispute':
      return portalDisputeSandboxPayment({ path });
  }
}

/** Plays payer and bank of a test payment. */
export const usePlayedBank = () =>
  useChange(
    ({ gatewayId, deed }: { gatewayId: string; deed: BankDeed }) => played(gatewayId, deed),
    'payments',
    'payment',
  );

/** Paying by somebody who is signed in; called while a component is set up. */
export function useOwnPayments(): PaymentSource {
  const client = useQueryClient();
  const key = useKey();
  return {
    useOffer,
    usePayment,
    create: async ({ invoiceIds, ...wish }) => {
      const { payment } = await portalCreatePayment({ body: { invoiceIds: [...invoiceIds], ...wish } });
      client.setQueryData(key('payment', payment.id).value, payment);
      void client.invalidateQueries({ queryKey: key('payments').value });
      return payment;
    },
    boletoOf: boletoDocument,
    receiptOf: (id) => ({ name: 'payment-receipt', params: { id } }),
    bankOf: (gatewayId) => ({ name: 'sandbox-bank', params: { gatewayId } }),
  };
}
