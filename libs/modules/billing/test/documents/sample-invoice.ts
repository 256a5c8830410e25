import type { Issuer, Party } from '../../src/documents/document-parts.js';
import type { BoletoPayment, InvoiceDocument, InvoiceDocumentLine } from '../../src/documents/invoice-document.js';

export const ISSUER: Issuer = {
  name: 'Aurora Telecom',
  legalName: 'Aurora Telecom Ltda',
  taxId: '29881604000176',
  addressLines: ['Avenida Paulista, 1000, 12º andar', '01310-100 São Paulo, SP'],
  email: 'financeiro@aurora.example',
  phone: '(11) 4000-1234',
  municipalRegistration: '3.456.789-0',
};

export const CUSTOMER: Party = {
  name: 'Padaria Estrela',
  legalName: 'Padaria Estrela Ltda',
  taxId: '41720538000158',
  addressLines: ['Rua das Laranjeiras, 120, loja 2', '22240-003 Rio de Janeiro, RJ'],
};

export const PIX_CODE =
  '00020101021226840014br.gov.bcb.pix2562pix.aurora.example/qr/v2/cobv/9d36b84fc70b478fb95c12729b90ca2552040000' +
  '53039865406819.405802BR5914AURORA TELECOM6009SAO PAULO62070503***63041D3D';

export const PAY_URL = 'https://conta.aurora.example/faturas/4390';

/** A slip in the bank's own spelling; its digits are those of Banco do Brasil's documentation. */
export const BOLETO: BoletoPayment = {
  line: '00190.50095 40144.816069 06809.350314 3 37370000000100',
  barcode: '00193373700000001000500940144816060680935031',
  bankCode: '001-9',
  bankName: 'Banco do Brasil S.A.',
  beneficiary: ISSUER,
  payer: CUSTOMER,
  agencyAndCode: '1234-5 / 67890-1',
  documentNumber: 'FT-2026-004390',
  bankNumber: '109/00000001-5',
  wallet: '17',
  issuedOn: '2026-10-10',
  dueOn: '2026-10-25',
  amount: 81940n,
  instructions: ['Depois do vencimento, multa de 2% e juros de 1% ao mês.'],
};

export const lines = (count: number): InvoiceDocumentLine[] =>
  Array.from({ length: count }, (_, index) => ({
    description: `Ponto ${index + 1} de telefonia`,
    ...(index % 3 ? {} : { detail: '10/10 a 09/11/2026' }),
    quantity: '1.000000',
    unitPrice: 1000n + BigInt(index),
    net: 1000n + BigInt(index),
  }));

/** A usual invoice, open, of R$ 819,40, with whatever else it should be. */
export const invoice = (changes: Partial<InvoiceDocument> = {}): InvoiceDocument => ({
  locale: 'pt-BR',
  issuer: ISSUER,
  brandColour: '#214ca0',
  state: 'open',
  billTo: CUSTOMER,
  number: 'FT-2026-004390',
  title: 'Mensalidade de outubro',
  issuedOn: '2026-10-10',
  dueOn: '2026-10-25',
  payableUntil: '2026-10-26',
  purchaseOrder: 'PC-1182',
  currency: 'BRL',
  lines: [
    {
      description: 'Fibra Empresarial 600',
      detail: '10/10 a 09/11/2026',
      quantity: '1',
      unitPrice: 48990n,
      net: 48990n,
    },
    { description: 'Telefonia, ramais', quantity: '4.000000', unitPrice: 4490n, net: 17960n },
    {
      description: 'Wi-Fi gerenciado',
      quantity: '1.5',
      unitPrice: 11103n,
      discount: { amount: 1665n, percent: '10.0000' },
      net: 14990n,
    },
  ],
  totals: {
    subtotal: 81940n,
    discount: 0n,
    taxesAdded: [],
    taxesIncluded: [{ name: 'ISS de 5%', amount: 4097n }],
    total: 81940n,
  },
  settlement: { paid: 0n, credited: 0n, refunded: 0n, left: 81940n },
  lateTerms: 'Depois do vencimento há multa de 2% e juros de 1% ao mês.',
  note: 'Obrigado por estar conosco.',
  check: { code: '7K4F-92QD', url: 'https://conta.aurora.example/conferir' },
  payUrl: PAY_URL,
  pix: { code: PIX_CODE, validUntil: '2026-11-24' },
  ...changes,
});
