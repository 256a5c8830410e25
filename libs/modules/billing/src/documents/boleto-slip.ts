import { formatBoletoLine } from '@balcao/brazil';
import { BOLETO_BARCODE } from '@balcao/codes';
import { formatAmount, formatDay } from './formats.js';
import { taxIdOf } from './document-head.js';
import type { Party } from './document-parts.js';
import { BARCODE_HEIGHT, drawBarcode, MM } from './drawn-codes.js';
import type { BoletoPayment } from './invoice-document.js';
import type { Entry, Paper } from './page.js';
import { textsOf, type DocumentTexts } from './texts.js';
import { INKS, SHEET, TYPE, type TextStyle } from './type-scale.js';

/** A field of the slip: its name, small, above what stands in it. */
interface Field {
  label: string;
  lines: string[];
  width: number;
  align?: 'right';
  strong?: boolean;
  /** Fields below it in the same row, each as high as an equal share of it. */
  below?: string[];
}

const LABEL: TextStyle = { ...TYPE.label, size: 6, leading: 8 };
const VALUE: TextStyle = { ...TYPE.body, size: 8, leading: 10.5 };
const STRONG: TextStyle = { ...VALUE, weight: 'semibold', figures: true };
const BANK_CODE: TextStyle = { ...TYPE.title, size: 14, leading: 18 };
const LINE: TextStyle = { ...TYPE.strongFigure, size: 9.75, leading: 18 };
const INSET = 4;
const ABOVE = 2.5;
/** Of the column to the right, where dates and amounts stand. */
const RIGHT = 128;
const LEFT = SHEET.inner - RIGHT;
const EMPTY = '';

/**
 * A bank slip: the payer's part, and below a line to cut the part for the bank, in the order and with the words that banks
 * know. It is in Portuguese whatever the document's language. Kept on one page.
 */
export function drawBoleto(
  paper: Paper,
  boleto: BoletoPayment,
  document: { currency: string },
  texts: DocumentTexts,
): void {
  const words = textsOf('pt-BR');
  const receipt = receiptRows(boleto, document, words);
  const slip = slipRows(boleto, document, words);
  const heading: Entry[] = [{ text: texts.boletoNote, style: TYPE.heading, role: 'H2' }];
  const height =
    paper.heightOf(heading, SHEET.inner) +
    BELOW_HEADING +
    2 * bannerHeight(paper, boleto) +
    [...receipt, ...slip].reduce((sum, row) => sum + rowHeight(paper, row), 0) +
    CUT +
    ABOVE_BARS +
    BARCODE_HEIGHT;
  paper.y += 22;
  paper.need(height);
  paper.group('Sect', () => {
    paper.flow(heading);
    paper.y += BELOW_HEADING;
    drawBanner(paper, boleto, 'Recibo do pagador');
    receipt.forEach((row) => drawRow(paper, row));
    drawCut(paper);
    drawBanner(paper, boleto, formatBoletoLine(boleto.line), true);
    slip.forEach((row) => drawRow(paper, row));
    paper.y += ABOVE_BARS;
    drawBarcode(
      paper,
      boleto.barcode,
      'Código de barras do boleto',
      SHEET.left + BOLETO_BARCODE.quietZone * MM,
      paper.y,
    );
    const end: Entry[] = [{ text: 'Autenticação mecânica · Ficha de compensação', style: LABEL, align: 'right' }];
    paper.stackAt(end, SHEET.left, paper.y, SHEET.inner);
    paper.y += BARCODE_HEIGHT;
  });
}

const BELOW_HEADING = 6;
const CUT = 34;
const ABOVE_BARS = 10;
const BANK_WIDTH = 96;

function bannerHeight(paper: Paper, { bankName }: BoletoPayment): number {
  return Math.max(BANK_CODE.leading, paper.heightOf([{ text: bankName, style: TYPE.strong }], BANK_WIDTH)) + 4;
}

function drawCut(paper: Paper): void {
  paper.stackAt(
    [{ text: 'Autenticação mecânica', style: LABEL, align: 'right' }],
    SHEET.left,
    paper.y + 3,
    SHEET.inner,
  );
  paper.y += CUT - 10;
  paper.asArtifact(() => {
    const { pdf } = paper;
    pdf.save().lineWidth(0.75).dash(3, { space: 3 }).strokeColor(INKS.muted);
    pdf.moveTo(SHEET.left, paper.y).lineTo(SHEET.right, paper.y).stroke().restore();
  });
  paper.y += 10;
}

/** The bank, its code between two strokes, and the line that people type. */
function drawBanner(paper: Paper, boleto: BoletoPayment, right: string, inOnePiece = false): void {
  const { bankName, bankCode } = boleto;
  const top = paper.y;
  const codeWidth = 58;
  const bottom = top + bannerHeight(paper, boleto);
  const codeAt = SHEET.left + BANK_WIDTH + 4;
  paper.stackAt([{ text: bankName, style: TYPE.strong }], SHEET.left, top + 2, BANK_WIDTH);
  paper.stackAt([{ text: bankCode, style: BANK_CODE }], codeAt + 8, top, codeWidth);
  const rightAt = codeAt + codeWidth + 8;
  paper.stackAt([{ text: right, style: LINE, align: 'right', inOnePiece }], rightAt, top, SHEET.right - rightAt);
  paper.asArtifact(() => {
    const { pdf } = paper;
    pdf.lineWidth(1.25).strokeColor(INKS.text);
    for (const x of [codeAt, codeAt + codeWidth])
      pdf
        .moveTo(x, bottom - 16)
        .lineTo(x, bottom)
        .stroke();
    pdf.moveTo(SHEET.left, bottom).lineTo(SHEET.right, bottom).stroke();
  });
  paper.y = bottom;
}

/** Room for what somebody writes by hand. */
const WRITTEN = 20;

const fieldEntries = ({ label, lines, align, strong }: Field): Entry[] => [
  { text: label, style: LABEL },
  ...lines.map((text) => ({ text, style: strong ? STRONG : VALUE, align })),
];

const rowHeight = (paper: Paper, row: Field[]): number =>
  Math.max(
    ...row.map((field) =>
      field.below
        ? WRITTEN * (field.below.length + 1)
        : paper.heightOf(fieldEntries(field), field.width - 2 * INSET) + 2 * ABOVE,
    ),
  );

function drawRow(paper: Paper, row: Field[]): void {
  const { y } = paper;
  const height = rowHeight(paper, row);
  let x = SHEET.left;
  row.forEach((field, index) => {
    paper.stackAt(fieldEntries(field), x + INSET, y + ABOVE, field.width - 2 * INSET);
    if (index > 0) drawLine(paper, [x, y], [x, y + height]);
    const share = height / ((field.below?.length ?? 0) + 1);
    field.below?.forEach((label, place) => {
      const top = y + (place + 1) * share;
      drawLine(paper, [x, top], [x + field.width, top]);
      paper.stackAt([{ text: label, style: LABEL }], x + INSET, top + ABOVE, field.width - 2 * INSET);
    });
    x += field.width;
  });
  paper.y = y + height;
  drawLine(paper, [SHEET.left, paper.y], [SHEET.right, paper.y]);
}

const drawLine = (paper: Paper, from: [number, number], to: [number, number]): void =>
  paper.asArtifact(() => {
    paper.pdf
      .lineWidth(0.5)
      .strokeColor(INKS.text)
      .moveTo(...from)
      .lineTo(...to)
      .stroke();
  });

const partyLines = (party: Party, texts: DocumentTexts): string[] => [
  [party.legalName || party.name, taxIdOf(party.taxId, texts)].join(', '),
  party.addressLines.join(', '),
];

const field = (label: string, value: string | string[], width: number, more: Partial<Field> = {}): Field => ({
  label,
  lines: Array.isArray(value) ? value : [value],
  width,
  ...more,
});

/** What a payer keeps. */
function receiptRows(boleto: BoletoPayment, { currency }: { currency: string }, texts: DocumentTexts): Field[][] {
  const third = LEFT / 3;
  return [
    [
      field('Beneficiário', partyLines(boleto.beneficiary, texts), LEFT),
      field('Vencimento', formatDay(boleto.dueOn, 'pt-BR'), RIGHT, { align: 'right', strong: true }),
    ],
    [
      field('Agência/código do beneficiário', boleto.agencyAndCode ?? EMPTY, third),
      field('Número do documento', boleto.documentNumber, third),
      field('Nosso número', boleto.bankNumber ?? EMPTY, third),
      field('(=) Valor do documento', inReais(boleto.amount, currency), RIGHT, { align: 'right', strong: true }),
    ],
    [field('Pagador', partyLines(boleto.payer, texts), SHEET.inner)],
  ];
}

/** What a bank reads (FEBRABAN's layout of the compensation slip). */
function slipRows(boleto: BoletoPayment, { currency }: { currency: string }, texts: DocumentTexts): Field[][] {
  const issued = formatDay(boleto.issuedOn, 'pt-BR');
  const amount = inReais(boleto.amount, currency);
  const right = (label: string, value: string, strong = false) =>
    field(label, value, RIGHT, { align: 'right', strong });
  return [
    [
      field('Local de pagamento', boleto.paymentPlace ?? 'Pagável em qualquer banco até o vencimento', LEFT),
      right('Vencimento', formatDay(boleto.dueOn, 'pt-BR'), true),
    ],
    [
      field('Beneficiário', partyLines(boleto.beneficiary, texts), LEFT),
      right('Agência/código do beneficiário', boleto.agencyAndCode ?? EMPTY),
    ],
    [
      field('Data do documento', issued, LEFT * 0.2),
      field('Número do documento', boleto.documentNumber, LEFT * 0.32),
      field('Espécie doc.', boleto.kind ?? 'DS', LEFT * 0.14),
      field('Aceite', 'N', LEFT * 0.1),
      field('Data do processamento', issued, LEFT * 0.24),
      right('Nosso número', boleto.bankNumber ?? EMPTY),
    ],
    [
      field('Uso do banco', EMPTY, LEFT * 0.2),
      field('Carteira', boleto.wallet ?? EMPTY, LEFT * 0.16),
      field('Espécie', currency === 'BRL' ? 'R$' : currency, LEFT * 0.16),
      field('Quantidade', EMPTY, LEFT * 0.24),
      field('Valor', EMPTY, LEFT * 0.24),
      right('(=) Valor do documento', amount, true),
    ],
    [
      field('Instruções (texto de responsabilidade do beneficiário)', boleto.instructions, LEFT),
      field('(−) Desconto/abatimento', EMPTY, RIGHT, { below: ['(+) Mora/multa', '(=) Valor cobrado'] }),
    ],
    [field('Pagador', partyLines(boleto.payer, texts), SHEET.inner)],
  ];
}

const inReais = (amount: bigint, currency: string): string => formatAmount(amount, currency, 'pt-BR');
