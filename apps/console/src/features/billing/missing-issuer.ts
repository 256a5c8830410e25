import type { BillingSettings } from '../../data/billing-settings.js';

/** What an invoice says of whom it is from, and nobody has said yet. */
export function missingOf({ legalName, taxId, address }: BillingSettings): ('legalName' | 'taxId' | 'address')[] {
  return [
    ...(legalName ? [] : (['legalName'] as const)),
    ...(taxId ? [] : (['taxId'] as const)),
    ...(address?.postalCode && address.street && address.city ? [] : (['address'] as const)),
  ];
}
