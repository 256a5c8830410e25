import { lazyPart } from '../../i18n/lazy-part.js';

const part = lazyPart((locale) => (locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json')));

/** What an invoice has otherwise than the one before, line by line, in words and figures. */
export const InvoiceDifference = part(() => import('./InvoiceDifference.vue'));
/** Where an invoice comes from and what became of it. */
export const InvoiceWay = part(() => import('./InvoiceWay.vue'));
