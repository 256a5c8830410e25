import { portalAskForLinkedDocument, portalGetLinkedDocument, portalOpenPaymentLink } from '@balcao/api-client';

/** By which what is asked is known to be of a link. In a header no server on the way writes it down. */
const by = (token: string) => ({ headers: { 'x-balcao-payment-link': token } });

/** The invoice that a link is of. */
export const openPaymentLink = (token: string) => portalOpenPaymentLink(by(token));

/** Where its document is, and how it is asked for. */
export const linkedDocument = (token: string) => ({
  address: async () => (await portalGetLinkedDocument(by(token))).document,
  ask: () => portalAskForLinkedDocument(by(token)),
});
