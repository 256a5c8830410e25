import { addMessages, lazyPart, type MessageLoader } from '@balcao/ui';

/** The texts of saved cards and of what they pay, which come with the first part of it that is shown. */
const texts: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');

/** For pages that show parts of it by themselves: before they are made. */
export const loadCardTexts = (): Promise<void> => addMessages(texts);

const part = lazyPart(texts);

/** How a saved card pays an invoice, where one does. */
export const InvoiceCollection = part(() => import('./InvoiceCollection.vue'));
