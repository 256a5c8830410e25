import { cardName as nameOf, DEPOSIT_METHOD_WORDS, ENTRY_WORDS, INVOICE_STATUS_WORDS } from '@balcao/contracts';
import { computed } from 'vue';
import { currentLocale } from '../i18n/i18n.js';

/** What invoices, lines of the books and ways of payment are called in the page's language, as in the files of the same lists. */
export const useBillingWords = (audience: keyof typeof ENTRY_WORDS) =>
  computed(() => {
    const locale = currentLocale();
    return {
      status: INVOICE_STATUS_WORDS[audience][locale],
      entry: ENTRY_WORDS[audience][locale],
      method: DEPOSIT_METHOD_WORDS[locale],
    };
  });

/** A card as its owner knows it, in the page's language, as in mails: `Visa •••• 4242`. */
export const cardName = (card: Parameters<typeof nameOf>[0]): string => nameOf(card, currentLocale());
