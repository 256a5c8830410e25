import type { Locale } from './locales.js';

const BRANDS: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  elo: 'Elo',
  hipercard: 'Hipercard',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};
const CARD: Record<Locale, string> = { 'pt-BR': 'Cartão', 'en-US': 'Card' };

/** A card as its owner knows it: `Visa •••• 4242`. */
export function cardName(
  { brand, lastFour }: { brand: string | null; lastFour: string | null },
  locale: Locale,
): string {
  const name = (brand && (BRANDS[brand] ?? brand)) || CARD[locale];
  return lastFour ? `${name} •••• ${lastFour}` : name;
}
