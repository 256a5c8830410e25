import {
  portalCreateMethodSetup,
  portalGetMethodSetup,
  portalGetSandboxSetup,
  portalListCollections,
  portalListInvoiceCollections,
  portalListPaymentMethods,
  portalMakePaymentMethodDefault,
  portalRefuseSandboxCard,
  portalRemovePaymentMethod,
  portalSaveSandboxCard,
  portalUpdatePaymentMethods,
} from '@balcao/api-client';
import { useSessionStore } from '../stores/session.js';
import { one, query, useChange } from './keys.js';

/** Behind the live bus, which may be away. */
const LOOK_MS = 3_000;

/** Whether this person looks after the cards of their company. */
export const managesCards = () => useSessionStore().has('billing') && useSessionStore().can('payment_methods:manage');

/** The account's cards, and whether they pay by themselves. */
export const usePaymentMethods = query('payment_methods', (call) => portalListPaymentMethods(call), {
  enabled: managesCards,
});

/** What saved cards pay, or were to pay. */
export const useCollections = query('collections', async (call) => (await portalListCollections(call)).data, {
  enabled: () => useSessionStore().can('invoices:read'),
});

/** How a saved card pays an invoice, the latest first. */
export const useInvoiceCollections = query(
  ['collections', 'invoice'],
  async (call, id: string) => (await portalListInvoiceCollections({ ...call, path: { id } })).data,
);

/** A page on which a card is added: where it is, and what came of it. */
export const useMethodSetup = one('method_setup', async (call) => (await portalGetMethodSetup(call)).setup, {
  staleTime: 0,
  refetchInterval: ({ state: { data } }) =>
    data && (data.status === 'preparing' || data.status === 'open') ? LOOK_MS : false,
});

export const useAddedCard = () => useChange(async () => (await portalCreateMethodSetup()).setup, 'method_setups');
export const useDefaultCard = () =>
  useChange((id: string) => portalMakePaymentMethodDefault({ path: { id } }), 'payment_methods', 'collections');
export const useRemovedCard = () =>
  useChange(
    ({ id, replacementId }: { id: string; replacementId?: string }) =>
      portalRemovePaymentMethod({ path: { id }, query: { replacementId } }),
    'payment_methods',
    'collections',
  );
export const useAutomaticPayment = () =>
  useChange(
    (isAutomatic: boolean) => portalUpdatePaymentMethods({ body: { isAutomatic } }),
    'payment_methods',
    'collections',
  );

/** The pretended service's page on which a card is added. */
export const useSandboxSetup = query(
  ['method_setups', 'sandbox'],
  async (call, gatewayId: string) => (await portalGetSandboxSetup({ ...call, path: { gatewayId } })).setup,
);

export type SandboxCard = NonNullable<Parameters<typeof portalSaveSandboxCard>[0]['body']>['card'];

/** Saves one of the pretended cards there; none where the card's bank refuses. */
export const useSandboxCard = () =>
  useChange(
    ({ gatewayId, card }: { gatewayId: string; card: SandboxCard | null }) =>
      card
        ? portalSaveSandboxCard({ path: { gatewayId }, body: { card } })
        : portalRefuseSandboxCard({ path: { gatewayId } }),
    'method_setups',
    'payment_methods',
  );
