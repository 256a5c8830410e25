import type { Locale } from '@balcao/contracts';
import type { InvoiceDocument } from './invoice-document.js';
import type { ProposalDocument } from './proposal-document.js';

/** The words of documents. */
export interface DocumentTexts {
  invoice: string;
  pageOf: (page: number, pages: number) => string;
  issuedOn: (day: string) => string;
  statementIssuedOn: (day: string) => string;
  from: string;
  billTo: string;
  taxId: (kind: 'cnpj' | 'cpf' | undefined, number: string) => string;
  municipalRegistration: (number: string) => string;
  details: string;
  dueOn: string;
  purchaseOrder: string;
  fiscalNotes: string;
  headline: (invoice: Pick<InvoiceDocument, 'state'>, due: string, paidOn: string | undefined) => string;
  lateHeadline: (day: string, due: string) => string;
  lateTotal: (day: string) => string;
  payableUntil: (due: string, until: string) => string;
  columns: { item: string; quantity: string; price: string; discount: string; total: string };
  /** `4 × R$ 44,90, menos 10%`. */
  lineOf: (quantity: string, price: string, discount: string) => string;
  subtotal: string;
  discounts: string;
  taxIncluded: (name: string) => string;
  total: string;
  alreadyPaid: (day: string | undefined) => string;
  credited: string;
  writtenOff: string;
  lateCharges: string;
  refunded: string;
  left: string;
  payByPix: string;
  scanPix: string;
  pixUntil: (day: string) => string;
  pixOfDay: (day: string) => string;
  pixGrows: string;
  copyPix: string;
  pixPicture: string;
  payOnline: string;
  scanPage: string;
  pagePicture: string;
  pay: string;
  check: (code: string, address: string) => string;
  checkCode: string;
  boletoNote: string;
  boletoHeadline: (due: string) => string;
  fiscalKey: string;
  creditNote: string;
  creditNoteHeadline: (invoice: string) => string;
  creditedInvoice: string;
  reason: string;
  receipt: string;
  receivedOn: (day: string) => string;
  receiptHeadline: string;
  receiptOf: (invoices: number) => string;
  paidBy: string;
  reference: string;
  methods: Record<'pix' | 'boleto' | 'card', string>;
  invoiceShare: (invoice: string) => string;
  chargesShare: (invoice: string) => string;
  withCharges: (principal: string, charges: string) => string;
  leftAsCredit: string;
  givenBack: string;
  totalPaid: string;
  testReceipt: string;
  statement: string;
  statementHeadline: (until: string, isOwed: boolean) => string;
  period: (from: string, until: string) => string;
  statementColumns: { day: string; entry: string; debit: string; credit: string; balance: string };
  openingBalance: string;
  closingBalance: string;
  ageing: string;
  ageingBuckets: { notDue: string; upTo30: string; upTo60: string; upTo90: string; over90: string };
  watermarks: Partial<Record<InvoiceDocument['state'], string>>;
  proposalVersion: (number: string, version: number) => string;
  proposalSentOn: (day: string) => string;
  proposalHeadline: string;
  validUntil: string;
  proposalReference: string;
  proposalTerms: string;
  proposalOutcome: string;
  proposalFiles: string;
  proposalDigest: string;
  proposalSource: string;
  proposalWatermarks: Partial<Record<ProposalDocument['state'], string>>;
  evidence: string;
  evidenceOf: (proposal: string, customer: string) => string;
  evidenceWhen: string;
  evidenceHow: string;
  evidenceMailedTo: string;
  evidenceStart: string;
  evidenceFrom: string;
  evidenceDevice: string;
  evidenceNote: string;
  evidenceCheck: (url: string) => string;
  signatureOf: (name: string) => string;
  signatures: Record<'typed' | 'drawn', string>;
  signedBy: Record<'session' | 'link', string>;
}

const DOCUMENT_TEXTS: Record<Locale, DocumentTexts> = {
  'pt-BR': {
    invoice: 'Fatura',
    pageOf: (page, pages) => `${page} de ${pages}`,
    issuedOn: (day) => `Emitida em ${day}`,
    statementIssuedOn: (day) => `Emitido em ${day}`,
    from: 'Quem emite',
    billTo: 'Em nome de',
    taxId: (kind, number) => `${kind ? kind.toUpperCase() : 'Identificação fiscal'} ${number}`,
    municipalRegistration: (number) => `Inscrição municipal ${number}`,
    details: 'Detalhes',
    dueOn: 'Vencimento',
    purchaseOrder: 'Seu número de pedido',
    fiscalNotes: 'Notas fiscais',
    headline: ({ state }, due, paidOn) =>
      ({
        open: `Total, vence em ${due}`,
        partially_paid: `Falta pagar, vence em ${due}`,
        paid: paidOn ? `Paga em ${paidOn}` : 'Paga',
        void: 'Anulada: nada há a pagar',
        credited: 'Creditada: nada há a pagar',
        written_off: 'Encerrada: nada há a pagar',
        refunded: 'Paga e devolvida',
      })[state],
    lateHeadline: (day, due) => `Total em ${day}, venceu em ${due}`,
    lateTotal: (day) => `Total em ${day}`,
    payableUntil: (due, until) => `${due} não é dia útil: pode ser paga até ${until} sem nenhum acréscimo.`,
    columns: { item: 'Item', quantity: 'Qtd.', price: 'Preço', discount: 'Desconto', total: 'Total' },
    lineOf: (quantity, price, discount) => `${quantity} × ${price}${discount && `, menos ${discount}`}`,
    subtotal: 'Soma',
    discounts: 'Descontos',
    taxIncluded: (name) => `${name}, incluso`,
    total: 'Total',
    alreadyPaid: (day) => (day ? `Pago até ${day}` : 'Já pago'),
    credited: 'Créditos',
    writtenOff: 'Dispensado',
    lateCharges: 'Multa e juros por atraso',
    refunded: 'Devolvido',
    left: 'Falta pagar',
    payByPix: 'Pague com PIX',
    scanPix: 'Aponte a câmera do aplicativo do seu banco para o código, ou copie o texto e escolha “PIX copia e cola”.',
    pixUntil: (day) => `Vale até ${day}.`,
    pixOfDay: (day) =>
      `Este código pede o total de ${day}, com multa e juros. Depois desse dia o total é outro, e vale o código de uma nova via.`,
    pixGrows: 'O banco soma a multa e os juros do dia em que você pagar.',
    copyPix: 'PIX copia e cola',
    pixPicture: 'QR code do PIX',
    payOnline: 'Pague na internet',
    scanPage: 'Aponte a câmera do seu telefone para o código, ou abra o endereço.',
    pagePicture: 'QR code da página de pagamento',
    pay: 'Pagar',
    check: (code, address) => `Código de conferência ${code}. Confira se é nossa em ${address}`,
    checkCode: 'Código de conferência',
    boletoNote: 'Boleto',
    boletoHeadline: (due) => `A pagar até ${due}`,
    fiscalKey: 'Chave',
    creditNote: 'Nota de crédito',
    creditNoteHeadline: (invoice) => `Crédito sobre a fatura ${invoice}`,
    creditedInvoice: 'Fatura',
    reason: 'Motivo',
    receipt: 'Recibo de pagamento',
    receivedOn: (day) => `Recebido em ${day}`,
    receiptHeadline: 'Recebemos',
    receiptOf: (invoices) => (invoices === 0 ? 'Crédito em conta' : `${invoices} faturas`),
    paidBy: 'Forma',
    reference: 'Identificador',
    methods: { pix: 'PIX', boleto: 'Boleto', card: 'Cartão' },
    invoiceShare: (invoice) => `Fatura ${invoice}`,
    chargesShare: (invoice) => `Multa e juros da fatura ${invoice}`,
    withCharges: (principal, charges) => `${principal} da fatura e ${charges} de multa e juros`,
    leftAsCredit: 'Ficou como crédito',
    givenBack: 'Devolvido',
    totalPaid: 'Total pago',
    testReceipt: 'Pagamento de teste: nenhum dinheiro foi movimentado.',
    statement: 'Extrato',
    statementHeadline: (until, isOwed) => `${isOwed ? 'A pagar' : 'A seu favor'} em ${until}`,
    period: (from, until) => `${from} a ${until}`,
    statementColumns: { day: 'Data', entry: 'Lançamento', debit: 'Débito', credit: 'Crédito', balance: 'Saldo' },
    openingBalance: 'Saldo anterior',
    closingBalance: 'Saldo final',
    ageing: 'O que está em aberto, por atraso',
    ageingBuckets: {
      notDue: 'A vencer',
      upTo30: '1 a 30 dias',
      upTo60: '31 a 60 dias',
      upTo90: '61 a 90 dias',
      over90: 'Mais de 90 dias',
    },
    watermarks: { void: 'ANULADA' },
    proposalVersion: (number, version) => `Proposta ${number}, versão ${version}`,
    proposalSentOn: (day) => `Enviada em ${day}`,
    proposalHeadline: 'Total da proposta',
    validUntil: 'Válida até',
    proposalReference: 'Referência',
    proposalTerms: 'Condições',
    proposalOutcome: 'Com o aceite',
    proposalFiles: 'Anexos',
    proposalDigest: 'Impressão digital do documento (SHA-256)',
    proposalSource: 'O texto exato da proposta, de que a impressão digital é',
    proposalWatermarks: {
      rejected: 'RECUSADA',
      withdrawn: 'RETIRADA',
      expired: 'EXPIRADA',
      superseded: 'SUBSTITUÍDA',
    },
    evidence: 'Prova do aceite',
    evidenceOf: (proposal, customer) => `${proposal}, aceita em nome de ${customer}`,
    evidenceWhen: 'Quando',
    evidenceHow: 'Como',
    evidenceMailedTo: 'Link enviado a',
    evidenceStart: 'Início escolhido',
    evidenceFrom: 'De onde (endereço IP)',
    evidenceDevice: 'Aparelho',
    evidenceCheck: (url) => `Se este arquivo é o documento aceito, sem mudança alguma, confere-se em ${url}`,
    evidenceNote:
      'O texto exato que foi lido e aceito está dentro deste PDF, como arquivo anexo. Qualquer mudança nele muda a impressão digital.',
    signatureOf: (name) => `Assinatura desenhada de ${name}`,
    signatures: { typed: 'Assinatura digitada', drawn: 'Assinatura desenhada' },
    signedBy: { session: 'depois de entrar no portal', link: 'pelo link da proposta' },
  },
  'en-US': {
    invoice: 'Invoice',
    pageOf: (page, pages) => `${page} of ${pages}`,
    issuedOn: (day) => `Issued on ${day}`,
    statementIssuedOn: (day) => `Issued on ${day}`,
    from: 'From',
    billTo: 'Billed to',
    taxId: (kind, number) => `${kind ? kind.toUpperCase() : 'Tax ID'} ${number}`,
    municipalRegistration: (number) => `Municipal registration ${number}`,
    details: 'Details',
    dueOn: 'Due date',
    purchaseOrder: 'Your order number',
    fiscalNotes: 'Fiscal notes',
    headline: ({ state }, due, paidOn) =>
      ({
        open: `Total, due on ${due}`,
        partially_paid: `Left to pay, due on ${due}`,
        paid: paidOn ? `Paid on ${paidOn}` : 'Paid',
        void: 'Voided: there is nothing to pay',
        credited: 'Credited: there is nothing to pay',
        written_off: 'Closed: nothing to pay',
        refunded: 'Paid and refunded',
      })[state],
    lateHeadline: (day, due) => `Total on ${day}, was due on ${due}`,
    lateTotal: (day) => `Total on ${day}`,
    payableUntil: (due, until) =>
      `${due} is no banking day in Brazil: it can be paid until ${until} without any charge.`,
    columns: { item: 'Item', quantity: 'Qty.', price: 'Price', discount: 'Discount', total: 'Total' },
    lineOf: (quantity, price, discount) => `${quantity} × ${price}${discount && `, less ${discount}`}`,
    subtotal: 'Subtotal',
    discounts: 'Discounts',
    taxIncluded: (name) => `${name}, included`,
    total: 'Total',
    alreadyPaid: (day) => (day ? `Paid by ${day}` : 'Already paid'),
    credited: 'Credits',
    lateCharges: 'Fine and interest for lateness',
    writtenOff: 'Waived',
    refunded: 'Refunded',
    left: 'Left to pay',
    payByPix: 'Pay by PIX',
    scanPix: 'Scan the code with the app of your Brazilian bank, or copy the text into “PIX copia e cola” there.',
    pixUntil: (day) => `Valid until ${day}.`,
    pixOfDay: (day) =>
      `This code asks for the total of ${day}, with fine and interest. After that day the total is another, and the code of a new copy counts.`,
    pixGrows: 'The bank adds the fine and the interest of the day on which you pay.',
    copyPix: 'PIX text to copy',
    pixPicture: 'QR code of the PIX payment',
    payOnline: 'Pay online',
    scanPage: 'Scan the code with the camera of your telephone, or open the address.',
    pagePicture: 'QR code of the page of payment',
    pay: 'Pay',
    check: (code, address) => `Check code ${code}. See whether this is ours at ${address}`,
    checkCode: 'Check code',
    boletoNote: 'Bank slip (boleto), in Portuguese for the bank',
    boletoHeadline: (due) => `To pay by ${due}`,
    fiscalKey: 'Key',
    creditNote: 'Credit note',
    creditNoteHeadline: (invoice) => `Credit on invoice ${invoice}`,
    creditedInvoice: 'Invoice',
    reason: 'Reason',
    receipt: 'Payment receipt',
    receivedOn: (day) => `Received on ${day}`,
    receiptHeadline: 'We received',
    receiptOf: (invoices) => (invoices === 0 ? 'Credit on account' : `${invoices} invoices`),
    paidBy: 'Paid by',
    reference: 'Identifier',
    methods: { pix: 'PIX', boleto: 'Boleto', card: 'Card' },
    invoiceShare: (invoice) => `Invoice ${invoice}`,
    chargesShare: (invoice) => `Fine and interest of invoice ${invoice}`,
    withCharges: (principal, charges) => `${principal} of the invoice and ${charges} of fine and interest`,
    leftAsCredit: 'Left as credit',
    givenBack: 'Given back',
    totalPaid: 'Total paid',
    testReceipt: 'Test payment: no money moved.',
    statement: 'Statement',
    statementHeadline: (until, isOwed) => `${isOwed ? 'To pay' : 'In your favour'} on ${until}`,
    period: (from, until) => `${from} to ${until}`,
    statementColumns: { day: 'Date', entry: 'Entry', debit: 'Debit', credit: 'Credit', balance: 'Balance' },
    openingBalance: 'Opening balance',
    closingBalance: 'Closing balance',
    ageing: 'What is open, by how late it is',
    ageingBuckets: {
      notDue: 'Not due yet',
      upTo30: '1 to 30 days',
      upTo60: '31 to 60 days',
      upTo90: '61 to 90 days',
      over90: 'More than 90 days',
    },
    watermarks: { void: 'VOID' },
    proposalVersion: (number, version) => `Proposal ${number}, version ${version}`,
    proposalSentOn: (day) => `Sent on ${day}`,
    proposalHeadline: 'Total of the proposal',
    validUntil: 'Valid until',
    proposalReference: 'Reference',
    proposalTerms: 'Terms',
    proposalOutcome: 'On acceptance',
    proposalFiles: 'Attachments',
    proposalDigest: 'Fingerprint of the document (SHA-256)',
    proposalSource: 'The exact text of the proposal, which the fingerprint is of',
    proposalWatermarks: {
      rejected: 'REJECTED',
      withdrawn: 'WITHDRAWN',
      expired: 'EXPIRED',
      superseded: 'SUPERSEDED',
    },
    evidence: 'Evidence of acceptance',
    evidenceOf: (proposal, customer) => `${proposal}, accepted on behalf of ${customer}`,
    evidenceWhen: 'When',
    evidenceHow: 'How',
    evidenceMailedTo: 'Link mailed to',
    evidenceStart: 'First day chosen',
    evidenceFrom: 'From where (IP address)',
    evidenceDevice: 'Device',
    evidenceCheck: (url) => `Whether this file is the document that was accepted, unchanged, can be checked at ${url}`,
    evidenceNote:
      'The exact text that was read and accepted is within this PDF, as an attached file. Any change to it changes the fingerprint.',
    signatureOf: (name) => `Drawn signature of ${name}`,
    signatures: { typed: 'Typed signature', drawn: 'Drawn signature' },
    signedBy: { session: 'after signing in to the portal', link: 'by the link of the proposal' },
  },
};

export const textsOf = (locale: Locale): DocumentTexts => DOCUMENT_TEXTS[locale];
