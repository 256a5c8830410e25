import { portalDisputeInvoice, portalListInvoiceDisputes, type DisputeInvoiceRequest } from '@balcao/api-client';
import { query, useChange } from './keys.js';
import { useSessionStore } from '../stores/session.js';

export type DisputeWords = DisputeInvoiceRequest;

/** Whether this person may say that a charge is wrong: it opens a ticket. */
export const disputesInvoices = () => useSessionStore().has('tickets') && useSessionStore().can('tickets:create');

/** Tickets in which charges of an invoice are disputed, the latest first; of a portal without tickets nothing is asked. */
export const useDisputes = query(
  ['tickets', 'disputes'],
  async (call, id: string) => (await portalListInvoiceDisputes({ ...call, path: { id } })).data,
  { enabled: () => useSessionStore().has('tickets') },
);

export const useDispute = (id: string) =>
  useChange(
    (body: DisputeWords) => portalDisputeInvoice({ path: { id }, body }),
    'tickets',
    'payment_proofs',
    'invoice',
    'invoices',
  );
