// @ts-check
// What is drawn: as the product's renderer takes it (`InvoiceDocument`).

const LONG = 500;

const ISSUER = {
  name: 'Aurora Telecom',
  legalName: 'Aurora Telecom Ltda',
  taxId: '29881604000176',
  addressLines: ['Avenida Paulista, 1000, 12º andar', '01310-100 São Paulo, SP'],
  email: 'financeiro@aurora.example',
  phone: '(11) 4000-1234',
};

const CUSTOMER = {
  name: 'Padaria Estrela',
  legalName: 'Padaria Estrela Ltda',
  taxId: '41720538000158',
  addressLines: ['Rua das Laranjeiras, 120, loja 2', '22240-003 Rio de Janeiro, RJ'],
};

/** @param {number} count */
const linesOf = (count) =>
  Array.from({ length: count }, (_, place) => ({
    description: `Fibra Empresarial 600, ponto ${place + 1}`,
    detail: '10/10 a 09/11/2026',
    quantity: '1.000000',
    unitPrice: 9_990n,
    net: 9_990n,
  }));

/** @param {number} count */
function documentOf(count) {
  const total = BigInt(count) * 9_990n;
  const [number, issuedOn, dueOn] = ['F-2026-004390', '2026-10-10', '2026-10-26'];
  return {
    locale: 'pt-BR',
    issuer: ISSUER,
    brandColour: '#214ca0',
    state: 'open',
    billTo: CUSTOMER,
    number,
    title: 'Mensalidade de outubro',
    issuedOn,
    dueOn,
    currency: 'BRL',
    lines: linesOf(count),
    totals: {
      subtotal: total,
      discount: 0n,
      taxesAdded: [],
      taxesIncluded: [{ name: 'ISS de 5%', amount: total / 20n }],
      total,
    },
    settlement: { paid: 0n, credited: 0n, refunded: 0n, left: total },
    lateTerms: 'Depois do vencimento há multa de 2% e juros de 1% ao mês.',
    check: { code: '7K4F-92QD', url: 'https://conta.aurora.example/conferir' },
    payUrl: 'https://conta.aurora.example/faturas/4390',
    // The examples of the Banco Central and of Banco do Brasil: what they are of makes no difference to who draws them.
    pix: {
      code:
        '00020101021226840014br.gov.bcb.pix2562pix.aurora.example/qr/v2/cobv/9d36b84fc70b478fb95c12729b90ca2552040000' +
        '53039865406819.405802BR5914AURORA TELECOM6009SAO PAULO62070503***63041D3D',
    },
    boleto: {
      line: '00190.50095 40144.816069 06809.350314 3 37370000000100',
      barcode: '00193373700000001000500940144816060680935031',
      bankCode: '001-9',
      bankName: 'Banco do Brasil S.A.',
      beneficiary: ISSUER,
      payer: CUSTOMER,
      documentNumber: number,
      issuedOn,
      dueOn,
      amount: total,
      instructions: ['Depois do vencimento, multa de 2% e juros de 1% ao mês.'],
    },
  };
}

/** An open invoice of three lines that is paid by PIX or boleto: both codes and the slip are on it. */
export const usualDocument = () => documentOf(3);

/** As long as one may be. */
export const longDocument = () => documentOf(LONG);
