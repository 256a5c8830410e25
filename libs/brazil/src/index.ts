export { isBankingDay, nextBankingDay } from './banking-days.js';
export { isNfseKey } from './nfse-key.js';
export {
  bankCode,
  boleto,
  formatBoletoLine,
  readBoleto,
  type Boleto,
  type BoletoCodes,
  type BoletoProblem,
} from './boleto.js';
export {
  isPixKey,
  pixCode,
  plainPixCode,
  readPixCode,
  type DynamicPix,
  type PixProblem,
  type PixReading,
  type StaticPix,
} from './pix-code.js';
export { UFS, isUf } from './uf.js';
export { formatPostalCode, maskPostalCode, normalizePostalCode } from './postal-code.js';
export { formatTelephone, isTelephone } from './telephone.js';
export {
  cnpjWithin,
  formatTaxId,
  isCnpj,
  isCpf,
  isTaxId,
  maskTaxId,
  normalizeTaxId,
  type TaxIdKind,
} from './tax-id.js';
