import type { PostalAddressFacts } from '@balcao/api-client';
import { formatPostalCode } from '@balcao/brazil';

/** The parts of an address in Brazil, in the order in which one writes them. */
export const ADDRESS_PARTS = ['postalCode', 'street', 'number', 'complement', 'district', 'city', 'state'] as const;

/** An address in one line: Rua Barão de Jaguara, 1481, loja 3, Centro, Campinas, SP, 13015-002. */
export function addressLine({
  street,
  number,
  complement,
  district,
  city,
  state,
  postalCode,
}: PostalAddressFacts): string {
  const code = formatPostalCode(postalCode ?? '');
  return [street, number, complement, district, city, state, code].filter(Boolean).join(', ');
}
