import { lazyPart } from '../../i18n/lazy-part.js';

const part = lazyPart((locale) => (locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json')));

/** Why an invoice comes to what it does. */
export const InvoiceExplanation = part(() => import('./InvoiceExplanation.vue'));
