import {
  adminCollectInvoice,
  adminListCollections,
  adminListInvoiceCollections,
  adminListPaymentMethods,
  adminStopCollection,
} from '@balcao/api-client';
import { query, useChange } from './keys.js';

export type { CollectionFacts as Collection, PaymentMethodFacts as SavedCard } from '@balcao/api-client';

/** A customer's saved cards, and whether they pay by themselves. */
export const usePaymentMethods = query('payment_methods', (call, id: string) =>
  adminListPaymentMethods({ ...call, path: { id } }),
);

/** What a customer's saved cards pay, or were to pay. */
export const useCollections = query(
  ['collections', 'customer'],
  async (call, id: string) => (await adminListCollections({ ...call, path: { id } })).data,
);

/** How a saved card pays an invoice, the latest first. */
export const useInvoiceCollections = query(
  ['collections', 'invoice'],
  async (call, id: string) => (await adminListInvoiceCollections({ ...call, path: { id } })).data,
);

/** What staff decide about it. */
export const useCollectionDeeds = (id: string) => ({
  collect: useChange(() => adminCollectInvoice({ path: { id } }), 'collections'),
  stop: useChange(() => adminStopCollection({ path: { id } }), 'collections'),
});
