import type { PostalAddressFacts } from '@balcao/api-client';
import { formatPostalCode } from '@balcao/brazil';

/** The parts of an address in Brazil, in the order in which a form asks for them: what is short in pairs. */
export const ADDRESS_PARTS = ['postalCode', 'state', 'street', 'number', 'complement', 'district', 'city'] as const;

/**
 * An address in one line: Rua Barão de Jaguara, 1481, loja 3, Centro, Campinas, SP, 13015-002. The postal code, which is not
 * to be broken at its hyphen, is given beside the rest.
 */
export function addressLine({ street, number, complement, district, city, state, postalCode }: PostalAddressFacts): {
  text: string;
  code: string;
} {
  const code = formatPostalCode(postalCode ?? '');
  const text = [street, number, complement, district, city, state].filter(Boolean).join(', ');
  return { text: text && code ? `${text}, ` : text, code };
}
