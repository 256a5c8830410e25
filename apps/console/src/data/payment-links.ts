import {
  adminCreatePaymentLink,
  adminGetPaymentLinkAddress,
  adminListPaymentLinks,
  adminRevokePaymentLink,
  adminSendPaymentLink,
} from '@balcao/api-client';
import { query, useChange } from './keys.js';

export type { PaymentLinkItem as PaymentLink } from '@balcao/api-client';

/** An invoice's links, kept beside it, so that what is heard of it reads them anew. */
const useLinksOf = query(
  'invoice',
  async (call, id: string, _part: 'links') => (await adminListPaymentLinks({ ...call, path: { id } })).data,
);
export const usePaymentLinks = (id: () => string) => useLinksOf(id, 'links');

/** The address of a link, which opens the invoice for whoever has it: asked for when it is copied, and nowhere kept. */
export const paymentLinkAddress = async (id: string, linkId: string): Promise<string> =>
  (await adminGetPaymentLinkAddress({ path: { id, linkId } })).url;

/** What staff do with the links of an invoice. */
export function usePaymentLinkDeeds(id: string) {
  const deed = <Input, Answer>(send: (input: Input) => Promise<Answer>) => useChange(send, 'invoice');
  return {
    create: deed(() => adminCreatePaymentLink({ path: { id } })),
    send: deed(async () => (await adminSendPaymentLink({ path: { id } })).sent),
    revoke: deed((linkId: string) => adminRevokePaymentLink({ path: { id, linkId } })),
  };
}
