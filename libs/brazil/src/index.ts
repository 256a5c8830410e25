export { UFS, isUf } from './uf.js';
export { formatTaxId, isCnpj, isCpf, maskTaxId, normalizeTaxId, type TaxIdKind } from './tax-id.js';
