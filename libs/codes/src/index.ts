export { BOLETO_BARCODE, itf25, type Itf25 } from './itf25.js';
export { qrCode, type ErrorCorrection, type QrCode } from './qr-code.js';
