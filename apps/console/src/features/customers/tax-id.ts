/** A stored CNPJ (numeric or alphanumeric) or CPF with its mask; anything else as it is. */
export function formatTaxId(taxId: string): string {
  if (/^[A-Z\d]{12}\d{2}$/.test(taxId)) {
    return taxId.replace(/^(.{2})(.{3})(.{3})(.{4})(.{2})$/, '$1.$2.$3/$4-$5');
  }
  return /^\d{11}$/.test(taxId) ? taxId.replace(/^(.{3})(.{3})(.{3})(.{2})$/, '$1.$2.$3-$4') : taxId;
}
