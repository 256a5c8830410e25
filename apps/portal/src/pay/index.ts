import { addMessages, lazyPart, type MessageLoader } from '@balcao/ui';

/** The texts of paying, which come with the first part of it that is shown. */
const texts: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');

/** For pages that show parts of paying by themselves: before they are made. */
export const loadPayTexts = (): Promise<void> => addMessages(texts);

const part = lazyPart(texts);

/** The sheet in which invoices are paid. */
export const PaySheet = part(() => import('./PaySheet.vue'));
/** Which of an invoice's codes count, and what became of the others. */
export const InvoicePayments = part(() => import('./InvoicePayments.vue'));
/** What has become of a payment whose payer comes back from the page of a payment service. */
export const ReturnedPayment = part(() => import('./ReturnedPayment.vue'));
