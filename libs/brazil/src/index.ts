export { formatTaxId, isCnpj, isCpf, normalizeTaxId } from './tax-id.js';
