export { UFS, isUf } from './uf.js';
export { formatTelephone, isTelephone } from './telephone.js';
export { formatTaxId, isCnpj, isCpf, isTaxId, maskTaxId, normalizeTaxId, type TaxIdKind } from './tax-id.js';
